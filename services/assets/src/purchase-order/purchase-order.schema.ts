import Joi from 'joi';
import type { Money } from '@riparo/shared/contracts/money';
import { pieces } from '@riparo/shared/http/price-line-schema';
import { day, line, moneyOrMinorUnits, paragraph, uuid } from '@riparo/shared/http/schemas';

export interface OrderLineInput {
  readonly id?: string;
  readonly partId: string;
  readonly quantity: number;
  readonly cost?: Money | number;
  readonly expectedOn?: string | null;
}
export interface OrderInput {
  readonly supplier: string;
  readonly notes?: string;
  readonly lines: readonly OrderLineInput[];
}

const MAX_LINES = 200;

const newLine = {
  partId: uuid().required(),
  quantity: pieces().required(),
  cost: moneyOrMinorUnits().description('Of one piece, without VAT; default: the cost of the part.'),
  expectedOn: day().allow(null).description('When the pieces are expected.'),
};
const editedLine = { id: uuid().description('Of a line that is there already; a line without it is new.'), ...newLine };

const lines = (fields: Joi.SchemaMap) => Joi.array<OrderLineInput[]>().items(Joi.object<OrderLineInput>(fields)).max(MAX_LINES);

export const newOrderBody = Joi.object<OrderInput>({
  supplier: line(200).required(),
  notes: paragraph(5_000),
  lines: lines(newLine).default([]),
});

export interface OrderEditInput {
  readonly supplier?: string;
  readonly notes?: string | null;
  readonly lines?: readonly OrderLineInput[];
}
export const orderEditBody = Joi.object<OrderEditInput>({
  supplier: line(200),
  notes: paragraph(5_000).allow(null),
  lines: lines(editedLine)
    .unique('id', { ignoreUndefined: true })
    .description('All lines of the order. Once it was ordered, only `expectedOn` may differ.'),
}).min(1);
