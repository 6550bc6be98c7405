import type { Caller } from '@riparo/shared/contracts/caller';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { VisitsFollow } from '../../kernel/visits-follow.js';
import { withMerged } from '../../ticket/merge/with-merged.js';
import type { TicketState } from '../../ticket/ticket.js';
import type { Appointment } from '../appointment.js';
import { markForReplanning } from '../booking/decide-replan.js';
import type { AppointmentDeps } from '../dependencies.js';
import { driveWith, type DriveDeps } from './drive-with.js';

type Deps = DriveDeps & Pick<AppointmentDeps, 'tickets' | 'recheckBooking'>;

const MAX_APPOINTMENTS = 500;

/** Visits that have not begun and whose time has not passed. */
const plannedVisits = async (
  { appointments, tickets }: Deps,
  tenantId: string,
  ticket: TicketState,
  now: Date,
): Promise<readonly Appointment[]> => {
  const ids = await withMerged(tickets, tenantId, ticket);
  const filter = { 'subject.id': ids.length === 1 ? ids[0] : { $in: [...ids] }, open: true };
  const open = await appointments.in(tenantId).list(filter, { sort: { scheduledStartAt: 1, id: 1 }, limit: MAX_APPOINTMENTS });
  return open.filter(({ type, status, scheduledEndAt }) => type === 'ONSITE_VISIT' && status === 'SCHEDULED' && scheduledEndAt > now);
};

/** The visit has this vehicle, or none if it is to have none, and nobody has to decide about one that is gone. */
const isSettled = ({ vehicleId: own, replanning }: Appointment, vehicleId: string | undefined): boolean =>
  own === vehicleId && replanning?.reason !== 'VEHICLE_GONE';

/** Gives a visit the vehicle of its ticket. When that is on another visit, the desk has to decide. */
const follow = async (deps: Deps, caller: Caller, vehicleId: string | undefined, { id }: Appointment, now: Date): Promise<void> => {
  const { tenantId } = caller;
  const inTenant = deps.appointments.in(tenantId);
  try {
    const after = await inTenant.updateAfter(id, (before, save) =>
      before.status !== 'SCHEDULED' || isSettled(before, vehicleId)
        ? Promise.resolve(before)
        : driveWith(deps, { vehicleId, caller, now }, before, save),
    );
    if (after !== undefined) await deps.recheckBooking(tenantId, after);
  } catch (error) {
    if (!isDomainError(error) || error.kind !== 'conflict') throw error;
    await inTenant.update(id, (before) => markForReplanning(before, 'VEHICLE_GONE', now, vehicleId));
  }
};

/** A vehicle was said for a ticket: its planned visits follow one after the other, the earliest first. */
export const createVisitsFollow =
  (deps: Deps): VisitsFollow<TicketState> =>
  async (caller, ticket, now) => {
    for (const visit of await plannedVisits(deps, caller.tenantId, ticket, now)) await follow(deps, caller, ticket.vehicleId, visit, now);
  };
