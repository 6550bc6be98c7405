import { PAYMENT_METHODS } from '@riparo/shared/contracts/enums';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { calendarDay, count, money, oneOf } from '@riparo/shared/http/reference/answer-fields';
import { periodAnswer } from '../report.answer.js';

const sums = {
  payments: count(),
  received: money(),
  refunds: count(),
  refunded: money().description('What went back, above 0.'),
  net: money().description('`received` less `refunded`.'),
};
const method = oneOf(PAYMENT_METHODS);

export const cashBookAnswer = view('CashBook', 'Payments and refunds of a period, by the day on which they were made.', {
  period: periodAnswer,
  totals: listOf(fields(sums)).description('One for each currency.'),
  byMethod: listOf(fields({ method, ...sums })),
  byDay: listOf(fields({ date: calendarDay(), method, ...sums })).description('The oldest day first; days without money are left out.'),
});
