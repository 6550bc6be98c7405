import { listOf, view } from '@riparo/shared/http/reference/answer';
import { count, money } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';
import { periodAnswer } from '../report.answer.js';

export const quoteReportAnswer = view('QuoteReport', 'What became of the quotes whose newest version was sent in a period.', {
  period: periodAnswer,
  sent: count(),
  accepted: count(),
  declined: count(),
  expired: count(),
  withdrawn: count(),
  open: count().description('Not answered yet.'),
  acceptanceRate: Joi.number()
    .min(0)
    .max(1)
    .allow(null)
    .description('Accepted of those that were accepted, declined or expired. `null`: there were none.'),
  medianHours: Joi.number().min(0).allow(null).description('From sending to the answer, by the clock on the wall.'),
  acceptedTotal: listOf(money()).description('With VAT, a sum for each currency.'),
});
