import { dayOrInstant, line } from '@riparo/shared/http/schemas';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { DAY_MS } from '@riparo/shared/time/units';
import Joi from 'joi';
import { refuse } from '../appointment.schema.js';
import { viewAppointments } from '../appointment.view.js';
import type { Span } from '../../kernel/working-time.js';
import { addTimeOff, KEPT_DAYS } from '../../technician/time-off.js';
import type { DayOrInstant } from '@riparo/shared/time/local-day';
import { beginOf, endOf } from '../../kernel/day-or-instant.js';
import type { ScheduleDeps } from './dependencies.js';
import { markDisplaced } from './displaced.js';
import { technicianFor } from './schedule.access.js';
import { viewTimeOff } from './time-off.view.js';
import { technicianNotFound } from '../../technician/technician.errors.js';

interface Body {
  readonly from: DayOrInstant;
  readonly to: DayOrInstant;
  readonly reason?: string;
}

export const addTimeOffBody = Joi.object<Body>({
  from: dayOrInstant().required(),
  to: dayOrInstant().required(),
  reason: line(200),
});

const MAX_DAYS = 366;
const MAX_DAYS_AHEAD = 2 * 366;

const faultsOf = ({ from, to }: Span, now: Date): readonly FieldFault[] => {
  if (to <= from) return [{ path: 'to', message: 'must be after from' }];
  if (to - from > MAX_DAYS * DAY_MS) return [{ path: 'to', message: `must be at most ${MAX_DAYS} days after from` }];
  if (to <= now.getTime() - KEPT_DAYS * DAY_MS) return [{ path: 'to', message: `must not be more than ${KEPT_DAYS} days ago` }];
  return from > now.getTime() + MAX_DAYS_AHEAD * DAY_MS
    ? [{ path: 'from', message: `must lie within the next ${MAX_DAYS_AHEAD} days` }]
    : [];
};

/**
 * Adds time off. During it nothing is booked with or given to the technician. Appointments that are already booked in
 * it are returned, with times to move them to.
 */
export const addTechnicianTimeOff =
  (deps: ScheduleDeps) =>
  async ({ caller, params, body, ids, now }: Call<Body, unknown, { technicianId: string }>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const { id: technicianId } = await technicianFor(deps.technicians, caller, params.technicianId);
    const { timeZone } = await deps.rulesOf(tenantId);
    const away = { from: beginOf(body.from, timeZone), to: endOf(body.to, timeZone) };
    refuse(faultsOf(away, now));
    const { reason } = body;
    const entry = {
      id: ids.next(),
      from: new Date(away.from),
      to: new Date(away.to),
      ...(reason === undefined ? {} : { reason }),
      createdByUserId: userId,
      createdAt: now,
    };
    const saved = await deps.technicians.in(tenantId).update(technicianId, (before) => addTimeOff(before, entry, now));
    if (saved === undefined) throw technicianNotFound();
    const displaced = await markDisplaced(deps, tenantId, technicianId, away, now);
    const views = await viewAppointments(
      deps.replicas,
      caller,
      displaced.map(({ appointment }) => appointment),
    );
    const toMove = displaced.map(({ proposals }, index) => ({ appointment: views[index], proposals }));
    return created(`/schedules/${technicianId}/time-off`, { ...viewTimeOff(technicianId, entry), toMove });
  };
