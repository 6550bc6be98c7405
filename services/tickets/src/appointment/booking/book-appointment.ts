import type { SubjectKind } from '@riparo/shared/contracts/appointments.events';
import type { Caller } from '@riparo/shared/contracts/caller';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { Appointment } from '../appointment.js';
import { tooManyAppointments } from '../appointment.errors.js';
import {
  bookingFields,
  minutesOf,
  notForVehicles,
  refuse,
  spanOf,
  staffFieldFaults,
  timeFaults,
  type BookingBody,
} from '../appointment.schema.js';
import { viewAppointment } from '../appointment.view.js';
import { book, bookEvents, type Booking } from './decide-book.js';
import { errandOf } from './candidates.js';
import type { AppointmentDeps } from '../dependencies.js';
import { availableVehicle } from '../../kernel/vehicle.js';
import type { Question, WantedVehicle } from './planner.js';
import type { BookedTurn } from './book-turn.js';
import { venueOf } from './venue.js';
import { bookableWork, type Work, type WorkRef } from '../work.js';
import { questionOf, technicianNames } from './question.js';

interface Body extends BookingBody {
  readonly ticketId?: string;
  readonly repairId?: string;
}

export const bookForBody = Joi.object<BookingBody>(bookingFields());
export const bookAppointmentBody = Joi.object<Body>({ ...bookingFields(), ticketId: uuid(), repairId: uuid() });

export type BookingDeps = Pick<
  AppointmentDeps,
  'appointments' | 'tickets' | 'repairs' | 'replicas' | 'assetLookup' | 'findCandidates' | 'bookTurn' | 'recheckBooking'
>;
export type BookingCall = Pick<Call<BookingBody>, 'body' | 'ids' | 'now'> & { readonly caller: Caller };

/**
 * Open appointments that a customer may have for one ticket or repair, so that one ticket cannot fill all diaries. The
 * desk has no such limit.
 */
const MAX_OPEN_PER_SUBJECT = 10;

const refuseTooMany = async ({ appointments }: Pick<BookingDeps, 'appointments'>, caller: Caller, subjectId: string): Promise<void> => {
  if (caller.customerId === undefined) return;
  const open = await appointments.in(caller.tenantId).count({ 'subject.id': subjectId, open: true });
  if (open >= MAX_OPEN_PER_SUBJECT) throw tooManyAppointments(MAX_OPEN_PER_SUBJECT);
};

const describe = async (deps: BookingDeps, { caller, body }: BookingCall, work: Work, id: string): Promise<Booking> => {
  const { type, scheduledStartAt, scheduledEndAt, customerNotes, technicianNotes } = body;
  // Only a visit needs the device's location; other bookings do not wait for the look-up.
  const usual = type === 'ONSITE_VISIT' ? work.locationId : undefined;
  return {
    id,
    subject: work.subject,
    customerId: work.customerId,
    assetId: work.assetId,
    contactUserId: caller.customerId === undefined ? work.contactUserId : caller.userId,
    createdByUserId: caller.userId,
    type,
    scheduledStartAt,
    scheduledEndAt,
    customerNotes,
    technicianNotes,
    ...(await venueOf(deps, caller.tenantId, work.customerId, type, body.locationId ?? usual)),
  };
};

/** The vehicle that the desk named, or else that of the ticket: no booking is refused because of the latter. */
const vehicleFor = async (deps: BookingDeps, { caller, body }: BookingCall, work: Work): Promise<WantedVehicle | undefined> => {
  const { tenantId } = caller;
  if (typeof body.vehicleId === 'string') return { id: (await availableVehicle(deps, tenantId, body.vehicleId)).id, canBeLeft: false };
  if (body.vehicleId === null || body.type !== 'ONSITE_VISIT' || work.vehicleId === undefined) return undefined;
  const vehicle = await deps.replicas.vehicles.find(tenantId, work.vehicleId);
  return vehicle?.status === 'AVAILABLE' ? { id: vehicle.id, canBeLeft: true } : undefined;
};

interface Prepared {
  readonly question: Question;
  readonly write: (place: BookedTurn) => Promise<Appointment>;
}

/** Prepares a booking: the question to the diaries, and the write that takes the place which the planner finds. */
export const prepareBooking = async (deps: BookingDeps, call: BookingCall, work: Work, id: string): Promise<Prepared> => {
  const { caller, body, now } = call;
  const { tenantId, userId } = caller;
  const booking = await describe(deps, call, work, id);
  const { technicianId } = body;
  const errand = errandOf(work, { type: body.type, locationId: body.locationId, technicianId });
  const wanted = { type: body.type, minutes: minutesOf(body), place: booking.place };
  const vehicle = await vehicleFor(deps, call, work);
  const question = await questionOf(deps, { tenantId, caller, errand, wanted, vehicle, technicianId, now });
  const names = await technicianNames(deps, question);
  return {
    question,
    write: (place) => deps.appointments.in(tenantId).insert(book(booking, place, names.get(place.diary)?.name, now), bookEvents(userId)),
  };
};

/** Books a time. One write takes the time; when the time is gone, the conflict lists free times. */
export const bookFor = async (deps: BookingDeps, call: BookingCall, ref: WorkRef): Promise<Appointment> => {
  const { caller, body, ids, now } = call;
  const { tenantId } = caller;
  const isDriven = body.vehicleId === undefined || body.type === 'ONSITE_VISIT';
  refuse([
    ...staffFieldFaults(caller, body, ['technicianId', 'vehicleId', 'technicianNotes']),
    ...(isDriven || caller.customerId !== undefined ? [] : [notForVehicles]),
    ...timeFaults(body, now),
  ]);
  const id = ids.next();
  // A request may have died after its write. Its repetition under the same Idempotency-Key finds its own appointment here
  // and does not collide with it.
  const done = await deps.appointments.in(tenantId).find(id);
  if (done !== undefined) return done;
  const work = await bookableWork(deps, caller, ref, body.type);
  await refuseTooMany(deps, caller, ref.id);
  const { question, write } = await prepareBooking(deps, call, work, id);
  return deps.recheckBooking(tenantId, await deps.bookTurn(question, spanOf(body), write));
};

/** `POST /tickets/:id/appointments` and `POST /repairs/:id/appointments`. */
export const bookForSubject =
  (deps: BookingDeps, kind: SubjectKind) =>
  async (call: Call<BookingBody, unknown, { id: string }>): Promise<Reply> => {
    const booked = await bookFor(deps, call, { kind, id: call.params.id });
    return created(`/appointments/${booked.id}`, await viewAppointment(deps.replicas, call.caller, booked));
  };

/** The ticket or the repair that the body names: exactly one of the two. */
const refOf = ({ ticketId, repairId }: Body): WorkRef => {
  if (ticketId !== undefined && repairId !== undefined)
    throw invalidInput([{ path: 'repairId', message: 'cannot be given beside ticketId: an appointment is about one of the two' }]);
  if (repairId !== undefined) return { kind: 'REPAIR', id: repairId };
  if (ticketId === undefined) throw invalidInput([{ path: 'ticketId', message: 'or repairId is required' }]);
  return { kind: 'TICKET', id: ticketId };
};

/** `POST /appointments`. */
export const bookAppointment =
  (deps: BookingDeps) =>
  async (call: Call<Body>): Promise<Reply> => {
    const { ticketId: _ticketId, repairId: _repairId, ...body } = call.body;
    const booked = await bookFor(deps, { ...call, body }, refOf(call.body));
    return created(`/appointments/${booked.id}`, await viewAppointment(deps.replicas, call.caller, booked));
  };
