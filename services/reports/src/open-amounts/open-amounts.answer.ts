import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { count, moment, money, named } from '@riparo/shared/http/reference/answer-fields';

const sums = {
  repairs: count(),
  invoices: count().description('Of tickets.'),
  upTo30: money().description('For up to 30 days since the work ended, or since the invoice of a ticket was issued.'),
  from31To60: money(),
  from61To90: money(),
  over90: money(),
  total: money(),
};

export const openAmountsAnswer = view(
  'OpenAmountsReport',
  'What customers have left to pay for repairs and for work on tickets, by its age.',
  {
    at: moment(),
    totals: listOf(fields(sums)).description('One for each currency.'),
    customers: listOf(fields({ customer: named(), ...sums })).description('One for each customer and currency, the largest first.'),
  },
);
