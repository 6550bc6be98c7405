import { APPOINTMENT_STATUSES } from '@riparo/shared/contracts/enums';
import { bytes, fields, listOf, one, pageOf } from '@riparo/shared/http/reference/answer';
import { count, oneOf } from '@riparo/shared/http/reference/answer-fields';
import { LINK_PAGE_CHOICES, LINK_PAGE_SHOWN, LINK_PAGE_TAKEN } from '@riparo/shared/http/reference/link-page';
import { joinProblems, STALE, type ProblemMembers, type Problems } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { appointmentAnswer, freeTimeAnswer } from '../kernel/appointment.answer.js';
import { REPAIR_MEMBERS } from '../repair/repair.reference.js';
import { VEHICLE_MEMBERS } from '../kernel/vehicle.answer.js';
import { TICKET_MEMBERS } from '../ticket/ticket.reference.js';
import { appointmentLinkAnswer, movedAppointmentAnswer, slotAnswer, travelAnswer } from './appointment.answer.js';

const APPOINTMENTS: Tag = { name: 'Appointments', about: 'When somebody meets the customer, where, and how it went.' };

const DEAD_LINK: Problems = { 422: ['LINK_NOT_VALID'] };
const FIXED: Problems = { 409: ['APPOINTMENT_NOT_CHANGEABLE'] };
const CANCELLING = joinProblems(FIXED, { 409: ['APPOINTMENT_TRANSITION_NOT_ALLOWED', 'APPOINTMENT_CHANGE_TOO_LATE'] });
/** By a customer. */
const MOVING = joinProblems(FIXED, { 409: ['APPOINTMENT_CHANGE_TOO_LATE', 'APPOINTMENT_MOVED_TOO_OFTEN'] });
/** Of a named technician and a named location. */
const ASKING: Problems = { 404: ['LOCATION_NOT_FOUND', 'TECHNICIAN_NOT_FOUND'], 409: ['TECHNICIAN_NOT_ACTIVE'] };
const DRIVING: Problems = { 404: ['VEHICLE_NOT_FOUND'], 409: ['VEHICLE_NOT_AVAILABLE'] };
const ALTERNATIVES = fields({ alternatives: listOf(freeTimeAnswer).description('The next free times.') });
const INSTEAD: ProblemMembers = {
  APPOINTMENT_SLOT_TAKEN: ALTERNATIVES,
  APPOINTMENT_TOO_SOON: ALTERNATIVES,
  APPOINTMENT_OUTSIDE_HOURS: ALTERNATIVES,
  APPOINTMENT_NO_TIME_TO_TRAVEL: ALTERNATIVES,
  APPOINTMENT_DAY_FULL: ALTERNATIVES,
  APPOINTMENT_NOBODY_AVAILABLE: ALTERNATIVES,
  APPOINTMENT_VEHICLE_TAKEN: ALTERNATIVES,
};
const NOT_FREE: Problems = { 409: Object.keys(INSTEAD) };
const BOOKING = joinProblems(ASKING, DRIVING, NOT_FREE, { 409: ['APPOINTMENT_LIMIT_REACHED'] });
const FOR_TICKET: Problems = { 404: ['TICKET_NOT_FOUND'], 409: ['TICKET_NOT_ACTIVE', 'TICKET_MERGED'] };
const FOR_REPAIR: Problems = { 404: ['REPAIR_NOT_FOUND'], 409: ['REPAIR_NOT_ACTIVE'] };

const current = oneOf(APPOINTMENT_STATUSES);
const MEMBERS: ProblemMembers = {
  ...TICKET_MEMBERS,
  ...REPAIR_MEMBERS,
  ...INSTEAD,
  ...VEHICLE_MEMBERS,
  APPOINTMENT_TRANSITION_NOT_ALLOWED: fields({ current, allowed: listOf(current) }),
  APPOINTMENT_NOT_CHANGEABLE: fields({ current }),
  APPOINTMENT_CHANGE_TOO_LATE: fields({ noticeMinutes: count() }),
};

const appointment = { answer: one(appointmentAnswer) };
const link = { answer: one(appointmentLinkAnswer) };

export const APPOINTMENT_OPERATIONS = operations(
  APPOINTMENTS,
  {
    getAppointmentLink: { ...link, problems: DEAD_LINK },
    confirmAppointmentByLink: { ...link, problems: joinProblems(DEAD_LINK, FIXED) },
    cancelAppointmentByLink: { ...link, problems: joinProblems(DEAD_LINK, CANCELLING) },
    listAppointmentSlotsByLink: { answer: pageOf(slotAnswer), problems: joinProblems(DEAD_LINK, MOVING) },
    moveAppointmentByLink: { answer: one(movedAppointmentAnswer), problems: joinProblems(DEAD_LINK, NOT_FREE, MOVING) },
    getAppointmentPage: LINK_PAGE_SHOWN,
    confirmAppointmentOnPage: LINK_PAGE_TAKEN,
    cancelAppointmentOnPage: LINK_PAGE_TAKEN,
    getAppointmentMovePage: LINK_PAGE_CHOICES,
    moveAppointmentOnPage: LINK_PAGE_TAKEN,
    bookTicketAppointment: { ...appointment, problems: joinProblems(BOOKING, FOR_TICKET) },
    bookRepairAppointment: { ...appointment, problems: joinProblems(BOOKING, FOR_REPAIR) },
    bookAppointment: { ...appointment, problems: joinProblems(BOOKING, FOR_TICKET, FOR_REPAIR) },
    listAppointmentSlots: { answer: pageOf(slotAnswer, { travel: travelAnswer }), problems: ASKING },
    updateAppointment: {
      ...appointment,
      problems: joinProblems(ASKING, DRIVING, NOT_FREE, CANCELLING, MOVING),
    },
    listAppointments: { answer: pageOf(appointmentAnswer) },
    getAppointmentCalendarFile: { answer: bytes(['text/calendar']) },
    getAppointment: appointment,
    changeAppointmentStatus: { ...appointment, problems: joinProblems(STALE, { 409: ['APPOINTMENT_TRANSITION_NOT_ALLOWED'] }) },
  },
  MEMBERS,
);
