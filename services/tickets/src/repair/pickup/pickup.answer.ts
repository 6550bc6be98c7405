import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { calendarDay, count, id, moment, money, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import { NOTICE_CHANNELS, NOTICE_RESULTS } from './pickup.js';
import { NEXT_STEPS } from './schedule.js';

const pickupNotice = view('PickupNotice', 'How the customer was told that the device waits.', {
  notice: count().optional().description('From 1. Missing: a letter or a call of the desk.'),
  channel: oneOf(NOTICE_CHANNELS),
  at: moment(),
  result: oneOf(NOTICE_RESULTS).optional().description('Staff only. SKIPPED: a later notice took its place. Missing: not known yet.'),
  sentAt: moment().optional().description('Staff only: when the mail was handed over.'),
  note: text().optional().description('Staff only.'),
  byUserId: id().optional().description('Staff only.'),
});

export const pickupAnswer = view('Pickup', 'What becomes of a device that nobody collects, as agreed at the intake.', {
  daysToCollect: count().description('Days after it is ready until it counts as left behind.'),
  noticeDays: listOf(count()).description('Days after it is ready on which notices go out.'),
  storageFeePerDay: count().description("For each day after `daysToCollect`; minor units of the repair's currency, VAT included."),
  storageFeeCap: count().description('The most that storage costs.'),
  daysAfterLastNotice: count().description('Days after the last notice until the device may be given up.'),
  storageFee: money().optional().description('Charged for storage so far, VAT included.'),
  notices: listOf(pickupNotice),
});

export const abandonmentAnswer = fields({ reason: text(), requestedByUserId: id(), requestedAt: moment() });

export const abandonedAnswer = fields({
  at: moment(),
  reason: text().optional(),
  requestedByUserId: id().optional(),
  requestedAt: moment().optional(),
  approvedByUserId: id().optional(),
});

export const nextStepAnswer = fields({ what: oneOf(NEXT_STEPS), on: calendarDay() });
