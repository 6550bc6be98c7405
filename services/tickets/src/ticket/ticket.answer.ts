import { TICKET_CATEGORIES, TICKET_PRIORITIES, TICKET_SOURCES, TICKET_STAGES, TICKET_STATUSES } from '@riparo/shared/contracts/enums';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { count, flag, id, moment, named, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';
import { ticketActivityAnswer } from '../conversation/timeline.answer.js';
import { shownAppointmentAnswer } from '../kernel/appointment.answer.js';
import { shownAsset, wholeAsset, wholeLocation } from '../kernel/asset.answer.js';
import { shownVehicle } from '../kernel/vehicle.answer.js';

const rating = view('Rating', 'How the customer was served.', {
  score: Joi.number().integer().min(1).max(5),
  comment: text().optional(),
  ratedAt: moment(),
  ratedByUserId: id().optional().description('Missing: rated through the link of the closing mail.'),
});

export const ticketFields = {
  id: id(),
  ticketNumber: text(),
  customerId: id(),
  customer: named(),
  assetId: id().optional(),
  asset: shownAsset().optional(),
  locationId: id().optional(),
  createdByUserId: id(),
  assignedToUserId: id().optional(),
  assignedTo: named().optional(),
  title: text(),
  description: text(),
  category: oneOf(TICKET_CATEGORIES),
  priority: oneOf(TICKET_PRIORITIES),
  status: oneOf(TICKET_STATUSES),
  stage: oneOf(TICKET_STAGES),
  source: oneOf(TICKET_SOURCES),
  responseDueAt: moment().optional(),
  slaDueAt: moment().optional(),
  firstRespondedAt: moment().optional(),
  slaBreached: flag(),
  resolution: text().optional(),
  resolvedAt: moment().optional(),
  closedAt: moment().optional(),
  mergedIntoId: id().optional(),
  rating: rating.optional(),
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
  held: flag().optional().description('Staff only: the rules leave it alone, a person must assign it.'),
  declinedBy: listOf(id()).optional().description('Staff only: technicians who declined it or stayed silent.'),
  vehicle: shownVehicle().optional().description('Staff only: for its visits.'),
  resolvedByUserId: id().optional().description('Staff only.'),
  internalNotes: text().optional().description('Staff only.'),
};

export const ticketAnswer = view('Ticket', 'A ticket, with the names of what it is about.', ticketFields);

const ticketName = fields({ id: id(), ticketNumber: text() });

export const ticketDetailsAnswer = view('TicketDetails', 'A ticket with the newest 200 entries of its timeline.', {
  ...ticketFields,
  asset: wholeAsset.optional(),
  location: wholeLocation.optional(),
  appointment: shownAppointmentAnswer.optional(),
  activities: listOf(ticketActivityAnswer),
  activityCount: count().description('All entries that you may read.'),
  mergedInto: ticketName.optional().description('Where its conversation goes on.'),
  mergedFrom: listOf(fields({ id: id(), ticketNumber: text(), title: text() }))
    .optional()
    .description('Duplicates whose conversation is here.'),
});

export const ticketStatusAnswer = view('TicketStatus', 'How far a ticket is.', {
  id: id(),
  ticketNumber: text(),
  status: oneOf(TICKET_STATUSES),
  stage: oneOf(TICKET_STAGES),
  updatedAt: moment(),
  slaDueAt: moment().optional(),
  mergedIntoId: id().optional(),
  appointment: shownAppointmentAnswer.optional(),
});
