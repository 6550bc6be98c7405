import { AppointmentRescheduled } from '@riparo/shared/contracts/appointments.events';
import { isCustomerRole, type Role } from '@riparo/shared/contracts/roles';
import { published, withDerived, type Appointment, type AppointmentDecision } from './appointment.js';
import { appointmentNotChangeable, changeTooLate, movedTooOften } from './appointment.errors.js';
import type { Times } from './appointment.schema.js';
import { takerOf } from './booking/decide-book.js';
import { cancelled, replanningOf, toldToReplan } from './booking/decide-replan.js';
import { remindersFrom } from './reminder/reminders.js';
import type { Venue } from './booking/venue.js';
import type { BookedTurn } from './booking/book-turn.js';
import { checkTransition } from './transitions.js';
import { isTurnOfVehicle } from './vehicle/vehicle-diary.js';

/** Who makes the change and when. Whoever opens a signed link acts as the customer, without a name. */
export interface ChangedBy {
  readonly at: Date;
  readonly role: Role | undefined;
  readonly byUserId?: string;
}

const isCustomer = ({ role }: ChangedBy): boolean => role === undefined || isCustomerRole(role);

/**
 * Customers may change an appointment until `noticeMinutes` before its start: with 120 minutes and a start at 14:00,
 * until 12:00. Staff may change it until it has begun.
 */
export const refuseChange = (before: Appointment, by: ChangedBy, noticeMinutes: number): void => {
  const { status, scheduledStartAt } = before;
  const byStaff = !isCustomer(by);
  if (status !== 'SCHEDULED' && !(byStaff && status === 'IN_TRANSIT')) throw appointmentNotChangeable(status);
  if (!byStaff && by.at.getTime() > scheduledStartAt.getTime() - noticeMinutes * 60_000) throw changeTooLate(noticeMinutes);
};

/** Every move is announced to people and adds a turn that is kept for ever. So a customer may move an appointment 20 times. */
const MAX_MOVES_BY_CUSTOMER = 20;

export const refuseMove = (before: Appointment, by: ChangedBy, noticeMinutes: number): void => {
  refuseChange(before, by, noticeMinutes);
  const taken = before.turns.filter((turn) => !isTurnOfVehicle(turn)).length;
  if (isCustomer(by) && taken > MAX_MOVES_BY_CUSTOMER) throw movedTooOften();
};

export interface Move extends Times {
  readonly venue: Venue;
  readonly place: BookedTurn;
  readonly technicianName: string | undefined;
  /** The vehicle whose time was taken there, so that the appointment has to do without. */
  readonly lostVehicleId?: string | undefined;
}

/** Texts of an appointment. They take no time in a diary. */
export interface AppointmentNotes {
  readonly customerNotes?: string | null;
  readonly technicianNotes?: string | null;
  readonly remoteSessionUrl?: string | null;
}

const notesOf = (before: Appointment, words: AppointmentNotes): Partial<Appointment> => ({
  customerNotes: words.customerNotes === undefined ? before.customerNotes : (words.customerNotes ?? undefined),
  technicianNotes: words.technicianNotes === undefined ? before.technicianNotes : (words.technicianNotes ?? undefined),
  remoteSessionUrl: words.remoteSessionUrl === undefined ? before.remoteSessionUrl : (words.remoteSessionUrl ?? undefined),
});

/** Moves to another time, technician, vehicle or site. One write of the one document takes the new time and frees the old one. */
export const move = (
  before: Appointment,
  { venue, place, technicianName, lostVehicleId, ...times }: Move,
  words: AppointmentNotes,
  by: ChangedBy,
): AppointmentDecision => {
  const { scheduledStartAt, scheduledEndAt, technicianId } = before;
  const moved = times.scheduledStartAt.getTime() !== scheduledStartAt.getTime();
  const taker = takerOf(place, technicianName);
  const after = withDerived({
    ...before,
    ...times,
    ...venue,
    ...notesOf(before, words),
    ...taker,
    status: 'SCHEDULED',
    expectedArrivalAt: undefined,
    replanning: lostVehicleId === undefined ? undefined : replanningOf(taker, 'VEHICLE_GONE', by.at, lostVehicleId),
    turns: [...before.turns, ...place.turns],
    ...(moved
      ? { confirmedAt: undefined, remindedDayFor: undefined, remindedHoursFor: undefined, ...remindersFrom(times.scheduledStartAt, by.at) }
      : {}),
  });
  const from = {
    scheduledStartAt: scheduledStartAt.toISOString(),
    scheduledEndAt: scheduledEndAt.toISOString(),
    ...(technicianId === undefined ? {} : { technicianId }),
  };
  return {
    state: after,
    events: [
      AppointmentRescheduled.with({
        appointment: published(after),
        ...(by.byUserId === undefined ? {} : { actorUserId: by.byUserId }),
        from,
      }),
      ...(lostVehicleId === undefined ? [] : toldToReplan(after, 'VEHICLE_GONE', after.technicianId)),
    ],
  };
};

/** Customers change their notes until the appointment is over; staff may correct texts afterwards too. */
export const changeNotes = (before: Appointment, words: AppointmentNotes, by: ChangedBy): AppointmentDecision => {
  if (isCustomer(by) && !before.open) throw appointmentNotChangeable(before.status);
  const after = { ...before, ...notesOf(before, words) };
  const unseen = after.customerNotes === before.customerNotes && after.remoteSessionUrl === before.remoteSessionUrl;
  return { state: after, unseen };
};

/** Cancels for a customer in time, or for the desk. */
export const callOff = (before: Appointment, reason: string | undefined, by: ChangedBy, noticeMinutes: number): AppointmentDecision => {
  checkTransition(before, 'CANCELLED');
  refuseChange(before, by, noticeMinutes);
  const kind = isCustomer(by) ? 'CUSTOMER' : 'STAFF';
  return cancelled(before, {
    kind,
    at: by.at,
    ...(reason === undefined ? {} : { reason }),
    ...(by.byUserId === undefined ? {} : { byUserId: by.byUserId }),
  });
};
