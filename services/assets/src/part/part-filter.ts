import Joi from 'joi';
import type { Filter } from 'mongodb';
import type { IndexKey, Repository, TenantRepository } from '@riparo/shared/persistence/repository';
import { line, uuid } from '@riparo/shared/http/schemas';
import { searchText } from '@riparo/shared/http/search';
import { fold } from '@riparo/shared/text/fold';
import { searchConditions } from '@riparo/shared/text/search-words';
import type { Asset } from '../asset/asset.js';
import { assetNotFound } from './part.errors.js';
import { BY_BRAND, BY_FIT, BY_LOW, BY_MODEL, BY_WORDS, byActive, inOrder, type SortField } from './part.indexes.js';
import { fitKey, type Part } from './part.js';

export interface PartFilters {
  readonly search?: string;
  readonly lowStock?: boolean;
  readonly brand?: string;
  readonly model?: string;
  readonly compatibleWithAsset?: string;
  readonly active?: boolean;
}
export const partFilters = {
  search: searchText('SKU, barcode, name, brand and the devices that a part is made for'),
  lowStock: Joi.boolean().description('`true`: parts of which fewer are available than `minimumStock`.'),
  brand: line(100).description('The brand of the part or of a device that it is made for.'),
  model: line(100).description('The model of a device that it is made for.'),
  compatibleWithAsset: uuid().description('Parts that are made for the brand and model of this device.'),
  active: Joi.boolean().description('`false`: parts that are no longer offered.'),
};

/** A condition that may be true of few parts only, and its index. */
interface Narrowing {
  readonly condition: Filter<Part>;
  readonly hint: IndexKey;
}

/** So many are read and sorted in less time than it takes to look for them among all others. */
const FEW = 500;

const fitOf = async (assets: Repository<Asset>, tenantId: string, assetId: string): Promise<string> => {
  const asset = await assets.in(tenantId).find(assetId);
  if (asset === undefined) throw assetNotFound();
  return fitKey(asset);
};

const narrowingsOf = ({ search, lowStock, brand, model }: PartFilters, fit: string | undefined): readonly Narrowing[] => [
  ...(search === undefined ? [] : searchConditions('searchWords', search).map((condition) => ({ condition, hint: BY_WORDS }))),
  ...(lowStock === true ? [{ condition: { low: true as const }, hint: BY_LOW }] : []),
  ...(brand === undefined ? [] : [{ condition: { brandKeys: fold(brand) }, hint: BY_BRAND }]),
  ...(model === undefined ? [] : [{ condition: { modelKeys: fold(model) }, hint: BY_MODEL }]),
  ...(fit === undefined ? [] : [{ condition: { fitKeys: fit }, hint: BY_FIT }]),
];

/** How a list is read: what an index answers, what is looked up in the documents that it leads to, and the index. */
export interface PartPlan {
  readonly filter: Filter<Part>;
  readonly besides?: Filter<Part>;
  readonly hint: IndexKey;
  /** How the total is counted where nothing narrows the list but one condition. */
  readonly counted?: readonly { readonly filter: Filter<Part>; readonly hint: IndexKey }[];
}

/** Conditions that leave most parts in the list. */
type Plain = Pick<PartFilters, 'active' | 'lowStock'>;

const present = (conditions: readonly Filter<Part>[]): { readonly besides?: Filter<Part> } => {
  const besides = conditions.filter((one) => Object.keys(one).length > 0);
  return besides.length === 0 ? {} : { besides: { $and: besides } };
};

/** Everything in its order, where all conditions are common. */
const throughAll = (narrowings: readonly Narrowing[], { active }: Plain, scarcity: Filter<Part>, by: SortField): PartPlan => {
  const all = active === undefined ? { filter: {}, hint: inOrder(by) } : { filter: { active }, hint: byActive(by) };
  const [only, ...more] = narrowings;
  const isAlone = only !== undefined && more.length === 0 && active === undefined && Object.keys(scarcity).length === 0;
  return {
    ...all,
    ...present([...narrowings.map(({ condition }) => condition), scarcity]),
    ...(isAlone ? { counted: [{ filter: only.condition, hint: only.hint }] } : {}),
  };
};

/**
 * Of the conditions that narrow a list, the one that fewest parts meet leads, if they are few; if all are common, going through
 * the list in its order soon fills a page. See docs/adr/0024-a-page-costs-a-page.md.
 */
const planList = async (
  parts: Pick<TenantRepository<Part>, 'count'>,
  narrowings: readonly Narrowing[],
  plain: Plain,
  by: SortField,
): Promise<PartPlan> => {
  const { active, lowStock } = plain;
  const scarcity: Filter<Part> = lowStock === false ? { low: { $exists: false } } : {};
  const counts = await Promise.all(narrowings.map(({ condition, hint }) => parts.count(condition, { upTo: FEW, hint })));
  const fewest = Math.min(FEW, ...counts);
  const leads = fewest < FEW ? narrowings[counts.indexOf(fewest)] : undefined;
  if (leads === undefined) return throughAll(narrowings, plain, scarcity, by);
  const rest = narrowings.filter((one) => one !== leads).map(({ condition }) => condition);
  return { filter: leads.condition, hint: leads.hint, ...present([...rest, active === undefined ? {} : { active }, scarcity]) };
};

export interface PartQueryDeps {
  readonly parts: Repository<Part>;
  readonly assets: Repository<Asset>;
}

export const createPlanParts =
  ({ parts, assets }: PartQueryDeps) =>
  async (tenantId: string, filters: PartFilters, by: SortField): Promise<PartPlan> => {
    const { compatibleWithAsset } = filters;
    const fit = compatibleWithAsset === undefined ? undefined : await fitOf(assets, tenantId, compatibleWithAsset);
    return planList(parts.in(tenantId), narrowingsOf(filters, fit), filters, by);
  };
