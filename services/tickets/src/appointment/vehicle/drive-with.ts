import type { Caller } from '@riparo/shared/contracts/caller';
import type { SaveOnce } from '@riparo/shared/persistence/repository';
import { availableVehicle } from '../../kernel/vehicle.js';
import type { Appointment, AppointmentDecision } from '../appointment.js';
import { minutesOf, spanOf } from '../appointment.schema.js';
import type { AppointmentDeps } from '../dependencies.js';
import type { VehicleQuestion } from './book-vehicle.js';
import { setVehicle } from './decide-vehicle.js';

export type DriveDeps = Pick<AppointmentDeps, 'appointments' | 'assetLookup' | 'findCandidates' | 'bookVehicle'>;

/** A visit that is to have another vehicle; `undefined`: none. */
export interface Drive {
  readonly vehicleId: string | undefined;
  readonly caller: Pick<Caller, 'tenantId' | 'role' | 'userId'>;
  readonly now: Date;
  /** What else the same write changes. */
  readonly also?: (state: Appointment) => AppointmentDecision;
}

const unchanged = (state: Appointment): AppointmentDecision => ({ state, unseen: true });

/** One write of what else changes and of the vehicle. Customers see of it what they see of the first. */
const joined = (first: AppointmentDecision, then: AppointmentDecision): AppointmentDecision => ({
  ...then,
  events: [...(first.events ?? []), ...(then.events ?? [])],
  unseen: first.unseen === true && then.unseen === true,
});

/** The vehicle is asked for the time of the visit; other times are looked for with its technician, or with anybody if it has none. */
const questionAbout = async (
  { findCandidates }: DriveDeps,
  { caller, now }: Drive,
  before: Appointment,
  vehicleId: string,
): Promise<VehicleQuestion> => {
  const { id, subject, type, customerId, assetId, technicianId, location, place } = before;
  const errand = { id: subject.id, type, customerId, assetId, locationId: location?.id, technicianId, preferred: [technicianId] };
  const { tenantId } = caller;
  return {
    tenantId,
    caller,
    candidates: await findCandidates(tenantId, errand, now),
    wanted: { type, minutes: minutesOf(before), place, movingId: id },
    vehicle: { id: vehicleId, canBeLeft: false },
    named: technicianId !== undefined,
    now,
  };
};

/** Saves the visit with another vehicle at the same time. Throws when the vehicle is not to be had then. */
export const driveWith = async (deps: DriveDeps, drive: Drive, before: Appointment, save: SaveOnce<Appointment>): Promise<Appointment> => {
  const { vehicleId, caller, also = unchanged } = drive;
  const decide = (turn?: string) => (state: Appointment) => {
    const first = also(state);
    const taken = vehicleId === undefined || turn === undefined ? undefined : { id: vehicleId, turn };
    return joined(first, setVehicle(first.state, taken, caller.userId));
  };
  if (vehicleId === undefined) return save(decide());
  await availableVehicle(deps, caller.tenantId, vehicleId);
  const question = await questionAbout(deps, drive, before, vehicleId);
  return deps.bookVehicle(question, spanOf(before), (turn) => save(decide(turn)));
};
