import { action, create, get, patch, put, remove, type Route } from '@riparo/shared/http/route';
import type { AttachmentDeps } from './conversation/attachment/deps.js';
import { attachmentQuery, getAttachment } from './conversation/attachment/get-attachment.js';
import { removeAttachment } from './conversation/attachment/remove-attachment.js';
import { ATTACHMENT_UPLOAD, uploadAttachment } from './conversation/attachment/upload-attachment.js';
import type { LinkDeps } from './ticket/link/deps.js';
import type { Logger } from 'pino';
import { linkTickets, linkTicketsBody } from './ticket/link/link-tickets.js';
import { listLinks } from './ticket/link/list-links.js';
import { unlinkTickets } from './ticket/link/unlink-tickets.js';
import { mergeTicket, mergeTicketBody } from './ticket/merge/merge-ticket.js';
import { unmergeTicket } from './ticket/merge/unmerge-ticket.js';
import { addCannedReply } from './ticket/canned-reply/add-canned-reply.js';
import { cannedReplyBody } from './ticket/canned-reply/canned-reply.schema.js';
import type { CannedReplyDeps } from './ticket/canned-reply/deps.js';
import { getCannedReply } from './ticket/canned-reply/get-canned-reply.js';
import { listCannedReplies, listCannedRepliesQuery } from './ticket/canned-reply/list-canned-replies.js';
import { putCannedReply } from './ticket/canned-reply/put-canned-reply.js';
import { removeCannedReply } from './ticket/canned-reply/remove-canned-reply.js';
import { renderCannedReply, renderCannedReplyBody } from './ticket/canned-reply/render-canned-reply.js';
import { getRatingLink } from './ticket/rating/get-rating-link.js';
import { rateByLink } from './ticket/rating/rate-by-link.js';
import { rateTicket, ratingBody } from './ticket/rating/rate-ticket.js';
import { linkParams, type RatingLinkDeps } from './ticket/rating/rating-link.js';
import { bookAppointment, bookAppointmentBody, bookForBody, bookForSubject } from './appointment/booking/book-appointment.js';
import { changeAppointmentStatus, changeAppointmentStatusBody } from './appointment/change-appointment-status.js';
import { changeAppointment, changeAppointmentBody } from './appointment/change-appointment.js';
import {
  appointmentLinkParams,
  cancelByLink,
  cancelByLinkBody,
  confirmByLink,
  getAppointmentLink,
} from './appointment/appointment-link.js';
import type { AppointmentDeps } from './appointment/deps.js';
import { getAppointment } from './appointment/get-appointment.js';
import { listAppointments, listAppointmentsQuery } from './appointment/list-appointments.js';
import { countOpenWork, countOpenWorkInput } from './internal/count-open-work.js';
import type { RepairDeps } from './repair/deps.js';
import { addRepairNote, repairNoteBody } from './repair/add-repair-note.js';
import { assignRepair, assignRepairBody } from './repair/assign-repair.js';
import { cancelRepair, cancelRepairBody } from './repair/outcome/cancel-repair.js';
import { changeRepairStatus, changeRepairStatusBody } from './repair/outcome/change-repair-status.js';
import { collectRepair, collectRepairBody } from './repair/payment/collect-repair.js';
import { completeRepair, completeRepairBody } from './repair/outcome/complete-repair.js';
import { editRepair, editRepairBody } from './repair/edit-repair.js';
import { getPublicStatus, publicStatusQuery } from './repair/public-status/get-public-status.js';
import { getRepair } from './repair/get-repair.js';
import { getReceipt } from './repair/intake/get-receipt.js';
import { getRepairStatus } from './repair/get-repair-status.js';
import { listRepairActivities } from './repair/list-repair-activities.js';
import { listRepairs, listRepairsQuery } from './repair/list-repairs.js';
import { payRepair, payRepairBody } from './repair/payment/pay-repair.js';
import { readyRepair } from './repair/outcome/ready-repair.js';
import { refuseRepair, refuseRepairBody } from './repair/outcome/refuse-repair.js';
import { repairReplyBody, replyToRepair } from './repair/reply-to-repair.js';
import { getStatusPage, statusPageQuery } from './repair/public-status/status-page.js';
import { takeRepair } from './repair/take-repair.js';
import { waivePayment, waivePaymentBody } from './repair/payment/waive-payment.js';
import { intakeBody } from './repair/intake/intake.schema.js';
import { openRepair } from './repair/intake/open-repair.js';
import { putDevicePassword, putDevicePasswordBody } from './repair/device-password/put-device-password.js';
import { revealDevicePassword, revealDevicePasswordBody } from './repair/device-password/reveal-device-password.js';
import { exportInput } from './internal/page-by-id.js';
import { exportAppointments } from './internal/export-appointments.js';
import { exportRepairs } from './internal/export-repairs.js';
import { exportTickets } from './internal/export-tickets.js';
import { acceptTicket } from './assignment/accept-ticket.js';
import { addNote, noteBody } from './ticket/add-note.js';
import { assignTicket, assignTicketBody } from './assignment/assign-ticket.js';
import { attachAssetBody, attachAssetToTicket } from './ticket/attach-asset.js';
import { bulkBody, changeInBulk } from './assignment/change-in-bulk.js';
import { changeStatusBody, changeTicketStatus } from './ticket/change-status.js';
import { declineTicket, declineTicketBody } from './assignment/decline-ticket.js';
import { closeCalendarFeed, openCalendarFeed } from './appointment/schedule/calendar-feed.js';
import { feedParams, getCalendarFeed } from './appointment/schedule/get-calendar-feed.js';
import { getAppointmentFile } from './appointment/schedule/get-appointment-file.js';
import { getSchedule, getScheduleQuery } from './appointment/schedule/get-schedule.js';
import { listWorkloads, listWorkloadsQuery } from './appointment/schedule/list-workloads.js';
import { addTechnicianTimeOff, addTimeOffBody } from './appointment/schedule/add-time-off.js';
import type { ScheduleDeps } from './appointment/schedule/deps.js';
import { listTimeOff, listTimeOffQuery } from './appointment/schedule/list-time-off.js';
import { removeTechnicianTimeOff } from './appointment/schedule/remove-time-off.js';
import { listSlots, listSlotsQuery } from './appointment/slot/list-slots.js';
import type { TicketDeps } from './ticket/deps.js';
import { editTicket, editTicketBody } from './ticket/edit-ticket.js';
import { getSla } from './ticket/sla/get-sla.js';
import { getTicketStatus } from './ticket/get-ticket-status.js';
import { getTicket } from './ticket/get-ticket.js';
import { listActivities } from './ticket/list-activities.js';
import { listActivitiesQuery } from './conversation/list-activities.js';
import { listTickets, listTicketsQuery } from './ticket/list/list-tickets.js';
import { openTicket, openTicketBody } from './assignment/open-ticket.js';
import { replyBody, replyToTicket } from './ticket/reply-to-ticket.js';

