import { REPORT_RHYTHMS, SENT_REPORTS } from '@riparo/shared/contracts/reports.events';
import { pageQuery, type PageRequest } from '@riparo/shared/http/pagination';
import { oneOf, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { ScheduleWish } from './report-schedule.js';

/** More than that is a mailing list. */
const MAX_RECIPIENTS = 20;

export const scheduleBody = Joi.object<ScheduleWish>({
  report: oneOf(SENT_REPORTS).required(),
  every: oneOf(REPORT_RHYTHMS).required().description('A WEEK is due on Monday, a MONTH on its first day.'),
  hour: Joi.number().integer().min(0).max(23).required().description('On the wall clock of the centre.'),
  recipients: Joi.array().items(uuid()).unique().min(1).max(MAX_RECIPIENTS).required().description('Ids of users who may read reports.'),
  active: Joi.boolean().default(true),
});

export const listSchedulesQuery: Joi.ObjectSchema<PageRequest> = pageQuery(['createdAt']);
