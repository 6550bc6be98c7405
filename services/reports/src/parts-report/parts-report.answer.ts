import { listOf, view } from '@riparo/shared/http/reference/answer';
import { count, id, money, text } from '@riparo/shared/http/reference/answer-fields';
import { periodAnswer } from '../report.answer.js';

const usedPart = view('UsedPart', 'What a part brought and cost in a period, in one currency.', {
  partId: id(),
  sku: text(),
  name: text(),
  pieces: count(),
  revenue: money().description('Without VAT; pieces that the warranty paid brought nothing.'),
  cost: money(),
  margin: money().description('`revenue` less `cost`.'),
});

export const partsReportAnswer = view('PartsReport', 'Parts that were built in during a period.', {
  period: periodAnswer,
  pieces: count(),
  revenue: listOf(money()).description('Without VAT, a sum for each currency.'),
  cost: listOf(money()),
  margin: listOf(money()),
  partCount: count().description('All parts; at most 200 are listed.'),
  byPart: listOf(usedPart).description('The most pieces first.'),
});
