import { LINE_KINDS } from '@riparo/shared/contracts/price-lines';
import { QUOTE_DECIDERS, QUOTE_STATUSES } from '@riparo/shared/contracts/quotes.events';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { calendarDay, count, flag, id, moment, money, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';
import { EXPIRY_REASONS, PARTS_CONDITIONS, TIME_NEEDED_FROM } from './quote.js';

const rate = () => Joi.number().min(0).description('Percent.');

const lineFields = {
  kind: oneOf(LINE_KINDS).description('A DISCOUNT is written as a positive price and taken off.'),
  description: text(),
  quantity: count(),
  unitPrice: money().description('Without VAT.'),
  vatRate: rate(),
  minutes: count().optional(),
  ancillary: flag().optional().description('A FEE for removal, installation or transport.'),
};
const vatGroup = fields({ vatRate: rate(), net: money(), vat: money() });

const sums = { net: money(), vat: money(), total: money().description('What the customer pays, VAT included.') };

const decision = view('QuoteDecision', 'What the customer answered, and to which document.', {
  by: oneOf(QUOTE_DECIDERS).description(
    'CUSTOMER_USER: signed in. LINK: by the link of the mail. COUNTER: the desk, in the customer’s name.',
  ),
  name: text(),
  at: moment(),
  documentHash: text().description('SHA-256 of the PDF that the answer is about.'),
  formHash: text().optional().description('SHA-256 of the European form that was given with it.'),
  comment: text().optional(),
  ip: text().optional().description('For the desk alone.'),
});

const stateFields = {
  quoteVersion: count().description('Which version of the quote, from 1.'),
  status: oneOf(QUOTE_STATUSES).description('As of now.'),
  reason: oneOf(EXPIRY_REASONS).optional().description('EXPIRED because the repair or ticket ended before there was an answer.'),
  ...sums,
  validUntil: calendarDay().optional().description('The last day on which it can be accepted.'),
  sentAt: moment().optional(),
  documentHash: text().optional().description('SHA-256 of the PDF that was sent, in hexadecimal digits.'),
  formHash: text().optional().description('SHA-256 of the European form that was given with it.'),
  decision: decision.optional(),
};

const contentFields = {
  vatGroups: listOf(vatGroup),
  maximum: money().optional().description('The most that may be charged, VAT included, where the total is an estimate.'),
  calculationMethod: text().optional(),
  finding: text().optional(),
  timeNeeded: text().optional(),
  timeNeededFrom: oneOf(TIME_NEEDED_FROM).optional(),
  replacementDevice: fields({ offered: flag(), cost: money().optional() }).optional(),
  handoverPlace: text().optional(),
  partsCondition: oneOf(PARTS_CONDITIONS).optional(),
  note: text().optional(),
  depositRequired: money().optional(),
  refusalFee: money().optional().description('What declining costs, VAT included.'),
};

const device = fields({ brand: text(), model: text(), serialNumber: text() });

const listedFields = {
  id: id(),
  number: text().description('`QUO-2026-000001`.'),
  repairId: id().optional(),
  ticketId: id().optional(),
  subjectNumber: text().description('Number of the repair or ticket.'),
  device: device.optional(),
  customerId: id(),
  ...stateFields,
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
};

export const listedQuoteAnswer = view(
  'ListedQuote',
  'A quote with its newest version; customers see the newest one that was sent.',
  listedFields,
);

export const quoteAnswer = view('Quote', 'A quote with its newest version; customers see the newest one that was sent.', {
  ...listedFields,
  lines: listOf(fields({ ...lineFields, partId: id().optional() })),
  ...contentFields,
  giveEuropeanForm: flag().description('The European Repair Information Form goes with it.'),
  boundUntil: moment()
    .optional()
    .description('Until then the centre can neither withdraw nor replace it, because it gave the European form.'),
  createdByUserId: id().optional().description('For staff alone, like `hasDraft`.'),
  hasDraft: flag().optional(),
  versions: listOf(fields(stateFields)).description('The oldest first.'),
});

export const publicQuoteAnswer = view('PublicQuote', 'A quote as whoever has the link of the mail sees it.', {
  number: text(),
  quoteVersion: count(),
  status: oneOf(QUOTE_STATUSES),
  company: fields({ name: text(), email: text().optional(), phone: text().optional() }),
  subjectNumber: text(),
  device: device.optional(),
  lines: listOf(fields(lineFields)),
  ...sums,
  ...contentFields,
  validUntil: calendarDay(),
  sentAt: moment(),
  decidedAt: moment().optional(),
  canAccept: flag(),
  canDecline: flag(),
  hasNewerVersion: flag().description('True: this link is of an older version, and only the link of the newest mail can be answered.'),
  workEnded: flag().description('The repair or ticket has ended: there is nothing left to answer.'),
  hasRepairInformationForm: flag().description('The European form was given: `repair-information-form.pdf` of the same link.'),
});
