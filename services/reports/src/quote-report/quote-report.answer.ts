import { listOf, view } from '@riparo/shared/http/reference/answer';
import { count, money } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';
import { periodAnswer } from '../report.answer.js';

export const quoteReportAnswer = view(
  'QuoteReport',
  'What became of the versions of quotes that were sent in a period. Each version counts by itself: an accepted first version stays accepted, whatever becomes of a second one.',
  {
    period: periodAnswer,
    sent: count().description('Versions that were sent; the five figures below add up to it.'),
    accepted: count().description('The customer accepted them.'),
    declined: count().description('The customer declined them.'),
    expired: count().description('Nobody answered in time, or the work ended first.'),
    withdrawn: count().description('The centre took them back, or replaced them by a next version, before there was an answer.'),
    open: count().description('Not answered yet.'),
    acceptanceRate: Joi.number()
      .min(0)
      .max(1)
      .allow(null)
      .description('Accepted of those that were accepted, declined or expired. `null`: there were none.'),
    medianHours: Joi.number().min(0).allow(null).description('From sending to the answer, by the clock on the wall.'),
    acceptedTotal: listOf(money()).description(
      'What the accepted versions added to what was agreed, with VAT, a sum for each currency. A version has the prices of the whole work: where 100.00 was accepted and then 150.00, the second adds 50.00.',
    ),
  },
);
