import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { calendarFields, count, flag, id, moment, oneOf } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';

const minutes = () => Joi.number().description('Minutes of working time.');
const counted = { from: moment(), to: moment(), minutes: minutes() };

/** `explain.ts` */
const clockFields = {
  dueAt: moment().optional(),
  breachedAt: moment().optional().description('The due time that was missed.'),
  promisedMinutes: minutes(),
  usedMinutes: minutes(),
  remainingMinutes: minutes(),
  countedUntil: moment(),
  counted: listOf(view('CountedTime', 'A span of working time.', counted)),
  pauses: listOf(
    view('Pause', 'Working time in which the clock stood still.', { ...counted, reason: oneOf(['WAITING_CUSTOMER', 'DONE', 'MERGED']) }),
  ),
  shortened: flag().description('Older spans are left out of the lists; the sums have them.'),
};

export const slaAnswer = view('TicketSla', 'The due times of a ticket and how they come about.', {
  ticketId: id(),
  policy: fields({
    source: oneOf(['PRIORITY', 'PLAN']),
    planId: id().optional(),
    responseMinutes: count(),
    resolutionMinutes: count(),
    responseWorkingDays: count().optional(),
    resolutionWorkingDays: count().optional(),
    alwaysOpen: flag(),
  }),
  calendar: fields({
    timeZone: calendarFields.timeZone,
    alwaysOpen: flag().optional(),
    weekly: calendarFields.weekly.optional(),
    exceptions: calendarFields.exceptions.optional(),
  }),
  startedAt: moment(),
  slaBreached: flag(),
  response: fields({ ...clockFields, respondedAt: moment().optional() }),
  resolution: fields({ ...clockFields, resolvedAt: moment().optional() }),
});
