import Joi from 'joi';
import { LINE_KINDS, type LineKind } from '../contracts/price-lines.js';
import type { Money } from '../contracts/money.js';
import { line, moneyOrMinorUnits, oneOf, uuid } from './schemas.js';

/** A line as requests send it; a bare `unitPrice` is minor units in the currency of the repair. */
export interface LineInput {
  readonly kind: LineKind;
  readonly description: string;
  readonly quantity: number;
  readonly unitPrice: Money | number;
  readonly vatRate: number;
  readonly partId?: string;
  readonly minutes?: number;
}

const MAX_LINES = 200;
const MAX_QUANTITY = 10_000;
/** A year in minutes; more can only be a typing error. */
const MAX_MINUTES = 525_600;

/** Percent with two decimals at most. */
export const vatRate = (): Joi.NumberSchema => Joi.number().strict().min(0).max(100).precision(2);

/** Pieces of a part or of a line. */
export const pieces = (min = 1, max = MAX_QUANTITY): Joi.NumberSchema => Joi.number().strict().integer().min(min).max(max);

/** Only for lines of one kind. A joi condition would do the same, but the API reference would then say that the field is never allowed. */
export const ofKind = <S extends Joi.Schema>(kind: LineKind, field: S): S =>
  field.custom((value: unknown, helpers) => {
    const [given] = helpers.state.ancestors as [LineInput];
    return value === undefined || given.kind === kind ? value : helpers.message({ custom: `is only for lines of kind ${kind}` });
  }) as S;

/** A line of one of the given kinds. Only PART lines name a part, and only LABOUR lines have minutes. */
const priceLine = (kinds: readonly LineKind[], more: Joi.SchemaMap): Joi.ObjectSchema<LineInput> =>
  Joi.object<LineInput>({
    kind: oneOf(kinds).required(),
    description: line(300).required(),
    quantity: pieces().default(1),
    unitPrice: moneyOrMinorUnits().required(),
    vatRate: vatRate().required(),
    ...(kinds.includes('PART') ? { partId: ofKind('PART', uuid()) } : {}),
    ...(kinds.includes('LABOUR') ? { minutes: ofKind('LABOUR', Joi.number().strict().integer().min(0).max(MAX_MINUTES)) } : {}),
    ...more,
  });

/** Lines of a request: 200 at most. `more` are fields that lines of this request have besides. */
export const priceLines = (kinds: readonly LineKind[] = LINE_KINDS, more: Joi.SchemaMap = {}): Joi.ArraySchema<LineInput[]> =>
  Joi.array<LineInput[]>().items(priceLine(kinds, more)).max(MAX_LINES);
