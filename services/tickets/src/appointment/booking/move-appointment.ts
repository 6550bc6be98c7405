import { isCustomerRole, type Role } from '@riparo/shared/contracts/roles';
import type { SaveOnce } from '@riparo/shared/persistence/repository';
import type { Appointment } from '../appointment.js';
import { appointmentNotFound } from '../appointment.errors.js';
import { minutesOf, spanOf, type Times } from '../appointment.schema.js';
import type { AppointmentErrand } from './candidates.js';
import { move, refuseMove, type AppointmentNotes, type ChangedBy } from '../decide-change.js';
import type { AppointmentDeps } from '../dependencies.js';
import { isAtDesk } from '../rules.js';
import { venueOf, type Venue } from './venue.js';
import { availableVehicle } from '../../kernel/vehicle.js';
import { findWork } from '../work.js';
import type { FreeSlot, WantedVehicle } from './planner.js';
import type { Span } from '../../kernel/working-time.js';
import { questionOf, technicianNames } from './question.js';

export interface MoveRequest extends Partial<Times>, AppointmentNotes {
  readonly technicianId?: string;
  /** `null` takes the vehicle off. */
  readonly vehicleId?: string | null;
  readonly locationId?: string;
}

type Deps = Pick<
  AppointmentDeps,
  'appointments' | 'tickets' | 'repairs' | 'replicas' | 'assetLookup' | 'findCandidates' | 'bookTurn' | 'recheckBooking' | 'rules'
>;

/** Who moves an appointment. Whoever opens a signed link acts as the customer, without a name. */
export interface Mover {
  readonly tenantId: string;
  /** Staff need no notice before a new time. */
  readonly role: Role;
  readonly byUserId?: string;
  /** The appointment as it stands, if it may be moved by them; throws otherwise. */
  readonly admit: (before: Appointment | undefined) => Appointment;
}

interface MoveCall {
  readonly mover: Mover;
  readonly body: MoveRequest;
  readonly now: Date;
}

/** True when time, site or technician change: only then the diaries must be asked. */
export const isMove = (before: Appointment, { scheduledStartAt, scheduledEndAt, technicianId, locationId }: MoveRequest): boolean =>
  (scheduledStartAt !== undefined && scheduledStartAt.getTime() !== before.scheduledStartAt.getTime()) ||
  (scheduledEndAt !== undefined && scheduledEndAt.getTime() !== before.scheduledEndAt.getTime()) ||
  (technicianId !== undefined && technicianId !== before.technicianId) ||
  (locationId !== undefined && before.type === 'ONSITE_VISIT' && locationId !== before.location?.id) ||
  // The appointment was given back and has no diary. A request with the same time books it with a technician who is free then.
  (scheduledStartAt !== undefined && before.diary === undefined);

const errandOfMove = async (
  deps: Pick<Deps, 'tickets' | 'repairs' | 'replicas'>,
  tenantId: string,
  before: Appointment,
  { technicianId }: MoveRequest,
): Promise<AppointmentErrand> => {
  const { type, location, subject, customerId, assetId } = before;
  const work = await findWork(deps, tenantId, subject);
  return {
    // A drop-off that was with a technician stays with that technician.
    technicianId: technicianId ?? (isAtDesk(type, undefined) ? before.technicianId : undefined),
    type,
    id: subject.id,
    customerId,
    assetId,
    locationId: location?.id ?? work?.locationId,
    category: work?.category,
    preferred: [before.technicianId, work?.assignedToUserId],
  };
};

/**
 * The vehicle that the appointment is to have after the move: the one that was named, else its own. A customer is never
 * refused for a vehicle; when it is taken, the appointment goes without and the desk decides.
 */
const vehicleFor = async (deps: Deps, { mover, body }: MoveCall, before: Appointment): Promise<WantedVehicle | undefined> => {
  const { vehicleId = before.vehicleId } = body;
  if (vehicleId === null || vehicleId === undefined) return undefined;
  if (vehicleId !== before.vehicleId) await availableVehicle(deps, mover.tenantId, vehicleId);
  return { id: vehicleId, canBeLeft: isCustomerRole(mover.role) };
};

const changedBy = ({ mover: { role, byUserId }, now }: MoveCall): ChangedBy => ({
  at: now,
  role,
  ...(byUserId === undefined ? {} : { byUserId }),
});

const venueFor = async (deps: Deps, tenantId: string, before: Appointment, locationId: string | undefined): Promise<Venue> =>
  locationId === undefined
    ? { location: before.location, place: before.place }
    : venueOf(deps, tenantId, before.customerId, before.type, locationId);

/** What the diaries are asked when the appointment, as it stands, is to have these times. */
const askedFor = async (deps: Deps, call: MoveCall, before: Appointment) => {
  const { mover, body, now } = call;
  const { tenantId } = mover;
  const { scheduledStartAt = before.scheduledStartAt, scheduledEndAt = before.scheduledEndAt, technicianId, locationId } = body;
  const times = { scheduledStartAt, scheduledEndAt };
  const [venue, vehicle] = await Promise.all([venueFor(deps, tenantId, before, locationId), vehicleFor(deps, call, before)]);
  const wanted = { type: before.type, minutes: minutesOf(times), place: venue.place, movingId: before.id };
  const errand = await errandOfMove(deps, tenantId, before, body);
  const question = await questionOf(deps, { tenantId, caller: mover, errand, wanted, vehicle, technicianId, now });
  return { question, times, venue, vehicle };
};

/** Looks for a place in the diaries for the appointment as it stands, and saves it there. */
const findAndMove = async (deps: Deps, call: MoveCall, before: Appointment, save: SaveOnce<Appointment>): Promise<Appointment> => {
  const { question, times, venue, vehicle } = await askedFor(deps, call, before);
  const names = await technicianNames(deps, question);
  return deps.bookTurn(question, spanOf(times), (place) => {
    const lostVehicleId = place.vehicleId === undefined ? vehicle?.id : undefined;
    const to = { ...times, venue, place, lostVehicleId, technicianName: names.get(place.diary)?.name };
    return save((current) => move(current, to, call.body, changedBy(call)));
  });
};

/** The times of a window to which the appointment can be moved, as it is refused or booked by `moveAppointment`. */
export const freeTimesToMove = async (
  deps: Deps & Pick<AppointmentDeps, 'planner'>,
  { mover, now }: Pick<MoveCall, 'mover' | 'now'>,
  before: Appointment,
  window: Span,
): Promise<readonly FreeSlot[]> => {
  const call = { mover, now, body: {} };
  refuseMove(before, changedBy(call), deps.rules.changeNoticeMinutes);
  const { slots } = await deps.planner.slots((await askedFor(deps, call, before)).question, window);
  return slots.filter(({ from }) => from !== before.scheduledStartAt.getTime());
};

/** Takes the new time and gives up the old one in the same write. A refused move leaves the appointment as it was. */
export const moveAppointment = async (deps: Deps, call: MoveCall, { id }: Pick<Appointment, 'id'>): Promise<Appointment> => {
  const { tenantId, admit } = call.mover;
  const moved = await deps.appointments.in(tenantId).updateAfter(id, async (before, save) => {
    const current = admit(before);
    refuseMove(current, changedBy(call), deps.rules.changeNoticeMinutes);
    return findAndMove(deps, call, current, save);
  });
  if (moved === undefined) throw appointmentNotFound();
  return deps.recheckBooking(tenantId, moved);
};
