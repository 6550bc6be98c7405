import { one, view } from '@riparo/shared/http/reference/answer';
import { count, id, moment, oneOf } from '@riparo/shared/http/reference/answer-fields';
import { operations, type Tag } from '@riparo/shared/http/route';
import { REBUILD_STATUSES } from '@riparo/shared/rebuild/rebuild';

const UPKEEP: Tag = { name: 'Upkeep', about: 'Tasks that operators start by hand.' };

const rebuildAnswer = view('AssetRebuild', 'The progress of rebuilding the figures and histories of devices.', {
  status: oneOf(REBUILD_STATUSES),
  startedAt: moment(),
  startedByUserId: id(),
  finishedAt: moment().optional(),
  ticketCount: count().description('Tickets done so far.'),
  repairCount: count().description('Repairs done so far.'),
  appointmentCount: count().description('Appointments done so far.'),
  workReportCount: count().description('Work reports done so far.'),
});

export const REBUILD_OPERATIONS = operations(UPKEEP, {
  getAssetRebuild: { answer: one(rebuildAnswer), problems: { 404: ['REBUILD_NOT_FOUND'] } },
  startAssetRebuild: { answer: one(rebuildAnswer) },
});
