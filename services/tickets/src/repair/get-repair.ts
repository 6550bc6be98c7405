import type { Caller } from '@riparo/shared/contracts/caller';
import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { compact } from '@riparo/shared/json/compact';
import { MAX_WITH_SUBJECT, viewActivities, visibleActivities } from '../conversation/timeline.view.js';
import type { RepairCall } from './change-repair.js';
import type { RepairDeps } from './dependencies.js';
import { visibleTo } from './repair.access.js';
import { viewRepair } from './repair.view.js';
import type { RepairState } from './repair.js';
import { deviceFor } from '../replica/asset-lookup.js';
import { offerClaims } from './warranty/offer-claims.js';

/** The device and its location, as far as the replicas know them. */
const whereabouts = async (
  { replicas }: Pick<RepairDeps, 'replicas'>,
  caller: Caller,
  { customerId, assetId, locationId }: Pick<RepairState, 'customerId' | 'assetId' | 'locationId'>,
) => {
  const { tenantId } = caller;
  const [device, location] = await Promise.all([
    assetId === undefined ? undefined : replicas.assets.find(tenantId, assetId),
    locationId === undefined ? undefined : replicas.locations.find(tenantId, locationId),
  ]);
  const asset = deviceFor(caller, customerId, device);
  const ours = { version: undefined, customerId: undefined };
  return {
    ...(asset === undefined ? {} : { asset: compact({ ...asset, ...ours }) }),
    ...(location === undefined ? {} : { location: compact({ ...location, ...ours, removed: undefined }) }),
  };
};

/** `GET /repairs/:id`: the repair with the newest entries of its timeline. */
export const getRepair =
  (deps: Pick<RepairDeps, 'repairs' | 'replicas' | 'appointmentOf' | 'claims' | 'rulesOf'>) =>
  async ({ caller, params: { id } }: RepairCall): Promise<Reply> => {
    const { activities, ...repair } = visibleTo(caller, await deps.repairs.in(caller.tenantId).findWhole(id));
    const visible = visibleActivities(caller, activities);
    const [view, known, shown, appointment, offer] = await Promise.all([
      viewRepair(deps.replicas, caller, repair),
      whereabouts(deps, caller, repair),
      viewActivities(deps.replicas, caller, { repairId: id }, visible.slice(-MAX_WITH_SUBJECT)),
      deps.appointmentOf(caller, [id]),
      offerClaims(deps, caller, repair),
    ]);
    return ok({
      ...view,
      ...known,
      ...offer,
      ...(appointment === undefined ? {} : { appointment }),
      activities: shown,
      activityCount: visible.length,
    });
  };
