import { INVOICE_KINDS } from '@riparo/shared/contracts/invoices.events';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { count, money, oneOf, text } from '@riparo/shared/http/reference/answer-fields';
import Joi from 'joi';
import { periodAnswer } from '../report.answer.js';

const sums = () => listOf(money());

export const documentReportAnswer = view('RevenueReport', 'What was invoiced by the day of issue, with credit notes taken off.', {
  period: periodAnswer,
  count: count().description('Documents of all kinds.'),
  total: sums().description(
    'With VAT, a sum for each currency; also with stamp duty that customers pay and cents of rounding, which are in neither `net` nor `vat`.',
  ),
  net: sums(),
  vat: sums(),
  byKind: listOf(fields({ kind: oneOf(INVOICE_KINDS), count: count(), total: sums() })).description(
    'What credit notes take off is negative.',
  ),
  byVatRate: listOf(fields({ vatRate: Joi.number().min(0).max(100).description('Percent.'), net: money(), vat: money() })),
  byDate: listOf(fields({ date: text().description('`2026-03-02`, or `2026-03` by month.'), count: count(), total: sums() })).description(
    'Only dates with documents.',
  ),
});
