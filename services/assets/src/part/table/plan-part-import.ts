import Joi from 'joi';
import type { FieldFault } from '@riparo/shared/errors/domain-error';
import { bodyValidator } from '@riparo/shared/http/validate';
import { compact } from '@riparo/shared/json/compact';
import { fold } from '@riparo/shared/text/fold';
import { editPart, type PartEdit } from '../catalogue.js';
import { currencyOf, type Part } from '../part.js';
import { editedPartFields, newPartFields, type PartInput } from '../part.schema.js';
import type { By } from '../stock/stock-change.js';
import { fromDecimal } from './decimal.js';
import { splitModels, type Column, type PartRow } from './part-table.js';

/** What a row comes to. */
export type PartRowPlan =
  | { readonly row: number; readonly outcome: 'CREATE'; readonly fields: PartInput; readonly active: boolean }
  | { readonly row: number; readonly outcome: 'UPDATE'; readonly partId: string; readonly fields: PartEdit }
  | { readonly row: number; readonly outcome: 'UNCHANGED'; readonly partId: string }
  | { readonly row: number; readonly outcome: 'INVALID'; readonly errors: readonly FieldFault[] };

const newPartCheck = bodyValidator(Joi.object({ ...newPartFields, active: Joi.boolean() }));
const changedPartCheck = bodyValidator(Joi.object({ ...editedPartFields, active: Joi.boolean() }));

/** A number as people write it; what is none is left to the schema to refuse. */
const numberOf = (cell: string | undefined): number | string | undefined =>
  cell === undefined ? undefined : /^\d+(?:[.,]\d+)?\s?%?$/.test(cell) ? Number(cell.replace(',', '.').replace(/\s?%$/, '')) : cell;

const FLAGS: Readonly<Record<string, boolean>> = { true: true, false: false };

const moneyIn = (currency: string, faults: FieldFault[]) => (path: Column, cell: string | undefined) => {
  if (cell === undefined) return undefined;
  const amount = fromDecimal(cell, currency);
  if (amount === undefined) faults.push({ path, message: 'must be an amount such as 12.50 or 12,50' });
  // A stand-in, so that the schema has nothing more to say of it.
  return amount ?? 0;
};

const fieldsOf = ({ cells }: PartRow, currency: string, faults: FieldFault[]): Readonly<Record<string, unknown>> => {
  const { salePrice, cost, vatRate, warrantyMonths, minimumStock, compatibleWith, active, ...plain } = cells;
  const amountOf = moneyIn(currency, faults);
  return compact({
    ...plain,
    salePrice: amountOf('salePrice', salePrice),
    cost: amountOf('cost', cost),
    vatRate: numberOf(vatRate),
    warrantyMonths: numberOf(warrantyMonths),
    minimumStock: numberOf(minimumStock),
    compatibleWith: compatibleWith === undefined ? undefined : splitModels(compatibleWith),
    active: active === undefined ? undefined : (FLAGS[fold(active)] ?? active),
  });
};

export interface Catalogue {
  /** The parts that rows name, by the key of their SKU. */
  readonly parts: ReadonlyMap<string, Part>;
  readonly currency: string;
  readonly by: By;
}

const planRow = (row: PartRow, { parts, currency, by }: Catalogue): PartRowPlan => {
  const existing = parts.get(fold(row.cells.sku ?? ''));
  const faults: FieldFault[] = [];
  const given = fieldsOf(row, existing === undefined ? currency : currencyOf(existing), faults);
  const fields = (existing === undefined ? newPartCheck : changedPartCheck).check(given, faults) as PartInput & {
    readonly active?: boolean;
  };
  if (faults.length > 0) return { row: row.row, outcome: 'INVALID', errors: faults };
  if (existing === undefined) {
    const { active = true, ...input } = fields;
    return { row: row.row, outcome: 'CREATE', fields: input, active };
  }
  // The SKU that it is recognised by may be written in another way; that is no change.
  const { sku: _same, ...edit } = fields;
  const isSame = editPart(existing, edit, by).state === existing;
  const partId = existing.id;
  return isSame ? { row: row.row, outcome: 'UNCHANGED', partId } : { row: row.row, outcome: 'UPDATE', partId, fields: edit };
};

/** What each row comes to, without doing anything. Rows are recognised by their SKU; empty cells change nothing. */
export const planPartImport = (rows: readonly PartRow[], catalogue: Catalogue): readonly PartRowPlan[] => {
  const firstRow = new Map<string, number>();
  return rows.map((row) => {
    const key = fold(row.cells.sku ?? '');
    const earlier = key === '' ? undefined : firstRow.get(key);
    if (earlier !== undefined)
      return { row: row.row, outcome: 'INVALID', errors: [{ path: 'sku', message: `is in row ${earlier} already` }] };
    firstRow.set(key, row.row);
    return planRow(row, catalogue);
  });
};
