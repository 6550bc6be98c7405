import Joi from 'joi';
import type { Filter } from 'mongodb';
import type { IndexKey, Repository, TenantRepository } from '@riparo/shared/persistence/repository';
import { line, uuid } from '@riparo/shared/http/schemas';
import { searchText } from '@riparo/shared/http/search';
import { fold } from '@riparo/shared/text/fold';
import { searchConditions } from '@riparo/shared/text/search-words';
import type { Asset } from '../asset/asset.js';
import { assetNotFound } from './part.errors.js';
import { BY_BRAND, BY_FIT, BY_LOW, BY_MODEL, BY_WORDS, inOrder, type SortField } from './part.indexes.js';
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
}

/**
 * Of the conditions that narrow a list, the one that fewest parts meet leads, if they are few; if all are common, going through
 * the list in its order soon fills a page. See docs/adr/0024-a-page-costs-a-page.md.
 */
const planList = async (
  parts: Pick<TenantRepository<Part>, 'count'>,
  narrowings: readonly Narrowing[],
  plain: readonly Filter<Part>[],
  by: SortField,
): Promise<PartPlan> => {
  const counts = await Promise.all(narrowings.map(({ condition, hint }) => parts.count(condition, { upTo: FEW, hint })));
  const fewest = Math.min(FEW, ...counts);
  const leads = fewest < FEW ? narrowings[counts.indexOf(fewest)] : undefined;
  const rest = [...narrowings.filter((one) => one !== leads).map(({ condition }) => condition), ...plain];
  const besides = rest.length === 0 ? {} : { besides: { $and: rest } as Filter<Part> };
  return { filter: leads?.condition ?? {}, hint: leads?.hint ?? inOrder(by), ...besides };
};

export interface PartQueryDeps {
  readonly parts: Repository<Part>;
  readonly assets: Repository<Asset>;
}

export const createPlanParts =
  ({ parts, assets }: PartQueryDeps) =>
  async (tenantId: string, filters: PartFilters, by: SortField): Promise<PartPlan> => {
    const { compatibleWithAsset, active, lowStock } = filters;
    const fit = compatibleWithAsset === undefined ? undefined : await fitOf(assets, tenantId, compatibleWithAsset);
    const plain: readonly Filter<Part>[] = [
      ...(active === undefined ? [] : [{ active }]),
      ...(lowStock === false ? [{ low: { $exists: false } }] : []),
    ];
    return planList(parts.in(tenantId), narrowingsOf(filters, fit), plain, by);
  };
