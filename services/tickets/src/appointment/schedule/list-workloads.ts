import { list } from '@riparo/shared/http/reply';
import type { PageRequest } from '@riparo/shared/http/pagination';
import type { Call, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import { beginOf, endOf, localDateOf, todayOf } from '../../kernel/day-or-instant.js';
import { WORK } from '../../repair/repair.js';
import type { ScheduleDeps } from './dependencies.js';
import type { Span } from '../../kernel/working-time.js';
import { isOnDuty } from '../../technician/on-duty.js';
import type { Technician } from '../../technician/technician.js';
import { isAway } from '../../technician/time-off.js';
import { DateTime } from 'luxon';

type Query = Omit<PageRequest, 'sort'>;

export const listWorkloadsQuery = Joi.object<Query>({
  page: Joi.number().integer().min(1).max(10_000).default(1),
  pageSize: Joi.number().integer().min(1).max(100).default(20),
});

type Deps = Pick<ScheduleDeps, 'technicians' | 'tickets' | 'repairs' | 'appointments' | 'replicas' | 'rulesOf'>;

interface Moment {
  readonly now: Date;
  readonly timeZone: string;
  readonly today: Span;
  readonly week: Span;
}

/** Monday to Sunday of the current week, in the tenant's time zone. */
const weekOf = (now: Date, timeZone: string): Span => {
  const local = DateTime.fromISO(localDateOf(now, timeZone), { zone: 'utc' });
  const monday = local.minus({ days: local.weekday - 1 });
  return { from: beginOf(monday.toFormat('yyyy-MM-dd'), timeZone), to: endOf(monday.plus({ days: 6 }).toFormat('yyyy-MM-dd'), timeZone) };
};

const OLDEST = { sort: { createdAt: 1, id: 1 }, limit: 1 } as const;

/** A technician's repairs with work to do. Repairs that wait for payment or pickup are the desk's. */
const repairsOf = (holder: string) => ({ holder, active: true, status: { $in: [...WORK] } });

/** The oldest open ticket or repair of the technician. */
const oldestItemOf = async ({ tickets, repairs }: Deps, tenantId: string, holder: string) => {
  const [[ticket], [repair]] = await Promise.all([
    tickets.in(tenantId).list({ holder, active: true }, OLDEST),
    repairs.in(tenantId).list(repairsOf(holder), OLDEST),
  ]);
  if (ticket !== undefined && (repair === undefined || ticket.createdAt <= repair.createdAt))
    return { kind: 'TICKET', id: ticket.id, number: ticket.ticketNumber, title: ticket.title, createdAt: ticket.createdAt };
  if (repair === undefined) return undefined;
  const { id, number, device, createdAt } = repair;
  return { kind: 'REPAIR', id, number, title: `${device.brand} ${device.model}`, createdAt };
};

const workloadOf = async (deps: Deps, tenantId: string, technician: Technician, moment: Moment, name: string) => {
  const { tickets, repairs, appointments } = deps;
  const { id, capacity, places, availability } = technician;
  const { now, timeZone, today, week } = moment;
  const visits = ({ from, to }: Span): Promise<number> =>
    appointments.in(tenantId).count({ diary: id, scheduledStartAt: { $gte: new Date(from), $lt: new Date(to) } });
  const [openTickets, openRepairs, oldestItem, appointmentsToday, appointmentsThisWeek] = await Promise.all([
    tickets.in(tenantId).count({ holder: id, active: true }),
    repairs.in(tenantId).count(repairsOf(id)),
    oldestItemOf(deps, tenantId, id),
    visits(today),
    visits(week),
  ]);
  const onTimeOff = isAway(technician, now);
  return {
    technician: { id, name },
    openTickets,
    openRepairs,
    appointmentsToday,
    appointmentsThisWeek,
    ...(oldestItem === undefined ? {} : { oldestItem }),
    capacity,
    placesUsed: places.length,
    onDuty: !onTimeOff && isOnDuty(availability, timeZone, now),
    onTimeOff,
  };
};

/** The workload of every active technician. Today and this week are those of the tenant's time zone. */
export const listWorkloads =
  (deps: Deps) =>
  async ({ caller, query, now }: Call<unknown, Query>): Promise<Reply> => {
    const { tenantId } = caller;
    const [{ timeZone }, found] = await Promise.all([
      deps.rulesOf(tenantId),
      deps.technicians.in(tenantId).page({ filter: { active: true }, sort: { id: 1 }, ...query }),
    ]);
    const names = await deps.replicas.users.findMany(
      tenantId,
      found.items.map(({ id }) => id),
    );
    const moment = { now, timeZone, today: todayOf(now, timeZone), week: weekOf(now, timeZone) };
    const items = await Promise.all(
      found.items.map((technician) => workloadOf(deps, tenantId, technician, moment, names.get(technician.id)?.name ?? '')),
    );
    return list({ ...found, items });
  };
