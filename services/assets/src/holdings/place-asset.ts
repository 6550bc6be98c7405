import type { Repository } from '@riparo/shared/persistence/repository';
import { IN_USE, type Asset } from '../asset/asset.js';
import { isInForce } from '../asset/coverage.js';
import type { Location } from '../location/location.js';
import { locationNotFound } from '../location/location.errors.js';
import { servicePlanFull } from '../service-plan/service-plan.errors.js';
import type { ServicePlan } from '../service-plan/service-plan.js';
import type { TenantDay } from '../tenant-day.js';
import type { ChangeHoldings } from './change-holdings.js';
import { expectArrival, forgetArrivals, pendingArrivals, type Arrival, type Holdings } from './holdings.js';

export interface Placement {
  readonly tenantId: string;
  readonly customerId: string;
  readonly assetId: string;
  /** The device's version, 0 for a new one; `write` must write that version or fail. */
  readonly assetVersion: number;
  readonly locationId: string;
  /** A plan to put it into; `auto`: the first that takes new devices by itself and has room; left out: none. */
  readonly plan?: ServicePlan | 'auto';
  readonly now: Date;
}

/**
 * Brings a device to a place and into a plan: admitted by the customer's holdings first, then written, so that neither a
 * location that is being removed nor a plan's limit can be missed, however many commands run at once.
 */
export type PlaceAsset = (placement: Placement, write: (servicePlanId: string | undefined) => Promise<Asset>) => Promise<Asset>;

export interface PlaceAssetDeps {
  readonly changeHoldings: ChangeHoldings;
  readonly locations: Repository<Location>;
  readonly assets: Repository<Asset>;
  readonly servicePlans: Repository<ServicePlan>;
  readonly tenantDay: TenantDay;
}

/** More plans than one customer has at a time. */
const ALL_PLANS = 200;

export const createPlaceAsset = ({ changeHoldings, locations, assets, servicePlans, tenantDay }: PlaceAssetDeps): PlaceAsset => {
  const hasRoom = async ({ tenantId, assetId }: Placement, plan: ServicePlan, pending: readonly Arrival[]): Promise<boolean> => {
    if (plan.maxAssets === undefined) return true;
    const arriving = pending
      .filter((arrival) => arrival.servicePlanId === plan.id && arrival.assetId !== assetId)
      .map((arrival) => arrival.assetId);
    const others = { servicePlanId: plan.id, status: { $in: IN_USE }, id: { $nin: [...arriving, assetId] } };
    return (await assets.in(tenantId).count(others)) + arriving.length < plan.maxAssets;
  };

  const choosePlan = async (placement: Placement, pending: readonly Arrival[]): Promise<ServicePlan | undefined> => {
    const { tenantId, customerId, plan, now } = placement;
    if (plan === undefined) return undefined;
    if (plan !== 'auto') {
      if (await hasRoom(placement, plan, pending)) return plan;
      throw servicePlanFull(plan.maxAssets ?? 0);
    }
    const today = await tenantDay(tenantId, now);
    const running = await servicePlans.in(tenantId).list({ customerId, status: 'ACTIVE' }, { sort: { id: 1 }, limit: ALL_PLANS });
    for (const candidate of running) {
      if (candidate.autoCoverNewAssets && isInForce(candidate, today) && (await hasRoom(placement, candidate, pending))) return candidate;
    }
    return undefined;
  };

  const admit = async (holdings: Holdings, placement: Placement): Promise<Holdings> => {
    const { tenantId, customerId, assetId, assetVersion, locationId, now } = placement;
    const location = await locations.in(tenantId).find(locationId);
    if (location?.customerId !== customerId || holdings.removedLocationIds.includes(locationId)) throw locationNotFound();
    const expected = holdings.arrivals.map((arrival) => arrival.assetId);
    const written = await assets.in(tenantId).list({ id: { $in: expected } }, { limit: expected.length || 1 });
    const arrivals = pendingArrivals(holdings, written, now);
    const servicePlanId = (await choosePlan(placement, arrivals))?.id;
    return expectArrival({ ...holdings, arrivals }, { assetId, assetVersion, locationId, servicePlanId, at: now });
  };

  return async (placement, write) => {
    const { tenantId, customerId, assetId } = placement;
    const holdings = await changeHoldings(tenantId, customerId, (before) => admit(before, placement));
    try {
      return await write(holdings.arrivals.find((arrival) => arrival.assetId === assetId)?.servicePlanId);
    } catch (error) {
      // It does not come; without this its place would stay taken until the arrival times out.
      await changeHoldings(tenantId, customerId, async (before) => forgetArrivals(before, [assetId]));
      throw error;
    }
  };
};
