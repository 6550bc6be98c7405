import Joi from 'joi';
import { LINE_KINDS } from '../../contracts/price-lines.js';
import { view } from './answer.js';
import { count, id, money, oneOf, text } from './answer-fields.js';

/** A line of a quote, of an outcome: one shape in all services. */
export const priceLineAnswer = view('PriceLine', 'A line of a quote or of an outcome; prices are without VAT.', {
  kind: oneOf(LINE_KINDS),
  description: text(),
  quantity: count(),
  unitPrice: money().description('Of one piece; a DISCOUNT is taken off.'),
  vatRate: Joi.number().min(0).max(100).description('Percent.'),
  partId: id().optional(),
  minutes: count().optional().description('Working time that a LABOUR line is for.'),
});