/** Of all that the desk and technicians may do to one ticket; each action asks for its own. */
const BULK = ['assign:tickets', 'write:tickets-status', 'edit:tickets'] as const;
/** Customers write their tickets, technicians edit those they may see. */
const WRITE_OR_EDIT = ['write:tickets', 'edit:tickets'] as const;
const WRITE_OR_MOVE = ['write:tickets', 'write:tickets-status'] as const;
/** The desk and customers move and cancel; the technician writes notes. */
const WRITE_OR_WORK = ['write:appointments', 'work:appointments'] as const;
/** The desk, and technicians what they have. */
const WRITE_OR_WORK_REPAIRS = ['write:repairs', 'work:repairs'] as const;

type Deps = TicketDeps &
  RepairDeps &
  AttachmentDeps &
  RatingLinkDeps &
  AppointmentDeps &
  ScheduleDeps &
  LinkDeps & { readonly log: Logger } & CannedReplyDeps;

// prettier-ignore
export const createRoutes = (deps: Deps): readonly Route[] => [
  get('/tickets', 'read:tickets', 'The tickets you may see, newest first.', { query: listTicketsQuery }, listTickets(deps)),
  create('/tickets', 'write:tickets', 'Opens a ticket; it is given to a technician at once if one is free.', { body: openTicketBody }, openTicket(deps)),
  action('/tickets/bulk', BULK, 'Assigns up to 100 tickets, or changes their status or priority; answers a result for each.', { body: bulkBody }, changeInBulk(deps), { creates: true }),
  get('/tickets/:id', 'read:tickets', 'A ticket with its timeline.', {}, getTicket(deps)),
  get('/tickets/:id/status', 'read:tickets', 'How far a ticket is.', {}, getTicketStatus(deps)),
  put('/tickets/:id', WRITE_OR_EDIT, 'Changes title, description, category or priority.', { body: editTicketBody }, editTicket(deps)),
  patch('/tickets/:id/status', WRITE_OR_MOVE, 'Changes the status; RESOLVED needs a resolution.', { body: changeStatusBody }, changeTicketStatus(deps)),
  create('/tickets/:id/reply', 'reply:tickets', 'A public word in the timeline.', { body: replyBody }, replyToTicket(deps)),
  create('/tickets/:id/notes', 'note:tickets', 'A note of staff, internal unless it says otherwise.', { body: noteBody }, addNote(deps)),
  get('/tickets/:id/activities', 'read:tickets', 'The timeline page by page, newest first.', { query: listActivitiesQuery }, listActivities(deps)),
  action('/tickets/:id/attach-asset', WRITE_OR_EDIT, 'Says which device it is about.', { body: attachAssetBody }, attachAssetToTicket(deps)),
  action('/tickets/:id/assign', 'assign:tickets', 'Assigns, reassigns or (with null) unassigns by hand.', { body: assignTicketBody }, assignTicket(deps)),
  action('/tickets/:id/accept', 'accept:tickets', 'Takes it from the queue, or begins with what was given to you.', {}, acceptTicket(deps)),
  action('/tickets/:id/decline', 'accept:tickets', 'Gives it back; it goes to the next best.', { body: declineTicketBody }, declineTicket(deps)),
  action('/tickets/:id/merge', 'merge:tickets', 'Folds a duplicate into another ticket of the same customer.', { body: mergeTicketBody }, mergeTicket(deps)),
  action('/tickets/:id/unmerge', 'merge:tickets', 'Undoes a merge: what came along goes back.', {}, unmergeTicket(deps)),
  create('/tickets/:id/links', 'edit:tickets', 'Says what it has to do with another ticket.', { body: linkTicketsBody }, linkTickets(deps)),
  get('/tickets/:id/links', 'read:tickets', 'Tickets it has to do with, from either side.', {}, listLinks(deps)),
  remove('/tickets/:id/links/:ticketId', 'edit:tickets', 'Takes a link back.', {}, unlinkTickets(deps)),
  get('/tickets/:id/sla', 'read:sla', 'Due times and how they come about.', {}, getSla(deps)),
  create('/tickets/:id/rating', 'rate:tickets', 'How the customer was served, 1 to 5; once, after closing.', { body: ratingBody }, rateTicket(deps)),
  get('/public/ratings/:token', 'public', 'What the link of a closing mail rates.', { params: linkParams }, getRatingLink(deps)),
  create('/public/ratings/:token', 'public', 'Rates a ticket without login, through the link of its closing mail.', { params: linkParams, body: ratingBody }, rateByLink(deps)),
  get('/canned-replies', 'read:canned-replies', 'Canned replies: those shared by everybody, and your own.', { query: listCannedRepliesQuery }, listCannedReplies(deps)),
  create('/canned-replies', 'write:canned-replies', 'Keeps a text for later use; the desk may share it.', { body: cannedReplyBody }, addCannedReply(deps)),
  get('/canned-replies/:id', 'read:canned-replies', 'A canned reply.', {}, getCannedReply(deps)),
  put('/canned-replies/:id', 'write:canned-replies', 'Writes a canned reply anew.', { body: cannedReplyBody }, putCannedReply(deps)),
  remove('/canned-replies/:id', 'write:canned-replies', 'Removes a canned reply.', {}, removeCannedReply(deps)),
  action('/canned-replies/:id/render', 'read:canned-replies', 'The text as it reads for a ticket.', { body: renderCannedReplyBody }, renderCannedReply(deps)),
  create('/attachments', 'write:attachments', 'Keeps a photo or PDF for an entry to come; it goes after a day unless one names it.', {}, uploadAttachment(deps), { upload: ATTACHMENT_UPLOAD }),
  get('/attachments/:id', 'write:attachments', 'The file, or its thumbnail, for whoever may read its entry.', { query: attachmentQuery }, getAttachment(deps)),
  remove('/attachments/:id', 'write:attachments', 'Takes back a file that no entry has.', {}, removeAttachment(deps)),
  create('/tickets/:id/appointments', 'write:appointments', 'Books an appointment for a ticket; a time that is gone answers with free ones.', { body: bookForBody }, bookForSubject(deps, 'TICKET')),
  create('/repairs/:id/appointments', 'write:appointments', 'Books an appointment for a repair; a time that is gone answers with free ones.', { body: bookForBody }, bookForSubject(deps, 'REPAIR')),
  get('/appointments', 'read:appointments', 'The appointments you may see, latest first.', { query: listAppointmentsQuery }, listAppointments(deps)),
  create('/appointments', 'write:appointments', 'Books an appointment for the ticket or the repair that it names.', { body: bookAppointmentBody }, bookAppointment(deps)),
  get('/appointments/slots', 'write:appointments', 'Times that can be booked: at most 31 days, the next seven unless you say otherwise.', { query: listSlotsQuery }, listSlots(deps)),
  get('/schedules/:technicianId', 'read:schedules', 'The days of a technician in order: visits, the ways between them, time off and free time.', { query: getScheduleQuery }, getSchedule(deps)),
  get('/schedules/:technicianId/time-off', 'read:schedules', 'When a technician is away, latest first.', { query: listTimeOffQuery }, listTimeOff(deps)),
  create('/schedules/:technicianId/time-off', 'write:schedules', 'A technician is away; answers what is booked then, with other times for it.', { body: addTimeOffBody }, addTechnicianTimeOff(deps)),
  remove('/schedules/:technicianId/time-off/:id', 'write:schedules', 'They are there after all.', {}, removeTechnicianTimeOff(deps)),
  action('/schedules/:technicianId/calendar-feed', 'write:schedules', 'A private address for calendar programs, shown this once; it replaces the one before.', {}, openCalendarFeed(deps), { success: 201 }),
  remove('/schedules/:technicianId/calendar-feed', 'write:schedules', 'Ends the private address.', {}, closeCalendarFeed(deps)),
  get('/public/calendars/:token.ics', 'public', 'The calendar behind a private address.', { params: feedParams }, getCalendarFeed(deps)),
  get('/workloads', 'read:workloads', 'How much each technician has to do.', { query: listWorkloadsQuery }, listWorkloads(deps)),
  get('/appointments/:id.ics', 'read:appointments', 'An appointment for calendar programs.', {}, getAppointmentFile(deps)),
  get('/appointments/:id', 'read:appointments', 'An appointment.', {}, getAppointment(deps)),
  get('/repairs', 'read:repairs', 'The repairs you may see, newest first.', { query: listRepairsQuery }, listRepairs(deps)),
  get('/repairs/:id', 'read:repairs', 'A repair with the newest of its timeline and the statuses you may bring about next.', {}, getRepair(deps)),
  get('/repairs/:id/status', 'read:repairs', 'How far a repair is.', {}, getRepairStatus(deps)),
  put('/repairs/:id', WRITE_OR_WORK_REPAIRS, 'Changes device, problem, notes or estimate: what is given, a device whole.', { body: editRepairBody }, editRepair(deps)),
  action('/repairs/:id/take', 'work:repairs', 'Takes it from the queue, or begins with what was given to you: IN_PROGRESS.', {}, takeRepair(deps)),
  action('/repairs/:id/assign', 'assign:repairs', 'Gives it to a technician or (with null) back to the queue; the status stays.', { body: assignRepairBody }, assignRepair(deps)),
  patch('/repairs/:id/status', WRITE_OR_WORK_REPAIRS, 'Changes the status; COMPLETED, REFUSED and CLOSED have actions of their own.', { body: changeRepairStatusBody }, changeRepairStatus(deps)),
  action('/repairs/:id/cancel', 'write:service-requests', 'Calls it off; customers while it is PENDING or SCHEDULED.', { body: cancelRepairBody }, cancelRepair(deps)),
  action('/repairs/:id/complete', 'work:repairs', 'Ends the work; without warranty, or when it does not cover the damage, the amount has to be named.', { body: completeRepairBody }, completeRepair(deps)),
  action('/repairs/:id/refuse', 'work:repairs', 'Refuses the repair and says why; may charge an amount.', { body: refuseRepairBody }, refuseRepair(deps)),
  action('/repairs/:id/ready', 'collect:repairs', 'The device can be fetched; the customer is told.', {}, readyRepair(deps)),
  action('/repairs/:id/payment', 'collect:repairs', 'Takes a payment, the whole or a part of what is left.', { body: payRepairBody }, payRepair(deps), { creates: true }),
  action('/repairs/:id/waive', 'collect:repairs', 'Lets the customer off what is left to pay.', { body: waivePaymentBody }, waivePayment(deps)),
  action('/repairs/:id/collect', 'collect:repairs', 'Hands the device back and closes the repair, once nothing is left to pay.', { body: collectRepairBody }, collectRepair(deps)),
  get('/repairs/:id/activities', 'read:repairs', 'The timeline page by page, newest first.', { query: listActivitiesQuery }, listRepairActivities(deps)),
  create('/repairs/:id/reply', 'reply:repairs', 'A public word in the timeline.', { body: repairReplyBody }, replyToRepair(deps)),
  create('/repairs/:id/notes', 'note:repairs', 'A note of staff, internal unless it says otherwise.', { body: repairNoteBody }, addRepairNote(deps)),
  create('/repairs', 'write:service-requests', 'The desk takes a device in, or a customer asks for a repair.', { body: intakeBody }, openRepair(deps)),
  // Not for technicians, who may read repairs: it is between the customer and the desk.
  get('/repairs/:id/receipt.pdf', 'write:service-requests', 'The intake receipt, with a QR code that leads to the public page.', {}, getReceipt(deps)),
  action('/repairs/:id/device-password/reveal', WRITE_OR_WORK_REPAIRS, 'The device password, once for each call; the customer reads who looked and why.', { body: revealDevicePasswordBody }, revealDevicePassword(deps)),
  put('/repairs/:id/device-password', WRITE_OR_WORK_REPAIRS, 'Writes the device password anew, or with null forgets it.', { body: putDevicePasswordBody }, putDevicePassword(deps)),
  get('/public/repairs/status', 'public', 'How far a repair is, for whoever knows its number and the serial number of its device.', { query: publicStatusQuery }, getPublicStatus(deps)),
  get('/repair-status', 'public', 'The same as a page for people, to which receipts and mails lead.', { query: statusPageQuery }, getStatusPage(deps), { root: true }),
  get('/internal/tickets', 'internal', 'Every ticket with its steps, for services that make their copies anew.', exportInput, exportTickets(deps), { root: true }),
  get('/internal/repairs', 'internal', 'Every repair with its steps, for services that make their copies anew.', exportInput, exportRepairs(deps), { root: true }),
  get('/internal/appointments', 'internal', 'Every appointment with its events, for services that make their copies anew.', exportInput, exportAppointments(deps), { root: true }),
  get('/internal/open-work/:customerId', 'internal', 'How much is still to be done for a customer.', countOpenWorkInput, countOpenWork(deps), { root: true }),
  patch('/appointments/:id', WRITE_OR_WORK, 'Moves an appointment (one write takes the new time and frees the old), cancels it, or changes its notes.', { body: changeAppointmentBody }, changeAppointment(deps)),
  action('/appointments/:id/status', 'work:appointments', 'Dispatch: on the way, begun, completed with a summary, cancelled or nobody there.', { body: changeAppointmentStatusBody }, changeAppointmentStatus(deps)),
  get('/public/appointments/:token', 'public', 'The appointment that the link of a mail is about.', { params: appointmentLinkParams }, getAppointmentLink(deps)),
  action('/public/appointments/:token/confirm', 'public', 'Confirms the appointment without login.', { params: appointmentLinkParams }, confirmByLink(deps)),
  action('/public/appointments/:token/cancel', 'public', 'Cancels the appointment without login, until some time before it begins.', { params: appointmentLinkParams, body: cancelByLinkBody }, cancelByLink(deps)),
];
