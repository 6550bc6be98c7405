import { APPOINTMENT_STATUSES, APPOINTMENT_TYPES } from '@riparo/shared/contracts/enums';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { flag, id, moment, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import type { TravelTable } from './travel/travel-times.js';

const PROVIDERS = ['GOOGLE_MAPS', 'OSRM', 'GREAT_CIRCLE'] as const satisfies readonly TravelTable['provider'][];

/** Where the times for ways come from. */
export const travelAnswer = fields({
  provider: oneOf(PROVIDERS).description('GREAT_CIRCLE: estimated from the distance as the crow flies.'),
  estimated: flag().description('At least one time is an estimate.'),
});

export const slotAnswer = view('AppointmentSlot', 'A time that can be booked.', {
  startAt: moment(),
  endAt: moment(),
  technicianIds: listOf(id()).optional().description('Staff only: who is free. Nobody for a place at the desk.'),
});

const linked = {
  type: oneOf(APPOINTMENT_TYPES),
  status: oneOf(APPOINTMENT_STATUSES),
  scheduledStartAt: moment(),
  scheduledEndAt: moment(),
  confirmedAt: moment().optional(),
  canConfirm: flag(),
  canCancel: flag(),
  canMove: flag(),
};

/** Of `appointment-link.ts`; nothing about people or places. */
export const appointmentLinkAnswer = view('AppointmentLink', 'The appointment that the link of a mail is about.', linked);

export const movedAppointmentAnswer = view('MovedAppointmentLink', 'The appointment after a move through a link.', {
  ...linked,
  token: text().description('Of the link for the new time. The one that was used is void.'),
});
