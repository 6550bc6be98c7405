import { one, view } from '@riparo/shared/http/reference/answer';
import { count, id, moment, oneOf } from '@riparo/shared/http/reference/answer-fields';
import { operations, type Tag } from '@riparo/shared/http/route';
import { REBUILD_STATUSES } from '@riparo/shared/rebuild/rebuild';

const UPKEEP: Tag = { name: 'Upkeep', about: 'Tasks that operators start by hand.' };

const rebuildAnswer = view('ReportRebuild', 'The progress of rebuilding what reports are made from.', {
  status: oneOf(REBUILD_STATUSES),
  startedAt: moment(),
  startedByUserId: id(),
  finishedAt: moment().optional(),
  ticketCount: count().description('Tickets done so far.'),
  repairCount: count().description('Repairs done so far.'),
  sheetCount: count().description('Kinds of day sheets done so far.'),
});

export const REBUILD_OPERATIONS = operations(UPKEEP, {
  getReportRebuild: { answer: one(rebuildAnswer), problems: { 404: ['REBUILD_NOT_FOUND'] } },
  startReportRebuild: { answer: one(rebuildAnswer) },
});
