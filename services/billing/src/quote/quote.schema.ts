import type { Money } from '@riparo/shared/contracts/money';
import { LINE_KINDS } from '@riparo/shared/contracts/price-lines';
import { ofKind, priceLines, type LineInput } from '@riparo/shared/http/price-line-schema';
import { day, line, moneyOrMinorUnits, oneOf, paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { PARTS_CONDITIONS, TIME_NEEDED_FROM, type QuoteContent } from './quote.js';

type MoneyInput = Money | number;

export interface QuoteLineInput extends LineInput {
  readonly ancillary?: boolean;
}

/** The content as requests send it: amounts may be bare minor units in the currency of the quote. */
export interface ContentInput extends Omit<QuoteContent, 'lines' | 'maximum' | 'depositRequired' | 'refusalFee' | 'replacementDevice'> {
  readonly lines: readonly QuoteLineInput[];
  readonly maximum?: MoneyInput;
  readonly depositRequired?: MoneyInput;
  readonly refusalFee?: MoneyInput;
  readonly replacementDevice?: { readonly offered: boolean; readonly cost?: MoneyInput };
}

/** What a change sends: fields that are left out stay, `null` clears. */
export type ContentEdit = { readonly [K in keyof ContentInput]?: ContentInput[K] | null };

export interface NewQuote extends ContentInput {
  readonly repairId?: string;
  readonly ticketId?: string;
}

const optional = {
  maximum: moneyOrMinorUnits(),
  calculationMethod: paragraph(1_000),
  finding: paragraph(2_000),
  timeNeeded: line(200),
  timeNeededFrom: oneOf(TIME_NEEDED_FROM),
  replacementDevice: Joi.object({ offered: Joi.boolean().required(), cost: moneyOrMinorUnits() }),
  handoverPlace: line(300),
  partsCondition: oneOf(PARTS_CONDITIONS),
  note: paragraph(2_000),
  depositRequired: moneyOrMinorUnits(),
  refusalFee: moneyOrMinorUnits(),
  validUntil: day(),
} as const;

const lines = () => priceLines(LINE_KINDS, { ancillary: ofKind('FEE', Joi.boolean()) });

export const newQuoteBody = Joi.object<NewQuote>({
  repairId: uuid(),
  ticketId: uuid(),
  lines: lines().default([]),
  ...optional,
  giveEuropeanForm: Joi.boolean().default(false),
}).xor('repairId', 'ticketId');

export const editedQuoteBody = Joi.object<ContentEdit>({
  lines: lines(),
  ...Object.fromEntries(Object.entries<Joi.Schema>(optional).map(([name, schema]) => [name, schema.allow(null)])),
  giveEuropeanForm: Joi.boolean(),
});
