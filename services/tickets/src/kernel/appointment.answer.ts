import { CANCELLATION_KINDS, REPLANNING_REASONS } from '@riparo/shared/contracts/appointments.events';
import { APPOINTMENT_STATUSES, APPOINTMENT_TYPES } from '@riparo/shared/contracts/enums';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { flag, id, moment, named, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import { shownAsset } from './asset.answer.js';
import { shownVehicle } from './vehicle.answer.js';

export const siteAnswer = view('AppointmentSite', 'Where a visit is.', { id: id(), name: text(), address: text() });

const shownFields = {
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
  expectedArrivalAt: moment().optional().description('While the technician is on the way.'),
  technicianId: id().optional().description('Missing: it is at the desk, or a technician still has to be found.'),
  technician: named().optional(),
  locationId: id().optional(),
  location: siteAnswer.optional(),
  remoteSessionUrl: text().optional(),
  customerNotes: text().optional(),
  completionSummary: text().optional(),
  confirmedAt: moment().optional(),
  cancellation: fields({
    kind: oneOf(CANCELLATION_KINDS),
    reason: text().optional(),
    at: moment(),
    byUserId: id().optional().description('Customers see only themselves.'),
  }).optional(),
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
  vehicle: shownVehicle().optional().description('Staff only: what the technician drives there.'),
  technicianNotes: text().optional().description('Staff only.'),
  createdByUserId: id().optional().description('Staff only.'),
  needsReplanning: flag().optional().description('Staff only: somebody has to find another time, technician or vehicle.'),
  replanning: fields({
    reason: oneOf(REPLANNING_REASONS),
    since: moment(),
    technicianId: id().optional().description('Who was to come.'),
    vehicleId: id().optional().description('The vehicle that is gone.'),
  })
    .optional()
    .description('Staff only.'),
};

/** Of `appointment-of.ts`: without the customer and the device, which the ticket or repair names. */
export const shownAppointmentAnswer = view('ShownAppointment', 'The appointment that a ticket or repair shows.', shownFields);

/** `appointment.view.ts` shows these. New tickets and repairs answer it, so it is here. */
export const appointmentFields = {
  ...shownFields,
  customerId: id(),
  customer: named(),
  assetId: id().optional(),
  asset: shownAsset().optional(),
};
export const appointmentAnswer = view('Appointment', 'When somebody meets the customer, where, and how it went.', appointmentFields);

export const freeTimeAnswer = view('FreeTime', 'A free time.', { startAt: moment(), endAt: moment() });

/** `PreferredOutcome`: what came of a preferred time. */
export const preferredFields = {
  appointment: appointmentAnswer.optional().description('The preferred time is booked.'),
  appointmentOffers: listOf(freeTimeAnswer).optional().description('The preferred time is not free, or a day was preferred: these are.'),
};
