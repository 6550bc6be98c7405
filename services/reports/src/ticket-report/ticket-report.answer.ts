import { TICKET_CATEGORIES, TICKET_PRIORITIES, TICKET_STATUSES } from '@riparo/shared/contracts/enums';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { calendarDay, count, moment } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';
import { satisfactionAnswer, technicianResultAnswer } from '../outcome/results.answer.js';
import { periodAnswer, timesAnswer } from '../report.answer.js';

/** `tally.ts` */
export const tallyOf = (keys: readonly string[]): Joi.ObjectSchema => fields(Object.fromEntries(keys.map((key) => [key, count()])));

const slaFields = { kept: count(), breached: count() };
/** `resolutionOf` */
export const resolutionFields = {
  resolution: timesAnswer.description('From opening to resolution.'),
  sla: fields(slaFields).description('Resolutions with a due time.'),
};
export const firstResponse = timesAnswer.description('From opening to the first public reply of staff.');

export const backlogFields = {
  open: count(),
  oldestCreatedAt: moment().allow(null),
  medianAgeDays: Joi.number().allow(null),
  olderThan7Days: count(),
  olderThan30Days: count(),
};

const dayCounts = { opened: count().description('Without duplicates that were merged.'), resolved: count(), closed: count() };
export const eventCounts = { ...dayCounts, reopened: count() };

export const ticketReportAnswer = view('TicketReport', 'The tickets of a period.', {
  period: periodAnswer,
  ...eventCounts,
  byStatus: tallyOf(TICKET_STATUSES).description('Tickets opened in the period, by what they are now.'),
  byPriority: tallyOf(TICKET_PRIORITIES),
  byCategory: tallyOf(TICKET_CATEGORIES),
  byDay: listOf(fields({ date: calendarDay(), ...dayCounts })),
  firstResponse,
  ...resolutionFields,
  sla: fields({ ...slaFields, firstResponse: fields(slaFields) }).description('Resolutions, and first replies, with a due time.'),
  satisfaction: satisfactionAnswer,
  backlog: fields(backlogFields).description('Tickets opened before the end of the period that are still open.'),
  resolvedByTechnician: listOf(technicianResultAnswer),
});
