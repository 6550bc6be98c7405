import { action, create, get, patch, remove, type Route } from '@riparo/shared/http/route';
import { bookAppointment, bookAppointmentBody, bookForBody, bookForSubject } from './booking/book-appointment.js';
import { changeAppointmentStatus, changeAppointmentStatusBody } from './change-appointment-status.js';
import { changeAppointment, changeAppointmentBody } from './change-appointment.js';
import { getAppointment } from './get-appointment.js';
import { appointmentLinkRoutes } from './link/appointment-link.routes.js';
import { listAppointments, listAppointmentsQuery } from './list-appointments.js';
import { addTechnicianTimeOff, addTimeOffBody } from './schedule/add-time-off.js';
import { closeCalendarFeed, openCalendarFeed } from './schedule/calendar-feed.js';
import { getAppointmentFile } from './schedule/get-appointment-file.js';
import { feedParams, getCalendarFeed } from './schedule/get-calendar-feed.js';
import { getSchedule, getScheduleQuery } from './schedule/get-schedule.js';
import { listTimeOff, listTimeOffQuery } from './schedule/list-time-off.js';
import { listWorkloads, listWorkloadsQuery } from './schedule/list-workloads.js';
import { removeTechnicianTimeOff } from './schedule/remove-time-off.js';
import { listSlots, listSlotsQuery } from './slot/list-slots.js';
import type { AppointmentDeps } from './dependencies.js';
import type { ScheduleDeps } from './schedule/dependencies.js';
import { SCHEDULE_OPERATIONS } from './schedule/schedule.reference.js';
import { APPOINTMENT_OPERATIONS } from './appointment.reference.js';

/** The desk and customers move and cancel appointments; technicians write notes. */
const WRITE_OR_WORK = ['write:appointments', 'work:appointments'] as const;

/** The days of technicians. */
const scheduleRoutes = (deps: AppointmentDeps & ScheduleDeps): readonly Route[] => [
  get(
    '/schedules/:technicianId',
    'read:schedules',
    'Returns the schedule of a technician: visits, travel between them, time off and free time.',
    { query: getScheduleQuery },
    getSchedule(deps),
    SCHEDULE_OPERATIONS.getSchedule,
  ),
  get(
    '/schedules/:technicianId/time-off',
    'read:schedules',
    'Lists the time off of a technician, latest first.',
    { query: listTimeOffQuery },
    listTimeOff(deps),
    SCHEDULE_OPERATIONS.listTimeOff,
  ),
  create(
    '/schedules/:technicianId/time-off',
    'write:schedules',
    'Adds time off; returns the appointments booked in it, with other times for each.',
    { body: addTimeOffBody },
    addTechnicianTimeOff(deps),
    SCHEDULE_OPERATIONS.addTimeOff,
  ),
  remove(
    '/schedules/:technicianId/time-off/:id',
    'write:schedules',
    'Removes time off.',
    {},
    removeTechnicianTimeOff(deps),
    SCHEDULE_OPERATIONS.removeTimeOff,
  ),
  action(
    '/schedules/:technicianId/calendar-feed',
    'write:schedules',
    'Creates a private calendar address; it is shown only once and replaces the previous one.',
    {},
    openCalendarFeed(deps),
    { ...SCHEDULE_OPERATIONS.openCalendarFeed, success: 201 },
  ),
  remove(
    '/schedules/:technicianId/calendar-feed',
    'write:schedules',
    'Revokes the private calendar address.',
    {},
    closeCalendarFeed(deps),
    SCHEDULE_OPERATIONS.closeCalendarFeed,
  ),
  get(
    '/public/calendars/:token.ics',
    'public',
    'Returns the calendar at a private address.',
    { params: feedParams },
    getCalendarFeed(deps),
    SCHEDULE_OPERATIONS.getCalendarFeed,
  ),
  get(
    '/workloads',
    'read:workloads',
    'Lists the workload of each technician.',
    { query: listWorkloadsQuery },
    listWorkloads(deps),
    SCHEDULE_OPERATIONS.listWorkloads,
  ),
];

/** Finding a time, booking it, moving it. */
const bookingRoutes = (deps: AppointmentDeps & ScheduleDeps): readonly Route[] => [
  create(
    '/tickets/:id/appointments',
    'write:appointments',
    'Books an appointment for a ticket; if the time is taken, the answer offers others.',
    { body: bookForBody },
    bookForSubject(deps, 'TICKET'),
    APPOINTMENT_OPERATIONS.bookTicketAppointment,
  ),
  create(
    '/repairs/:id/appointments',
    'write:appointments',
    'Books an appointment for a repair; if the time is taken, the answer offers others.',
    { body: bookForBody },
    bookForSubject(deps, 'REPAIR'),
    APPOINTMENT_OPERATIONS.bookRepairAppointment,
  ),
  create(
    '/appointments',
    'write:appointments',
    'Books an appointment for the ticket or repair named in the body.',
    { body: bookAppointmentBody },
    bookAppointment(deps),
    APPOINTMENT_OPERATIONS.bookAppointment,
  ),
  get(
    '/appointments/slots',
    'write:appointments',
    'Lists times that can be booked: the next seven days by default, 31 days at most.',
    { query: listSlotsQuery },
    listSlots(deps),
    APPOINTMENT_OPERATIONS.listAppointmentSlots,
  ),
  patch(
    '/appointments/:id',
    WRITE_OR_WORK,
    'Moves or cancels an appointment, or changes its notes; the old time is kept until the new one is booked.',
    { body: changeAppointmentBody },
    changeAppointment(deps),
    APPOINTMENT_OPERATIONS.updateAppointment,
  ),
];

/** Appointments, and how they go. */
const readingRoutes = (deps: AppointmentDeps & ScheduleDeps): readonly Route[] => [
  get(
    '/appointments',
    'read:appointments',
    'Lists the appointments you can see, latest first.',
    { query: listAppointmentsQuery },
    listAppointments(deps),
    APPOINTMENT_OPERATIONS.listAppointments,
  ),
  get(
    '/appointments/:id.ics',
    'read:appointments',
    'Returns an appointment as a calendar file.',
    {},
    getAppointmentFile(deps),
    APPOINTMENT_OPERATIONS.getAppointmentCalendarFile,
  ),
  get('/appointments/:id', 'read:appointments', 'Returns an appointment.', {}, getAppointment(deps), APPOINTMENT_OPERATIONS.getAppointment),
  action(
    '/appointments/:id/status',
    'work:appointments',
    'Reports progress: on the way, started, completed with a summary, cancelled, or nobody there.',
    { body: changeAppointmentStatusBody },
    changeAppointmentStatus(deps),
    APPOINTMENT_OPERATIONS.changeAppointmentStatus,
  ),
];

export const appointmentRoutes = (deps: AppointmentDeps & ScheduleDeps): readonly Route[] => [
  ...scheduleRoutes(deps),
  ...appointmentLinkRoutes(deps),
  ...bookingRoutes(deps),
  ...readingRoutes(deps),
];
