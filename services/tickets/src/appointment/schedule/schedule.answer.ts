import { SUBJECT_KINDS } from '@riparo/shared/contracts/appointments.events';
import { REPAIR_STATUSES, TICKET_CATEGORIES } from '@riparo/shared/contracts/enums';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { count, flag, id, moment, named, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import { appointmentAnswer, appointmentFields, freeTimeAnswer } from '../../kernel/appointment.answer.js';
import { deviceFields } from '../../repair/repair.answer.js';
import { travelAnswer } from '../appointment.answer.js';

/** `booking.view.ts` */
const visit = view('ScheduledAppointment', 'An appointment with everything that its technician needs to know.', {
  ...appointmentFields,
  ticket: fields({ id: id(), ticketNumber: text(), title: text().optional(), category: oneOf(TICKET_CATEGORIES).optional() }).optional(),
  repair: fields({
    id: id(),
    number: text(),
    problemDescription: text().optional(),
    status: oneOf(REPAIR_STATUSES).optional(),
  }).optional(),
  contact: fields({ name: text(), phone: text().optional(), email: text().optional() }).description('Whom to ask for.'),
  device: fields({ id: id().optional(), friendlyName: text().optional(), ...deviceFields })
    .optional()
    .description('The registered device; without one, as the repair sheet describes it.'),
  access: fields({ phone: text().optional(), accessInstructions: text().optional() }).optional().description('How to get in.'),
  accessUnknown: flag().optional().description('There may be notes on how to get in; they cannot be read at the moment.'),
  travelFromPrevious: fields({ fromAppointmentId: id(), minutes: count() }).optional().description('The way from the visit before.'),
  travelFromHomeBase: fields({ minutes: count() })
    .optional()
    .description("Of the first visit of a day: the way from the home base of the visit's vehicle."),
});

const timeOffFields = {
  id: id(),
  technicianId: id(),
  from: moment(),
  to: moment().description('Exclusive.'),
  reason: text().optional(),
  createdByUserId: id(),
  createdAt: moment(),
};
export const timeOffAnswer = view('TimeOff', 'Time in which a technician is away.', timeOffFields);

export const addedTimeOffAnswer = view('AddedTimeOff', 'New time off, and what is booked in it.', {
  ...timeOffFields,
  toMove: listOf(
    fields({ appointment: appointmentAnswer, proposals: listOf(freeTimeAnswer).description('Other times; of the first 20 only.') }),
  ),
});

export const scheduleAnswer = view('Schedule', 'The days of a technician.', {
  technician: named(),
  timeZone: text().description('IANA name, such as `Europe/Rome`.'),
  from: moment(),
  to: moment(),
  appointments: listOf(visit),
  travel: travelAnswer,
  timeOff: listOf(timeOffAnswer),
  free: listOf(freeTimeAnswer),
});

export const calendarFeedAnswer = view('CalendarFeed', 'A private address for calendar programs.', {
  url: text().description('It is never shown again.'),
  createdAt: moment(),
});

export const workloadAnswer = view('Workload', 'How much a technician has to do.', {
  technician: named(),
  openTickets: count(),
  openRepairs: count(),
  appointmentsToday: count(),
  appointmentsThisWeek: count(),
  oldestItem: fields({ kind: oneOf(SUBJECT_KINDS), id: id(), number: text(), title: text(), createdAt: moment() }).optional(),
  capacity: count().description('Open tickets that the rules give to the technician at most.'),
  placesUsed: count(),
  onDuty: flag(),
  onTimeOff: flag(),
});
