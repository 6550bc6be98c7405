import { operations, type Tag } from '@riparo/shared/http/route';

const APPOINTMENT_TAG: Tag = { name: 'Appointments', about: 'When somebody meets the customer, where, and how it went.' };

export const APPOINTMENT_OPERATIONS = operations(APPOINTMENT_TAG, {
  getAppointmentLink: {},
  confirmAppointmentByLink: {},
  cancelAppointmentByLink: {},
  bookTicketAppointment: {},
  bookRepairAppointment: {},
  bookAppointment: {},
  listAppointmentSlots: {},
  updateAppointment: {},
  listAppointments: {},
  getAppointmentCalendarFile: {},
  getAppointment: {},
  changeAppointmentStatus: {},
});
