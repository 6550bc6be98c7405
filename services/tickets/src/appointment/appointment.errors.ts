import type { AppointmentStatus, RepairStatus, TicketStatus } from '@riparo/shared/contracts/enums';
import { notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';
import type { Offer } from '../kernel/preferred-time.js';

export const appointmentNotFound = (): DomainError => notFound('appointment');

const refusal =
  (code: string, detail: string) =>
  (alternatives: readonly Offer[]): DomainError =>
    new DomainError(
      'conflict',
      code,
      `${detail} ${alternatives.length === 0 ? 'There is no free time soon.' : 'Choose one of the alternatives.'}`,
      {
        extra: { alternatives },
      },
    );

export const slotTaken = refusal('APPOINTMENT_SLOT_TAKEN', 'This time is no longer free.');
export const tooSoon = refusal('APPOINTMENT_TOO_SOON', 'This time has passed or is too soon.');
export const outsideHours = refusal('APPOINTMENT_OUTSIDE_HOURS', 'This time lies outside the working hours.');
export const noTimeToTravel = refusal(
  'APPOINTMENT_NO_TIME_TO_TRAVEL',
  'The technician could not be there in time, or not at the next visit.',
);
export const dayFull = refusal('APPOINTMENT_DAY_FULL', 'The technician has as many appointments that day as are allowed.');
export const vehicleTaken = refusal('APPOINTMENT_VEHICLE_TAKEN', 'The vehicle is on another visit then, or on the way.');
export const nobodyAvailable = refusal('APPOINTMENT_NOBODY_AVAILABLE', 'Nobody can take this appointment.');

export const ticketNotActive = (current: TicketStatus): DomainError =>
  new DomainError('conflict', 'TICKET_NOT_ACTIVE', `The ticket is ${current}: reopen it before you book an appointment for it.`, {
    extra: { current },
  });

/** A finished repair needs no appointment. A device that is ready can still be fetched at the desk. */
export const repairTakesNone = (current: RepairStatus): DomainError =>
  new DomainError(
    'conflict',
    'REPAIR_NOT_ACTIVE',
    current === 'READY_FOR_PICKUP'
      ? 'The device is READY_FOR_PICKUP: only a DROP_OFF, to fetch it at the desk, can be booked.'
      : `The repair is ${current}: no appointment can be booked for it.`,
    { extra: { current } },
  );

export const tooManyAppointments = (most: number): DomainError =>
  new DomainError('conflict', 'APPOINTMENT_LIMIT_REACHED', `There are ${most} appointments for this already. Move or cancel one of them.`);

export const technicianNotBookable = (): DomainError =>
  new DomainError('conflict', 'TECHNICIAN_NOT_ACTIVE', 'The technician is not active and cannot be given appointments.');

const orNothing = (allowed: readonly AppointmentStatus[]): string =>
  allowed.length === 0 ? 'It can no longer be changed.' : `It can become ${allowed.join(' or ')}.`;

export const appointmentTransitionNotAllowed = (
  current: AppointmentStatus,
  wanted: AppointmentStatus,
  allowed: readonly AppointmentStatus[],
): DomainError =>
  new DomainError(
    'conflict',
    'APPOINTMENT_TRANSITION_NOT_ALLOWED',
    `The appointment is ${current} and cannot become ${wanted}. ${orNothing(allowed)}`,
    { extra: { current, allowed } },
  );

export const appointmentNotChangeable = (current: AppointmentStatus): DomainError =>
  new DomainError('conflict', 'APPOINTMENT_NOT_CHANGEABLE', `The appointment is ${current}: it can no longer be moved or changed.`, {
    extra: { current },
  });

export const changeTooLate = (minutes: number): DomainError =>
  new DomainError(
    'conflict',
    'APPOINTMENT_CHANGE_TOO_LATE',
    `It can be changed until ${minutes} minutes before it begins. Please call us.`,
    { extra: { noticeMinutes: minutes } },
  );

export const movedTooOften = (): DomainError =>
  new DomainError('conflict', 'APPOINTMENT_MOVED_TOO_OFTEN', 'It has been moved too often. Please call us, or cancel it and book another.');
