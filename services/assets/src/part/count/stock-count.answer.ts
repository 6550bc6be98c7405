import Joi from 'joi';
import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { count, id, moment, text, version } from '@riparo/shared/http/reference/answer-fields';

const countFields = {
  id: id(),
  reason: text().optional(),
  countedByUserId: id(),
  countedAt: moment(),
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
};

export const stockCountSummaryAnswer = view('StockCountSummary', 'An inventory count without its lines.', countFields);

export const stockCountAnswer = view('StockCount', 'An inventory count: what was found on the shelves.', {
  ...countFields,
  lines: listOf(
    fields({
      partId: id(),
      sku: text(),
      name: text(),
      counted: count(),
      expected: count().description('Pieces that the books had when somebody looked.'),
      difference: Joi.number().integer().description('`counted` less `expected`; the adjustment in the ledger of the part.'),
    }),
  ),
});
