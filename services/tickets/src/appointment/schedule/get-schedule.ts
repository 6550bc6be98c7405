import type { FieldFault } from '@riparo/shared/errors/domain-error';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { DAY_MS } from '@riparo/shared/time/units';
import Joi from 'joi';
import type { Appointment } from '../appointment.js';
import { refuse } from '../appointment.schema.js';
import { intersection, union, without, type Span } from '../../kernel/working-time.js';
import { timeOffOf } from '../../technician/time-off.js';
import { dayOrInstant } from '@riparo/shared/http/schemas';
import type { DayOrInstant } from '@riparo/shared/time/local-day';
import { beginOf, endOf, todayOf } from '../../kernel/day-or-instant.js';
import type { ScheduleDeps } from './dependencies.js';
import { legsOf } from './legs.js';
import { technicianFor } from './schedule.access.js';
import { viewTimeOff } from './time-off.view.js';
import { viewBookings } from './booking.view.js';
import { findHomeBases } from '../vehicle/home-base.js';

interface Query {
  readonly from?: DayOrInstant;
  readonly to?: DayOrInstant;
}

export const getScheduleQuery = Joi.object<Query>({ from: dayOrInstant(), to: dayOrInstant() });

const MAX_DAYS = 31;
/** 31 days and one hour, because a month may hold the night on which the clocks go back. */
const MAX_WINDOW = MAX_DAYS * DAY_MS + DAY_MS / 24;
const MAX_VISITS = 2_000;

/** Default: today. With `from` alone: that day. */
const windowOf = ({ from, to }: Query, timeZone: string, now: Date): Span => {
  const begin = from === undefined ? todayOf(now, timeZone).from : beginOf(from, timeZone);
  if (to !== undefined) return { from: begin, to: endOf(to, timeZone) };
  return { from: begin, to: from === undefined || from instanceof Date ? todayOf(new Date(begin), timeZone).to : endOf(from, timeZone) };
};

const windowFaults = ({ from, to }: Span): readonly FieldFault[] => {
  if (to < from) return [{ path: 'to', message: 'must not be before from' }];
  return to - from > MAX_WINDOW ? [{ path: 'to', message: `must be at most ${MAX_DAYS} days after from` }] : [];
};

/** The technician's appointments in the window, without cancelled ones. */
const visitsIn = async (
  { appointments }: ScheduleDeps,
  tenantId: string,
  technicianId: string,
  window: Span,
): Promise<readonly Appointment[]> =>
  appointments
    .in(tenantId)
    .list(
      { diary: technicianId, scheduledStartAt: { $gte: new Date(window.from), $lt: new Date(window.to) } },
      { sort: { scheduledStartAt: 1, id: 1 }, limit: MAX_VISITS },
    );

const asTimes = ({ from, to }: Span) => ({ startAt: new Date(from), endAt: new Date(to) });

export const getSchedule =
  (deps: ScheduleDeps) =>
  async ({ caller, params, query, now }: Call<unknown, Query, { technicianId: string }>): Promise<Reply> => {
    const { tenantId } = caller;
    const technician = await technicianFor(deps.technicians, caller, params.technicianId);
    const { timeZone } = await deps.rulesOf(tenantId);
    const window = windowOf(query, timeZone, now);
    refuse(windowFaults(window));
    const [visits, [diary], user] = await Promise.all([
      visitsIn(deps, tenantId, technician.id, window),
      deps.readDiaries(tenantId, [{ diary: technician.id, technician, rank: 0 }], window),
      deps.replicas.users.find(tenantId, technician.id),
    ]);
    const bases = await findHomeBases(deps, tenantId, visits);
    const { travel, ...legs } = await legsOf(deps.travelTimes, visits, { timeZone, from: window.from, bases });
    const free = diary === undefined ? [] : intersection(without(union(diary.open), union(diary.bookings)), [window]);
    const away = timeOffOf(technician).filter(({ from, to }) => from.getTime() < window.to && to.getTime() > window.from);
    return ok({
      technician: { id: technician.id, name: user?.name ?? '' },
      timeZone,
      from: new Date(window.from),
      to: new Date(window.to),
      appointments: await viewBookings(deps, caller, visits, legs),
      travel,
      timeOff: away.map((entry) => viewTimeOff(technician.id, entry)),
      free: free.map(asTimes),
    });
  };
