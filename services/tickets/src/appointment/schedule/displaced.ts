import { MINUTE_MS } from '@riparo/shared/time/units';
import type { Appointment, AppointmentDecision } from '../appointment.js';
import { clearReplanning, markForReplanning } from '../booking/decide-replan.js';
import { MAX_MINUTES } from '../rules.js';
import { findWork } from '../work.js';
import type { Span } from '../../kernel/working-time.js';
import { awayIn } from '../../technician/time-off.js';
import type { Technician } from '../../technician/technician.js';
import type { ScheduleDeps } from './dependencies.js';
import type { Offer } from '../../kernel/preferred-time.js';
import { questionOf } from '../booking/question.js';

/** No technician has more appointments in the longest time off (366 days). */
const MAX_DISPLACED = 2_000;
/** Other times are searched for so many appointments at once. Further ones are marked and listed without proposals. */
const MAX_WITH_PROPOSALS = 20;

type Deps = Pick<ScheduleDeps, 'appointments' | 'tickets' | 'repairs' | 'planner' | 'findCandidates' | 'replicas' | 'recheckBooking'>;

const overlaps = ({ scheduledStartAt, scheduledEndAt }: Appointment, { from, to }: Span): boolean =>
  scheduledStartAt.getTime() < to && scheduledEndAt.getTime() > from;

/** A technician's appointments in that time that have not begun, earliest first. */
const bookedIn = async ({ appointments }: Deps, tenantId: string, technicianId: string, at: Span): Promise<readonly Appointment[]> => {
  const found = await appointments.in(tenantId).list(
    {
      technicianId,
      status: 'SCHEDULED',
      scheduledStartAt: { $gt: new Date(at.from - MAX_MINUTES * MINUTE_MS), $lt: new Date(at.to) },
    },
    { sort: { scheduledStartAt: 1, id: 1 }, limit: MAX_DISPLACED },
  );
  return found.filter((appointment) => overlaps(appointment, at));
};

/** The next times at which a technician could do the appointment instead. */
const proposalsFor = async (deps: Deps, tenantId: string, appointment: Appointment, now: Date): Promise<readonly Offer[]> => {
  const { id, subject, customerId, assetId, type, location, place, scheduledStartAt, scheduledEndAt, technicianId, vehicleId } =
    appointment;
  const work = await findWork(deps, tenantId, subject);
  const errand = {
    id: subject.id,
    customerId,
    assetId,
    locationId: location?.id,
    type,
    category: work?.category,
    preferred: [technicianId],
  };
  const minutes = (scheduledEndAt.getTime() - scheduledStartAt.getTime()) / MINUTE_MS;
  const wanted = { type, minutes, movingId: id, ...(place === undefined ? {} : { place }) };
  const vehicle = vehicleId === undefined ? undefined : { id: vehicleId, canBeLeft: false };
  const question = await questionOf(deps, { tenantId, caller: undefined, errand, wanted, vehicle, now });
  return deps.planner.offers(question, Math.max(now.getTime(), scheduledStartAt.getTime()));
};

export interface Displaced {
  readonly appointment: Appointment;
  readonly proposals: readonly Offer[];
}

/**
 * Marks a technician's appointments that fall into time off for replanning, and searches other times. Called after the
 * time off is saved: a booking that is saved later sees the time off and marks itself (`recheck-booking.ts`).
 */
export const markDisplaced = async (
  deps: Deps,
  tenantId: string,
  technicianId: string,
  away: Span,
  now: Date,
): Promise<readonly Displaced[]> => {
  const inTenant = deps.appointments.in(tenantId);
  const mark = (before: Appointment): AppointmentDecision =>
    before.technicianId === technicianId && overlaps(before, away) ? markForReplanning(before, 'TIME_OFF', now) : { state: before };
  // Appointments in the past are not replanned.
  const booked = await bookedIn(deps, tenantId, technicianId, { from: Math.max(away.from, now.getTime()), to: away.to });
  const displaced: Displaced[] = [];
  for (const { id } of booked) {
    const after = await inTenant.update(id, mark);
    if (after?.needsReplanning !== true) continue;
    const proposals = displaced.length < MAX_WITH_PROPOSALS ? await proposalsFor(deps, tenantId, after, now) : [];
    displaced.push({ appointment: after, proposals });
  }
  return displaced;
};

/** The time off was removed: appointments that can take place again lose their mark, unless their vehicle is gone too. */
export const clearDisplaced = async (deps: Deps, tenantId: string, technician: Technician, was: Span): Promise<void> => {
  for (const { id } of await bookedIn(deps, tenantId, technician.id, was)) {
    const after = await deps.appointments.in(tenantId).update(id, (before) => {
      const at = { from: before.scheduledStartAt.getTime(), to: before.scheduledEndAt.getTime() };
      return awayIn(technician, at).length === 0 ? clearReplanning(before, 'TIME_OFF') : { state: before };
    });
    if (after?.vehicleId !== undefined) await deps.recheckBooking(tenantId, after);
  }
};
