import { noContent } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { refuseStaleVersion } from '@riparo/shared/persistence/if-match';
import type { Repository } from '@riparo/shared/persistence/repository';
import { IN_USE, type Asset } from '../asset/asset.js';
import type { ChangeHoldings } from '../holdings/change-holdings.js';
import { decideRemoval, pendingArrivals } from '../holdings/holdings.js';
import type { ApplyHoldings } from '../holdings/apply-holdings.js';
import { mayNotSee } from '../owner.js';
import type { Location } from './location.js';
import { locationInUse, locationNotFound } from './location.errors.js';

interface Deps {
  readonly locations: Repository<Location>;
  readonly assets: Repository<Asset>;
  readonly changeHoldings: ChangeHoldings;
  readonly applyHoldings: ApplyHoldings;
}

/**
 * Decided in the customer's holdings, which every device on its way to a location passes through first: either the device
 * is seen here, or whoever brings it sees that the location goes.
 */
export const removeLocation =
  ({ locations, assets, changeHoldings, applyHoldings }: Deps) =>
  async ({ caller, params: { id }, ifMatch, now }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId } = caller;
    const location = await locations.in(tenantId).find(id);
    if (location === undefined || mayNotSee(caller, location.customerId)) throw locationNotFound();
    refuseStaleVersion(ifMatch, location.version);

    await changeHoldings(tenantId, location.customerId, async (holdings) => {
      const arriving = holdings.arrivals.filter(({ locationId }) => locationId === id).map(({ assetId }) => assetId);
      const [residents, written] = await Promise.all([
        assets.in(tenantId).count({ locationId: id, status: { $in: IN_USE } }),
        assets.in(tenantId).list({ id: { $in: arriving } }, { limit: arriving.length || 1 }),
      ]);
      const pending = pendingArrivals(holdings, written, now).filter(({ locationId }) => locationId === id);
      if (residents + pending.length > 0) throw locationInUse(residents + pending.length);
      return decideRemoval(holdings, id, now);
    });
    await applyHoldings(tenantId, location.customerId);
    return noContent();
  };
