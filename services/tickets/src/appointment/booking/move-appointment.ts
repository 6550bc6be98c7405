import type { Caller } from '@riparo/shared/contracts/caller';
import type { SaveOnce } from '@riparo/shared/persistence/repository';
import type { IfMatch } from '@riparo/shared/persistence/if-match';
import type { Appointment } from '../appointment.js';
import { appointmentNotFound } from '../appointment.errors.js';
import { visibleTo } from '../appointment.access.js';
import { minutesOf, spanOf, type Times } from '../appointment.schema.js';
import type { AppointmentErrand } from './candidates.js';
import { move, refuseMove, type AppointmentNotes } from '../decide-change.js';
import type { AppointmentDeps } from '../dependencies.js';
import { refuseStale } from '../../kernel/shown-version.js';
import { isAtDesk } from '../rules.js';
import { venueOf, type Venue } from './venue.js';
import { availableVehicle } from '../../kernel/vehicle.js';
import { findWork } from '../work.js';
import type { WantedVehicle } from './planner.js';
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

interface MoveCall {
  readonly caller: Caller;
  readonly body: MoveRequest;
  readonly now: Date;
  readonly ifMatch?: IfMatch;
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
  deps: Deps,
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
const vehicleFor = async (deps: Deps, { caller, body }: MoveCall, before: Appointment): Promise<WantedVehicle | undefined> => {
  const { vehicleId = before.vehicleId } = body;
  if (vehicleId === null || vehicleId === undefined) return undefined;
  if (vehicleId !== before.vehicleId) await availableVehicle(deps, caller.tenantId, vehicleId);
  return { id: vehicleId, canBeLeft: caller.customerId !== undefined };
};

const venueFor = async (deps: Deps, tenantId: string, before: Appointment, locationId: string | undefined): Promise<Venue> =>
  locationId === undefined
    ? { location: before.location, place: before.place }
    : venueOf(deps, tenantId, before.customerId, before.type, locationId);

/** Looks for a place in the diaries for the appointment as it stands, and saves it there. */
const findAndMove = async (deps: Deps, call: MoveCall, before: Appointment, save: SaveOnce<Appointment>): Promise<Appointment> => {
  const { caller, body, now } = call;
  const { tenantId, role, userId } = caller;
  const { scheduledStartAt = before.scheduledStartAt, scheduledEndAt = before.scheduledEndAt, technicianId, locationId } = body;
  const by = { at: now, role, byUserId: userId };
  const times = { scheduledStartAt, scheduledEndAt };
  const [venue, vehicle] = await Promise.all([venueFor(deps, tenantId, before, locationId), vehicleFor(deps, call, before)]);
  const wanted = { type: before.type, minutes: minutesOf(times), place: venue.place, movingId: before.id };
  const errand = await errandOfMove(deps, tenantId, before, body);
  const question = await questionOf(deps, { tenantId, caller, errand, wanted, vehicle, technicianId, now });
  const names = await technicianNames(deps, question);
  return deps.bookTurn(question, spanOf(times), (place) => {
    const lostVehicleId = place.vehicleId === undefined ? vehicle?.id : undefined;
    const to = { ...times, venue, place, lostVehicleId, technicianName: names.get(place.diary)?.name };
    return save((current) => move(current, to, body, by));
  });
};

/** Takes the new time and gives up the old one in the same write. A refused move leaves the appointment as it was. */
export const moveAppointment = async (deps: Deps, call: MoveCall, { id }: Pick<Appointment, 'id'>): Promise<Appointment> => {
  const { caller, now, ifMatch } = call;
  const { tenantId, role, userId } = caller;
  const moved = await deps.appointments.in(tenantId).updateAfter(id, async (before, save) => {
    const current = visibleTo(caller, before);
    refuseStale(caller, ifMatch, current);
    refuseMove(current, { at: now, role, byUserId: userId }, deps.rules.changeNoticeMinutes);
    return findAndMove(deps, call, current, save);
  });
  if (moved === undefined) throw appointmentNotFound();
  return deps.recheckBooking(tenantId, moved);
};
