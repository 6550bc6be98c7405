import {
  ASSET_CATEGORIES,
  ASSET_STATUSES,
  REPAIR_OUTCOMES,
  REPAIR_STATUSES,
  TICKET_CATEGORIES,
  TICKET_PRIORITIES,
  TICKET_STAGES,
  TICKET_STATUSES,
} from '@riparo/shared/contracts/enums';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { calendarDay, count, id, moment, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';
import { placeFields } from '../location/location.answer.js';
import { photoAnswer } from '../photo/photo.answer.js';
import { planTermFields } from '../service-plan/service-plan.answer.js';
import { COVERAGE_STATUSES } from './coverage.js';

const coverageFields = {
  coverageStatus: oneOf(COVERAGE_STATUSES).description('As of today.'),
  coveredUntil: calendarDay().optional().description('The last day on which the plan or else the warranty covers it.'),
  daysUntilWarrantyExpires: Joi.number().integer().optional().description('Below 0 once the warranty is over.'),
};

/** Of these a customer sees only their own, also of a device that was somebody else's before. */
const workFields = {
  openTicketCount: count(),
  totalTicketCount: count(),
  openRepairCount: count(),
  totalRepairCount: count(),
  lastTicketAt: moment().optional().description('When the newest ticket was opened.'),
  lastServiceAt: moment().optional().description('When work on it was last done.'),
};

const assetFields = {
  id: id(),
  customerId: id(),
  locationId: id(),
  friendlyName: text(),
  category: oneOf(ASSET_CATEGORIES),
  brand: text(),
  model: text(),
  serialNumber: text(),
  status: oneOf(ASSET_STATUSES),
  primaryUser: text().optional().description('Who mostly works with it.'),
  os: text().optional().description('Operating system.'),
  purchaseDate: calendarDay().optional(),
  warrantyEndDate: calendarDay().optional().description('The last day covered.'),
  tags: listOf(text()),
  notes: text().optional(),
  servicePlanId: id().optional(),
  photos: listOf(photoAnswer).optional(),
  ...coverageFields,
  ...workFields,
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
};

export const assetAnswer = view('Asset', 'A device of a customer.', assetFields);

const recentTicket = fields({
  id: id(),
  ticketNumber: text(),
  title: text(),
  status: oneOf(TICKET_STATUSES),
  stage: oneOf(TICKET_STAGES),
  priority: oneOf(TICKET_PRIORITIES),
  category: oneOf(TICKET_CATEGORIES),
  createdAt: moment(),
  resolvedAt: moment().optional(),
});

const recentRepair = fields({
  id: id(),
  number: text(),
  status: oneOf(REPAIR_STATUSES),
  statusName: text().description('The status as people read it, in English.'),
  problemDescription: text(),
  estimatedCompletionAt: moment().optional(),
  estimatedCompletionDay: calendarDay().optional().description('The promised day, when no hour was promised.'),
  outcome: fields({ type: oneOf(REPAIR_OUTCOMES), description: text(), decidedAt: moment() })
    .optional()
    .description('What was done, or why the repair was refused.'),
  collectedAt: moment().optional(),
  createdAt: moment(),
});

export const assetDetailsAnswer = view('AssetDetails', 'A device with its place, its plan, and its newest tickets and repairs.', {
  ...assetFields,
  location: fields(placeFields).optional().description('Missing: it was removed after the device was retired.'),
  servicePlan: fields(planTermFields).optional(),
  recentTickets: listOf(recentTicket).description('The newest 5.'),
  recentRepairs: listOf(recentRepair).description('The newest 5.'),
});
