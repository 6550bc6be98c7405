import { stale } from '@riparo/shared/errors/common-errors';
import { noContent } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { IN_USE, type Asset } from '../asset/asset.js';
import type { ChangeEstate } from '../estate/change-estate.js';
import { decideRemoval, pendingArrivals } from '../estate/estate.js';
import type { ApplyEstate } from '../estate/apply-estate.js';
import { mayNotSee } from '../owner.js';
import type { Location } from './location.js';
import { locationInUse, locationNotFound } from './location.errors.js';

interface Deps {
  readonly locations: Repository<Location>;
  readonly assets: Repository<Asset>;
  readonly changeEstate: ChangeEstate;
  readonly applyEstate: ApplyEstate;
}

/**
 * Decided in the customer's estate, which every device on its way to a location passes through first: either the device
 * is seen here, or whoever brings it sees that the location goes.
 */
export const removeLocation =
  ({ locations, assets, changeEstate, applyEstate }: Deps) =>
  async ({ caller, params: { id }, ifMatch, now }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId } = caller;
    const location = await locations.in(tenantId).find(id);
    if (location === undefined || mayNotSee(caller, location.customerId)) throw locationNotFound();
    if (ifMatch !== undefined && ifMatch !== location.version) throw stale(location.version);

    await changeEstate(tenantId, location.customerId, async (estate) => {
      const arriving = estate.arrivals.filter(({ locationId }) => locationId === id).map(({ assetId }) => assetId);
      const [residents, written] = await Promise.all([
        assets.in(tenantId).count({ locationId: id, status: { $in: IN_USE } }),
        assets.in(tenantId).list({ id: { $in: arriving } }, { limit: arriving.length || 1 }),
      ]);
      const pending = pendingArrivals(estate, written, now).filter(({ locationId }) => locationId === id);
      if (residents + pending.length > 0) throw locationInUse(residents + pending.length);
      return decideRemoval(estate, id, now);
    });
    await applyEstate(tenantId, location.customerId);
    return noContent();
  };
