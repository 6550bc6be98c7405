import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { ServicePlan } from '../service-plan/service-plan.js';
import type { TenantDay } from '../tenant-day.js';
import { assetFilters, createAssetQuery, type AssetFilters } from './asset-filter.js';
import type { SortField } from './asset.indexes.js';
import type { Asset } from './asset.js';
import { planList } from './plan-list.js';
import { viewAsset } from './asset.view.js';
import type { FindWorkFigures } from './work-figures.js';

export const listAssetsQuery = pageQuery<AssetFilters>(['createdAt', 'friendlyName', 'warrantyEndDate'], assetFilters);

interface Deps {
  readonly assets: Repository<Asset>;
  readonly servicePlans: Repository<ServicePlan>;
  readonly findWorkFigures: FindWorkFigures;
  readonly tenantDay: TenantDay;
}

const SORTS = { createdAt: 'id', friendlyName: 'nameKey', warrantyEndDate: 'warrantyEndDate' } as const satisfies Record<string, SortField>;
type Sort = keyof typeof SORTS;

const sortFieldOf = (sort: string): SortField => SORTS[sort.replace('-', '') as Sort];
const sortOf = (sort: string) => toSort(sort.replace(/\w+$/, (field) => SORTS[field as Sort]));

export const listAssets = (deps: Deps) => {
  const { assets, servicePlans, findWorkFigures } = deps;
  const queryOf = createAssetQuery(deps);
  return async ({ caller, query, now }: Call<unknown, PageRequest & AssetFilters>): Promise<Reply> => {
    const { page, pageSize, sort, ...filters } = query;
    const { tenantId } = caller;
    const { wanted, today } = await queryOf(caller, filters, now);
    const inTenant = assets.in(tenantId);
    const plan = await planList(inTenant, wanted, sortFieldOf(sort));
    const found = await inTenant.page({ ...plan, sort: sortOf(sort), page, pageSize });
    const planIds = found.items.flatMap(({ servicePlanId }) => servicePlanId ?? []);
    const ids = found.items.map(({ id }) => id);
    const [plans, figures] = await Promise.all([
      planIds.length === 0 ? [] : servicePlans.in(tenantId).list({ id: { $in: planIds } }, { limit: pageSize }),
      findWorkFigures(tenantId, ids, caller.customerId),
    ]);
    const planOf = new Map(plans.map((plan) => [plan.id, plan]));
    const items = found.items.map((asset) => viewAsset(asset, planOf.get(asset.servicePlanId ?? ''), figures.get(asset.id), today));
    return list({ ...found, items });
  };
};
