import { UNUSED_PARTS } from '@riparo/shared/contracts/repair-outcome';
import { RESERVATION_CHARGES } from '@riparo/shared/contracts/parts.events';
import { REPORT_APPROVAL_METHODS, TRAVEL_SOURCES, WORK_REPORT_STATUSES } from '@riparo/shared/contracts/work-reports.events';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { count, flag, id, moment, money, named, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import { priceLineAnswer } from '@riparo/shared/http/reference/price-lines.answer';
import Joi from 'joi';
import { fileFields } from '../conversation/timeline.answer.js';

const approval = view('WorkReportApproval', 'Who approved which document, and how.', {
  method: oneOf(REPORT_APPROVAL_METHODS).description(
    'CREDENTIALS: with the password of a person of the customer. SIGNATURE: drawn. COUNTER: taken down by the desk.',
  ),
  name: text(),
  at: moment(),
  documentHash: text().description('SHA-256 of the PDF that was approved.'),
  userId: id().optional().description('The person of the customer, of CREDENTIALS.'),
  takenByUserId: id().optional().description('The member of staff on whose device it was given.'),
  note: text().optional(),
  ip: text().optional().description('For the desk alone.'),
});

const stateFields = {
  documentHash: text().optional().description('SHA-256 of the PDF in hexadecimal digits, once it is closed.'),
  closedAt: moment().optional(),
  total: money().optional().description('What the work costs, VAT included; missing where nothing is charged.'),
  approval: approval.optional(),
  dispute: fields({ reason: text(), at: moment(), name: text().optional().description('Of whoever had the link.') }).optional(),
};

const journeyFields = { distanceKm: Joi.number().min(0), minutes: count(), source: oneOf(TRAVEL_SOURCES) };
const travel = fields({
  ...journeyFields,
  suggested: fields(journeyFields).optional().description('Staff only: what was suggested before a person changed it.'),
}).description('MANUAL: a person typed it.');

const listedFields = {
  id: id(),
  number: text().description('`WR-2026-000001`.'),
  reportVersion: count().description('Which version of the report, from 1; a report that was sent back becomes the next.'),
  ticketId: id().optional(),
  repairId: id().optional(),
  subjectNumber: text().description('Number of the ticket or repair.'),
  appointmentId: id().optional(),
  customerId: id(),
  assetId: id().optional(),
  vehicleId: id().optional().description('Staff only.'),
  technicianIds: listOf(id()).description('Who worked.'),
  status: oneOf(WORK_REPORT_STATUSES),
  currency: text(),
  startedAt: moment(),
  endedAt: moment().optional(),
  labourMinutes: count().optional().description('Of all technicians together.'),
  ...stateFields,
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
};

export const listedWorkReportAnswer = view(
  'ListedWorkReport',
  'A report of work; staff see what is being written, customers what was closed last.',
  listedFields,
);

const part = fields({
  reservationId: id(),
  partId: id(),
  name: text(),
  used: count(),
  unused: oneOf(UNUSED_PARTS).optional().description('What becomes of the pieces that were not used.'),
  charge: oneOf(RESERVATION_CHARGES),
});

/** What a report says. */
export const workReportContent = {
  malfunctions: listOf(fields({ component: text().optional(), symptom: text(), cause: text().optional() })),
  solution: text().optional(),
  travel: travel.optional(),
  odometer: fields({ start: count(), end: count().optional() }).optional().description('Staff only.'),
  parts: listOf(part),
  photos: listOf(fields(fileFields)).description('Their bytes are at `/attachments/{id}`.'),
  customerRemarks: text().optional(),
  lines: listOf(priceLineAnswer).description('What is charged; only reports of tickets have lines, once they are closed.'),
  net: money().optional(),
  vat: money().optional(),
  coveredByPlanId: id().optional().description('The service plan that bears all or a part of the work.'),
};

export const workReportAnswer = view('WorkReport', 'A report of work; staff see what is being written, customers what was closed last.', {
  ...listedFields,
  technicians: listOf(named()),
  ...workReportContent,
  discarded: fields({ reason: text(), at: moment() }).optional(),
  versions: listOf(fields({ reportVersion: count(), ...stateFields })).description('Every version that was closed, the oldest first.'),
});

export const signLinkAnswer = view('WorkReportSignLink', 'A link with which a customer without a login signs a work report.', {
  url: text(),
  expiresAt: moment(),
});

export const publicWorkReportAnswer = view('PublicWorkReport', 'A work report as whoever has the link sees it.', {
  number: text(),
  reportVersion: count(),
  status: oneOf(WORK_REPORT_STATUSES),
  company: fields({ name: text(), email: text().optional(), phone: text().optional() }),
  subjectNumber: text(),
  technicians: listOf(text()).description('Names.'),
  malfunctions: workReportContent.malfunctions,
  solution: text(),
  startedAt: moment(),
  endedAt: moment(),
  labourMinutes: count(),
  customerRemarks: text().optional(),
  lines: listOf(priceLineAnswer),
  net: money().optional(),
  vat: money().optional(),
  total: money().optional(),
  documentHash: text().description('SHA-256 of the PDF: what is signed.'),
  closedAt: moment(),
  approvedAt: moment().optional(),
  disputedAt: moment().optional(),
  canSign: flag().description('It waits for an answer, and nobody of the customer has a login.'),
  canDispute: flag(),
  hasNewerVersion: flag().description('True: this link is of an older version, and can only be read.'),
});
