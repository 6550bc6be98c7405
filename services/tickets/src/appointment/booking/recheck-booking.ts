import type { Clock } from '@riparo/shared/runtime/clock';
import type { Replicas } from '../../replica/replicas.js';
import { awayIn } from '../../technician/time-off.js';
import type { Technicians } from '../../technician/technician.repository.js';
import type { Appointment } from '../appointment.js';
import type { Appointments } from '../appointment.repository.js';
import { cancelForDoneWork, giveBack, markForReplanning } from './decide-replan.js';
import { findWork, type WorkDeps } from '../work.js';

export interface RecheckDeps extends WorkDeps {
  readonly appointments: Appointments;
  readonly technicians: Technicians;
  readonly replicas: Pick<Replicas, 'vehicles'>;
  readonly clock: Clock;
}

/**
 * Checks a saved booking once more against other documents: technician, time off, vehicle, ticket or repair. The code that
 * changes those documents looks at the bookings after its own write. So whichever of the two wrote last sees the other.
 */
export type RecheckBooking = (tenantId: string, booked: Appointment) => Promise<Appointment>;

export const createRecheckBooking = (deps: RecheckDeps): RecheckBooking => {
  const { appointments, technicians, replicas, clock } = deps;
  return async (tenantId, booked) => {
    const { id, technicianId, vehicleId, subject, type } = booked;
    const [work, technician, vehicle] = await Promise.all([
      findWork(deps, tenantId, subject),
      technicianId === undefined ? undefined : technicians.in(tenantId).find(technicianId),
      // The copy itself: what is remembered of it may be some seconds old.
      vehicleId === undefined ? undefined : replicas.vehicles.in(tenantId).find(vehicleId),
    ]);
    const at = { from: booked.scheduledStartAt.getTime(), to: booked.scheduledEndAt.getTime() };
    const away = technician !== undefined && awayIn(technician, at).length > 0;
    const left = technicianId !== undefined && technician?.active !== true;
    const gone = vehicle !== undefined && vehicle.status !== 'AVAILABLE';
    const needed = work?.takes(type) === true;
    if (needed && !left && !away && !gone) return booked;
    const after = await appointments.in(tenantId).update(id, (before) => {
      if (!needed) return cancelForDoneWork(before, clock.now());
      if (left) return giveBack(before, technicianId, clock.now());
      if (away && before.technicianId === technicianId) return markForReplanning(before, 'TIME_OFF', clock.now());
      return gone && before.vehicleId === vehicleId ? markForReplanning(before, 'VEHICLE_GONE', clock.now(), vehicleId) : { state: before };
    });
    return after ?? booked;
  };
};
