import type { Repository } from '@riparo/shared/persistence/repository';
import { IN_USE, type Asset } from '../asset/asset.js';
import type { TenantDay } from '../tenant-day.js';
import type { FindCoveredCounts } from './covered-counts.js';
import type { ServicePlan } from './service-plan.js';
import { viewServicePlan } from './service-plan.view.js';

export interface ShowServicePlanDeps {
  readonly assets: Repository<Asset>;
  readonly findCoveredCounts: FindCoveredCounts;
  readonly tenantDay: TenantDay;
}

/** The detail lists this many devices; `GET /assets?servicePlanId=` pages through all of them. */
const LISTED_ASSETS = 500;

const viewCovered = ({ id, friendlyName, category, brand, model, serialNumber, status }: Asset) => ({
  id,
  friendlyName,
  category,
  brand,
  model,
  serialNumber,
  status,
});

/** A plan with the devices it covers. */
export const showServicePlan = async (
  { assets, findCoveredCounts, tenantDay }: ShowServicePlanDeps,
  tenantId: string,
  plan: ServicePlan,
  now: Date,
) => {
  const [today, counts, covered] = await Promise.all([
    tenantDay(tenantId, now),
    findCoveredCounts(tenantId, [plan.id]),
    assets.in(tenantId).list({ servicePlanId: plan.id, status: { $in: IN_USE } }, { sort: { id: -1 }, limit: LISTED_ASSETS }),
  ]);
  return { ...viewServicePlan(plan, today, counts.get(plan.id) ?? 0), coveredAssets: covered.map(viewCovered) };
};
