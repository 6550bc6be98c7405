import Joi from 'joi';
import { toCsv } from '@riparo/shared/files/csv';
import { file } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { assetFilters, createAssetQuery, type AssetFilters } from '../asset/asset-filter.js';
import type { Asset } from '../asset/asset.js';
import { planList } from '../asset/plan-list.js';
import { coverageOf } from '../asset/coverage.js';
import type { Location } from '../location/location.js';
import type { ServicePlan } from '../service-plan/service-plan.js';
import type { TenantDay } from '../tenant-day.js';
import { COLUMNS, EXPORTED_ONLY, IDENTITY, joinTags } from './device-table.js';

export const exportAssetsQuery = Joi.object<AssetFilters>(assetFilters);

interface Deps {
  readonly assets: Repository<Asset>;
  readonly locations: Repository<Location>;
  readonly servicePlans: Repository<ServicePlan>;
  readonly tenantDay: TenantDay;
}

/** More are left to filters. */
export const MAX_EXPORTED = 10_000;
const EXPORTED = [...COLUMNS, ...IDENTITY, ...EXPORTED_ONLY] as const;

const byId = <T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> =>
  new Map(items.map((item) => [item.id, item]));

const idsOf = (assets: readonly Asset[], field: 'locationId' | 'servicePlanId'): readonly string[] => [
  ...new Set(assets.flatMap((asset) => asset[field] ?? [])),
];

/** The devices that a list with the same filters shows, as CSV; formula cells get an apostrophe in front. */
export const exportAssets = (deps: Deps) => {
  const queryOf = createAssetQuery(deps);
  return async ({ caller, query, now }: Call<unknown, AssetFilters>): Promise<Reply> => {
    const { tenantId } = caller;
    const { wanted, today } = await queryOf(caller, query, now);
    const assets = deps.assets.in(tenantId);
    const { filter, besides = {} } = await planList(assets, wanted, 'id');
    const found = await assets.list({ $and: [filter, besides] }, { sort: { id: 1 }, limit: MAX_EXPORTED });
    const [places, plans] = [idsOf(found, 'locationId'), idsOf(found, 'servicePlanId')];
    const [locations, servicePlans] = await Promise.all([
      deps.locations.in(tenantId).list({ id: { $in: places } }, { limit: places.length || 1 }),
      deps.servicePlans.in(tenantId).list({ id: { $in: plans } }, { limit: plans.length || 1 }),
    ]);
    const [placeOf, planOf] = [byId(locations), byId(servicePlans)];
    const rows = found.map((asset) => ({
      ...asset,
      ...coverageOf(asset.warrantyEndDate, planOf.get(asset.servicePlanId ?? ''), today),
      location: placeOf.get(asset.locationId)?.name,
      tags: joinTags(asset.tags),
    }));
    const csv = toCsv([EXPORTED, ...rows.map((row) => EXPORTED.map((column) => row[column]))]);
    return file(Buffer.from(csv), 'text/csv; charset=utf-8', 'devices.csv');
  };
};
