import type { Caller } from '@riparo/shared/contracts/caller';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { technicianNotFound } from '../ticket/ticket.errors.js';
import type { TicketState } from '../ticket/ticket.js';
import type { Appointment } from './appointment.js';
import { technicianNotBookable, tooManyAppointments } from './appointment.errors.js';
import { bookingFields, minutesOf, refuse, spanOf, staffFieldFaults, timeFaults, type BookingBody } from './appointment.schema.js';
import { viewAppointment } from './appointment.view.js';
import { book, bookEvents, type Booking } from './decide-book.js';
import type { AppointmentDeps } from './deps.js';
import type { Question } from './planner.js';
import { bookableTicket, venueOf } from './subject.js';
import type { TakenPlace } from './take-place.js';

interface Body extends BookingBody {
  readonly ticketId?: string;
  readonly repairId?: string;
}

export const bookForTicketBody = Joi.object<BookingBody>(bookingFields());
export const bookAppointmentBody = Joi.object<Body>({ ...bookingFields(), ticketId: uuid(), repairId: uuid() });

export type BookingDeps = Pick<
  AppointmentDeps,
  'appointments' | 'tickets' | 'replicas' | 'estate' | 'findCandidates' | 'takePlace' | 'settleBooking'
>;
export type BookingCall = Pick<Call<BookingBody>, 'body' | 'ids' | 'now'> & { readonly caller: Caller };

/** So that nobody fills all diaries with one ticket; a person at the desk decides for themselves. */
const MAX_OPEN_PER_TICKET = 10;

const refuseTooMany = async ({ appointments }: Pick<BookingDeps, 'appointments'>, caller: Caller, ticketId: string): Promise<void> => {
  if (caller.customerId === undefined) return;
  const open = await appointments.in(caller.tenantId).count({ 'subject.id': ticketId, open: true });
  if (open >= MAX_OPEN_PER_TICKET) throw tooManyAppointments(MAX_OPEN_PER_TICKET);
};

/** Somebody who was named must be there; that nobody fits is another answer. */
export const checkTechnician = async (
  { replicas }: Pick<BookingDeps, 'replicas'>,
  tenantId: string,
  technicianId: string | undefined,
  isActive: boolean,
): Promise<void> => {
  if (technicianId === undefined || isActive) return;
  const user = await replicas.users.find(tenantId, technicianId);
  throw user === undefined || user.customerId !== undefined ? technicianNotFound() : technicianNotBookable();
};

const describe = async (deps: BookingDeps, { caller, body }: BookingCall, ticket: TicketState, id: string): Promise<Booking> => {
  const { type, scheduledStartAt, scheduledEndAt, customerNotes, technicianNotes } = body;
  return {
    id,
    subject: { kind: 'TICKET', id: ticket.id, number: ticket.ticketNumber },
    customerId: ticket.customerId,
    assetId: ticket.assetId,
    contactUserId: caller.customerId === undefined ? ticket.createdByUserId : caller.userId,
    createdByUserId: caller.userId,
    type,
    scheduledStartAt,
    scheduledEndAt,
    customerNotes,
    technicianNotes,
    ...(await venueOf(deps, caller.tenantId, ticket.customerId, type, body.locationId ?? ticket.locationId)),
  };
};

interface Prepared {
  readonly question: Question;
  readonly write: (place: TakenPlace) => Promise<Appointment>;
}

/** What is asked of the diaries, and the write that takes the place that they find. */
export const prepareBooking = async (deps: BookingDeps, call: BookingCall, ticket: TicketState, id: string): Promise<Prepared> => {
  const { caller, body, now } = call;
  const { tenantId, userId } = caller;
  const booking = await describe(deps, call, ticket, id);
  const { technicianId } = body;
  const locationId = body.locationId ?? ticket.locationId;
  const errand = { ...ticket, type: body.type, locationId, preferred: [ticket.assignedToUserId], technicianId };
  const candidates = await deps.findCandidates(tenantId, errand, now);
  await checkTechnician(deps, tenantId, technicianId, candidates.length > 0);
  const wanted = { type: body.type, minutes: minutesOf(body), place: booking.place };
  const names = await deps.replicas.users.findMany(
    tenantId,
    candidates.map(({ technician }) => technician?.id),
  );
  return {
    question: { tenantId, caller, candidates, wanted, named: technicianId !== undefined, now },
    write: (place) => deps.appointments.in(tenantId).insert(book(booking, place, names.get(place.diary)?.name, now), bookEvents(userId)),
  };
};

/** Books a time for a ticket: one write takes it, or a conflict says what is free instead. */
export const bookFor = async (deps: BookingDeps, call: BookingCall, ticketId: string): Promise<Appointment> => {
  const { caller, body, ids, now } = call;
  const { tenantId } = caller;
  refuse([...staffFieldFaults(caller, body, ['technicianId', 'technicianNotes']), ...timeFaults(body, now)]);
  const id = ids.next();
  // Under its Idempotency-Key a request that died after its write finds what it has booked, and does not stand in its own way.
  const done = await deps.appointments.in(tenantId).find(id);
  if (done !== undefined) return done;
  const ticket = await bookableTicket(deps, caller, ticketId);
  await refuseTooMany(deps, caller, ticketId);
  const { question, write } = await prepareBooking(deps, call, ticket, id);
  return deps.settleBooking(tenantId, await deps.takePlace(question, spanOf(body), write));
};

/** `POST /tickets/:id/appointments`. */
export const bookForTicket =
  (deps: BookingDeps) =>
  async (call: Call<BookingBody, unknown, { id: string }>): Promise<Reply> => {
    const booked = await bookFor(deps, call, call.params.id);
    return created(`/appointments/${booked.id}`, await viewAppointment(deps.replicas, call.caller, booked));
  };

/** What it is about: one of the two, and repairs have none yet. */
const subjectOf = ({ ticketId, repairId }: Body): string => {
  if (repairId !== undefined) throw invalidInput([{ path: 'repairId', message: 'names a repair, and repairs have no appointments yet' }]);
  if (ticketId === undefined) throw invalidInput([{ path: 'ticketId', message: 'is required' }]);
  return ticketId;
};

/** `POST /appointments`. */
export const bookAppointment =
  (deps: BookingDeps) =>
  async (call: Call<Body>): Promise<Reply> => {
    const { ticketId: _ticketId, repairId: _repairId, ...body } = call.body;
    const booked = await bookFor(deps, { ...call, body }, subjectOf(call.body));
    return created(`/appointments/${booked.id}`, await viewAppointment(deps.replicas, call.caller, booked));
  };
