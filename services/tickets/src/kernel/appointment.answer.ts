import { APPOINTMENT_STATUSES, APPOINTMENT_TYPES } from '@riparo/shared/contracts/enums';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { id, moment, named, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';

export const siteAnswer = view('AppointmentSite', 'Where a visit is.', {
  id: id().optional(),
  name: text().optional(),
  addressLine1: text().optional(),
  addressLine2: text().optional(),
  city: text().optional(),
  state: text().optional(),
  postalCode: text().optional(),
  country: text().optional(),
  geo: fields({ lat: Joi.number(), lng: Joi.number() }).optional().description('WGS 84, in degrees.'),
});

/** What an appointment shows within its ticket or repair; `appointment.answer.ts` adds customer and device. */
export const appointmentFields = {
  id: id(),
  ticketId: id().optional(),
  ticketNumber: text().optional(),
  repairId: id().optional(),
  repairNumber: text().optional(),
  type: oneOf(APPOINTMENT_TYPES),
  status: oneOf(APPOINTMENT_STATUSES),
  scheduledStartAt: moment(),
  scheduledEndAt: moment(),
  actualStartAt: moment().optional(),
  actualEndAt: moment().optional(),
  expectedArrivalAt: moment().optional(),
  technicianId: id().optional(),
  technician: named().optional(),
  locationId: id().optional(),
  location: siteAnswer.optional(),
  remoteSessionUrl: text().optional(),
  customerNotes: text().optional(),
  completionSummary: text().optional(),
  confirmedAt: moment().optional(),
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
};

export const shownAppointmentAnswer = view('ShownAppointment', 'The appointment that a ticket or repair shows.', appointmentFields);

/** `PreferredOutcome`: what came of a preferred time. */
export const preferredFields = {
  appointment: shownAppointmentAnswer.optional().description('The preferred time is booked.'),
  appointmentOffers: listOf(view('FreeTime', 'A free time.', { startAt: moment(), endAt: moment() }))
    .optional()
    .description('The preferred time is not free, or a day was preferred: these are.'),
};
