import type { Caller } from '@riparo/shared/contracts/caller';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Location } from '../location/location.js';
import type { Repair } from '../replica/repair.js';
import type { Ticket } from '../replica/ticket.js';
import type { ServicePlan } from '../service-plan/service-plan.js';
import { viewPlanOfAsset } from '../service-plan/service-plan.view.js';
import type { TenantDay } from '../tenant-day.js';
import type { Asset } from './asset.js';
import { viewAsset, viewPlace, viewRepair, viewTicket } from './asset.view.js';
import type { FindWorkFigures } from './work-figures.js';

export interface ShowAssetDeps {
  readonly locations: Repository<Location>;
  readonly servicePlans: Repository<ServicePlan>;
  readonly tickets: Replica<Ticket>;
  readonly repairs: Replica<Repair>;
  readonly findWorkFigures: FindWorkFigures;
  readonly tenantDay: TenantDay;
}

/** One screen's worth of truth: what it is, where it is, who uses it, whether it is covered and until when, what is open. */
export type ShowAsset = (caller: Caller, asset: Asset, now: Date) => Promise<object>;

const RECENT = 5;

export const createShowAsset =
  ({ locations, servicePlans, tickets, repairs, findWorkFigures, tenantDay }: ShowAssetDeps): ShowAsset =>
  async (caller, asset, now) => {
    const { tenantId } = caller;
    const theirs = { assetId: asset.id, ...(caller.customerId === undefined ? {} : { customerId: caller.customerId }) };
    const newest = { sort: { createdAt: -1, id: -1 }, limit: RECENT } as const;
    const [today, location, plan, figures, recentTickets, recentRepairs] = await Promise.all([
      tenantDay(tenantId, now),
      locations.in(tenantId).find(asset.locationId),
      asset.servicePlanId === undefined ? undefined : servicePlans.in(tenantId).find(asset.servicePlanId),
      findWorkFigures(tenantId, [asset.id], caller.customerId),
      tickets.in(tenantId).list(theirs, newest),
      repairs.in(tenantId).list(theirs, newest),
    ]);
    return {
      ...viewAsset(asset, plan, figures.get(asset.id), today),
      location: location === undefined ? undefined : viewPlace(location),
      servicePlan: plan === undefined ? undefined : viewPlanOfAsset(plan, today),
      recentTickets: recentTickets.map(viewTicket),
      recentRepairs: recentRepairs.map(viewRepair),
    };
  };
