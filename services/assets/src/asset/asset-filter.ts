import { ASSET_CATEGORIES, ASSET_STATUSES, type AssetCategory, type AssetStatus } from '@riparo/shared/contracts/enums';
import type { Caller } from '@riparo/shared/contracts/caller';
import { line, oneOf, uuid } from '@riparo/shared/http/schemas';
import { searchText } from '@riparo/shared/http/search';
import { searchConditions } from '@riparo/shared/text/search-words';
import type { Repository } from '@riparo/shared/persistence/repository';
import { listedCustomer } from '../owner.js';
import type { ServicePlan } from '../service-plan/service-plan.js';
import type { TenantDay } from '../tenant-day.js';
import { COVERAGE_STATUSES, coverageAlternatives, coverageFilter, isInForce, type CoverageStatus, type PlansOfDay } from './coverage.js';
import type { AssetConditions } from './plan-list.js';

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
  search: searchText('name, brand, model and serial number (any part of it, three characters or longer)'),
  customerId: uuid(),
};

interface Deps {
  readonly servicePlans: Repository<ServicePlan>;
  readonly tenantDay: TenantDay;
}

/** Plans that run or will run; a service company has thousands at most. */
const ALL_RUNNING = 10_000;
/** Of those that have ended, more are not named in a question. */
const MAX_ENDED = 2_000;

const plansOf = async ({ servicePlans }: Deps, tenantId: string, customerId: string | undefined, today: string): Promise<PlansOfDay> => {
  const inTenant = servicePlans.in(tenantId);
  const theirs = customerId === undefined ? {} : { customerId };
  const [running, ended] = await Promise.all([
    inTenant.list({ status: 'ACTIVE', endDate: { $gte: today }, ...theirs }, { sort: { endDate: 1, id: 1 }, limit: ALL_RUNNING }),
    inTenant.list({ $or: [{ status: { $ne: 'ACTIVE' } }, { endDate: { $lt: today } }], ...theirs }, { limit: MAX_ENDED + 1 }),
  ]);
  const idsOf = (inForce: boolean) => running.filter((plan) => isInForce(plan, today) === inForce).map(({ id }) => id);
  return {
    inForce: idsOf(true),
    notBegun: idsOf(false),
    ...(ended.length > MAX_ENDED ? {} : { ended: ended.map(({ id }) => id) }),
  };
};

export interface AssetQuery {
  readonly wanted: AssetConditions;
  readonly today: string;
}

/** What a caller's filters ask for, on a day in the tenant's time zone. */
export const createAssetQuery =
  (deps: Deps) =>
  async (caller: Caller, filters: AssetFilters, now: Date): Promise<AssetQuery> => {
    const { coverageStatus, search, customerId: asked, ...plain } = filters;
    const customerId = listedCustomer(caller, asked);
    const today = await deps.tenantDay(caller.tenantId, now);
    const plans = coverageStatus && (await plansOf(deps, caller.tenantId, customerId, today));
    const alternatives = plans && coverageAlternatives(coverageStatus, plans, today);
    return {
      wanted: {
        ...plain,
        ...(customerId === undefined ? {} : { customerId }),
        words: search === undefined ? [] : searchConditions('searchWords', search),
        ...(plans && { coverage: { condition: coverageFilter(coverageStatus, plans, today), ...(alternatives && { alternatives }) } }),
      },
      today,
    };
  };
