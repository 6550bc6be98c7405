import Joi from 'joi';
import { toCsv, type Cell } from '@riparo/shared/files/csv';
import { file } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { averageCostOf, availableOf, currencyOf, NOT_LISTED, type ListedPart } from '../part.js';
import { createPlanParts, partFilters, type PartFilters, type PartQueryDeps } from '../part-filter.js';
import { toDecimal } from './decimal.js';
import { COLUMNS, EXPORTED_ONLY, joinModels } from './part-table.js';

export const exportPartsQuery = Joi.object<PartFilters>(partFilters);

/** More are left to filters. */
export const MAX_EXPORTED = 10_000;
const EXPORTED = [...COLUMNS, ...EXPORTED_ONLY] as const;

const rowOf = (part: ListedPart): Readonly<Record<(typeof EXPORTED)[number], Cell>> => {
  const { sku, name, brand, salePrice, cost, vatRate, warrantyMonths, minimumStock, supplier, shelf, barcode, active } = part;
  const inDecimals = (amount: number): string => toDecimal(amount, currencyOf(part));
  const average = averageCostOf(part);
  return {
    ...{ sku, name, brand, vatRate, warrantyMonths, minimumStock, supplier, shelf, barcode },
    compatibleWith: joinModels(part.compatibleWith),
    salePrice: inDecimals(salePrice.amount),
    cost: inDecimals(cost.amount),
    active: String(active),
    onHand: part.onHand,
    reserved: part.reserved,
    available: availableOf(part),
    averageCost: average === undefined ? undefined : inDecimals(average.amount),
  };
};

/** The parts that a list with the same filters shows, as CSV; formula cells get an apostrophe in front. */
export const exportParts = (deps: PartQueryDeps) => {
  const planParts = createPlanParts(deps);
  return async ({ caller, query }: Call<unknown, PartFilters>): Promise<Reply> => {
    const plan = await planParts(caller.tenantId, query, 'id');
    const all = { ...plan, sort: { id: 1 } as const, page: 1, pageSize: MAX_EXPORTED, leaveOut: NOT_LISTED };
    const { items } = await deps.parts.in(caller.tenantId).page(all);
    const rows = items.map((part) => {
      const row = rowOf(part);
      return EXPORTED.map((column) => row[column]);
    });
    return file(Buffer.from(toCsv([EXPORTED, ...rows])), 'text/csv; charset=utf-8', 'parts.csv');
  };
};
