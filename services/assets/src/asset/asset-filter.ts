import type { Filter } from 'mongodb';
import { ASSET_CATEGORIES, ASSET_STATUSES, type AssetCategory, type AssetStatus } from '@riparo/shared/contracts/enums';
import type { Caller } from '@riparo/shared/contracts/caller';
import { line, oneOf, uuid } from '@riparo/shared/http/schemas';
import type { Repository } from '@riparo/shared/persistence/repository';
import { listedCustomer } from '../owner.js';
import { searchFilter } from '../search-words.js';
import type { ServicePlan } from '../service-plan/service-plan.js';
import type { TenantDay } from '../tenant-day.js';
import type { Asset } from './asset.js';
import { COVERAGE_STATUSES, coverageFilter, isInForce, type CoverageStatus, type RunningPlans } from './coverage.js';

export interface AssetFilters {
  readonly status?: AssetStatus;
  readonly locationId?: string;
  readonly servicePlanId?: string;
  readonly category?: AssetCategory;
  readonly coverageStatus?: CoverageStatus;
  readonly tag?: string;
  readonly search?: string;
  readonly customerId?: string;
}
export const assetFilters = {
  status: oneOf(ASSET_STATUSES),
  locationId: uuid(),
  servicePlanId: uuid(),
  category: oneOf(ASSET_CATEGORIES),
  coverageStatus: oneOf(COVERAGE_STATUSES),
  tag: line(50),
  search: line(100),
  customerId: uuid(),
};

interface Deps {
  readonly servicePlans: Repository<ServicePlan>;
  readonly tenantDay: TenantDay;
}

/** Plans that run or will run; a service company has thousands at most. */
const ALL_RUNNING = 10_000;

const runningPlans = async (
  { servicePlans }: Deps,
  tenantId: string,
  customerId: string | undefined,
  today: string,
): Promise<RunningPlans> => {
  const filter = { status: 'ACTIVE' as const, endDate: { $gte: today }, ...(customerId === undefined ? {} : { customerId }) };
  const plans = await servicePlans.in(tenantId).list(filter, { sort: { endDate: 1, id: 1 }, limit: ALL_RUNNING });
  const idsOf = (inForce: boolean) => plans.filter((plan) => isInForce(plan, today) === inForce).map(({ id }) => id);
  return { inForce: idsOf(true), notBegun: idsOf(false) };
};

export interface AssetQuery {
  readonly filter: Filter<Asset>;
  readonly today: string;
}

/** What a caller's filters ask of the database, on a day in the tenant's time zone. */
export const createAssetQuery =
  (deps: Deps) =>
  async (caller: Caller, filters: AssetFilters, now: Date): Promise<AssetQuery> => {
    const { coverageStatus, tag, search, customerId: asked, ...equal } = filters;
    const customerId = listedCustomer(caller, asked);
    const today = await deps.tenantDay(caller.tenantId, now);
    const coverage = coverageStatus && coverageFilter(coverageStatus, await runningPlans(deps, caller.tenantId, customerId, today), today);
    const plain = { ...equal, ...(customerId === undefined ? {} : { customerId }), ...(tag === undefined ? {} : { tags: tag }) };
    const more = [...(search === undefined ? [] : [searchFilter(search)]), ...(coverage === undefined ? [] : [coverage])];
    return { filter: more.length === 0 ? plain : { ...plain, $and: more }, today };
  };
