import { one, view } from '@riparo/shared/http/reference/answer';
import { count, id, moment, oneOf } from '@riparo/shared/http/reference/answer-fields';
import { operations, type Tag } from '@riparo/shared/http/route';
import { REBUILD_STATUSES } from '@riparo/shared/rebuild/rebuild';

export const UPKEEP: Tag = { name: 'Upkeep', about: 'Tasks that operators start by hand.' };

const rebuildAnswer = view('ReportRebuild', 'The progress of rebuilding what reports are made from.', {
  status: oneOf(REBUILD_STATUSES),
  startedAt: moment(),
  startedByUserId: id(),
  finishedAt: moment().optional(),
  settingsCount: count().description('1 once the settings are done.'),
  userCount: count().description('Accounts done so far, removed ones too.'),
  customerCount: count().description('Customers done so far.'),
  assetCount: count().description('Devices done so far.'),
  partCount: count().description('Parts of the catalogue done so far.'),
  ticketCount: count().description('Tickets done so far, with what came out of them and their ratings.'),
  repairCount: count().description('Repairs done so far, with their payments.'),
  workReportCount: count().description('Work reports done so far.'),
  quoteCount: count().description('Quotes done so far.'),
  invoiceCount: count().description('Invoices, receipts and credit notes done so far, with what was paid for those of tickets.'),
  movementCount: count().description('Lines of the ledgers of parts done so far.'),
  sheetCount: count().description('Kinds of day sheets done so far.'),
});

export const REBUILD_OPERATIONS = operations(UPKEEP, {
  getReportRebuild: { answer: one(rebuildAnswer), problems: { 404: ['REBUILD_NOT_FOUND'] } },
  startReportRebuild: { answer: one(rebuildAnswer) },
});
