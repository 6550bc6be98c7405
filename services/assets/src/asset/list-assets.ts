import type { Filter } from 'mongodb';
import { ASSET_CATEGORIES, ASSET_STATUSES, type AssetCategory, type AssetStatus } from '@riparo/shared/contracts/enums';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { line, oneOf, uuid } from '@riparo/shared/http/schemas';
import type { Repository } from '@riparo/shared/persistence/repository';
import { listedCustomer } from '../owner.js';
import { searchFilter } from '../search-words.js';
import type { ServicePlan } from '../service-plan/service-plan.js';
import type { TenantDay } from '../tenant-day.js';
import type { Asset } from './asset.js';
import { viewAsset } from './asset.view.js';
import { COVERAGE_STATUSES, coverageFilter, isInForce, type CoverageStatus, type RunningPlans } from './coverage.js';
import type { FindTicketFigures } from './ticket-figures.js';

interface Filters {
  readonly status?: AssetStatus;
  readonly locationId?: string;
  readonly servicePlanId?: string;
  readonly category?: AssetCategory;
  readonly coverageStatus?: CoverageStatus;
  readonly tag?: string;
  readonly search?: string;
  readonly customerId?: string;
}
export const listAssetsQuery = pageQuery<Filters>(['createdAt', 'friendlyName', 'warrantyEndDate'], {
  status: oneOf(ASSET_STATUSES),
  locationId: uuid(),
  servicePlanId: uuid(),
  category: oneOf(ASSET_CATEGORIES),
  coverageStatus: oneOf(COVERAGE_STATUSES),
  tag: line(50),
  search: line(100),
  customerId: uuid(),
});

interface Deps {
  readonly assets: Repository<Asset>;
  readonly servicePlans: Repository<ServicePlan>;
  readonly findTicketFigures: FindTicketFigures;
  readonly tenantDay: TenantDay;
}

/** Plans that run or will run; a service company has thousands at most. */
const ALL_RUNNING = 10_000;

const SORT_FIELDS: Readonly<Record<string, string>> = { createdAt: 'id', friendlyName: 'nameKey' };
const sortOf = (sort: string) => toSort(sort.replace(/\w+$/, (field) => SORT_FIELDS[field] ?? field));

export const listAssets = ({ assets, servicePlans, findTicketFigures, tenantDay }: Deps) => {
  const runningPlans = async (tenantId: string, customerId: string | undefined, today: string): Promise<RunningPlans> => {
    const filter = { status: 'ACTIVE' as const, endDate: { $gte: today }, ...(customerId === undefined ? {} : { customerId }) };
    const plans = await servicePlans.in(tenantId).list(filter, { sort: { endDate: 1, id: 1 }, limit: ALL_RUNNING });
    const idsOf = (inForce: boolean) => plans.filter((plan) => isInForce(plan, today) === inForce).map(({ id }) => id);
    return { inForce: idsOf(true), notBegun: idsOf(false) };
  };

  return async ({ caller, query, now }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const { page, pageSize, sort, coverageStatus, tag, search, customerId: asked, ...equal } = query;
    const { tenantId } = caller;
    const customerId = listedCustomer(caller, asked);
    const today = await tenantDay(tenantId, now);
    const coverage = coverageStatus && coverageFilter(coverageStatus, await runningPlans(tenantId, customerId, today), today);
    const conditions = [
      { ...equal, ...(customerId === undefined ? {} : { customerId }), ...(tag === undefined ? {} : { tags: tag }) },
      ...(search === undefined ? [] : [searchFilter(search)]),
      ...(coverage === undefined ? [] : [coverage]),
    ];
    const filter = (conditions.length === 1 ? conditions[0] : { ...conditions[0], $and: conditions.slice(1) }) as Filter<Asset>;
    const found = await assets.in(tenantId).page({ filter, sort: sortOf(sort), page, pageSize });
    const planIds = found.items.flatMap(({ servicePlanId }) => servicePlanId ?? []);
    const [plans, figures] = await Promise.all([
      planIds.length === 0 ? [] : servicePlans.in(tenantId).list({ id: { $in: planIds } }, { limit: pageSize }),
      findTicketFigures(
        tenantId,
        found.items.map(({ id }) => id),
        caller.customerId,
      ),
    ]);
    const planOf = new Map(plans.map((plan) => [plan.id, plan]));
    return list({
      ...found,
      items: found.items.map((asset) => viewAsset(asset, planOf.get(asset.servicePlanId ?? ''), figures.get(asset.id), today)),
    });
  };
};
