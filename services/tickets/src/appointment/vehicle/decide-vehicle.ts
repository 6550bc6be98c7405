import { AppointmentVehicleChanged } from '@riparo/shared/contracts/appointments.events';
import { published, withDerived, type Appointment, type AppointmentDecision } from '../appointment.js';

/** A vehicle with the turn that was taken in its diary. */
export interface TakenVehicle {
  readonly id: string;
  readonly turn: string;
}

/**
 * Gives a visit a vehicle, or another one, or none. Time and technician stay, so customers see nothing of it. Whoever
 * decides on the vehicle has decided what to do about one that is gone.
 */
export const setVehicle = (
  before: Appointment,
  vehicle: TakenVehicle | undefined,
  actorUserId: string | undefined,
): AppointmentDecision => {
  const { vehicleId: from, turns } = before;
  const replanning = before.replanning?.reason === 'VEHICLE_GONE' ? undefined : before.replanning;
  const isOther = from !== vehicle?.id;
  if (!isOther && replanning === before.replanning) return { state: before, unseen: true };
  const after = withDerived({
    ...before,
    replanning,
    vehicleId: vehicle?.id,
    turns: vehicle === undefined || !isOther ? turns : [...turns, vehicle.turn],
  });
  const data = {
    appointment: published(after),
    ...(actorUserId === undefined ? {} : { actorUserId }),
    ...(from === undefined ? {} : { from }),
  };
  return { state: after, events: isOther ? [AppointmentVehicleChanged.with(data)] : [], unseen: true };
};
