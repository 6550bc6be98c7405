import type { Clock } from '@riparo/shared/runtime/clock';
import type { Repository } from '@riparo/shared/persistence/repository';
import { announcePrimary, removeLocation, type Location } from '../location/location.js';
import type { ChangeHoldings } from './change-holdings.js';
import { primaryOf, type Holdings } from './holdings.js';

/** More than a customer can have (location/add-location.ts). */
const ALL_LOCATIONS = 1_000;

export interface ApplyHoldingsDeps {
  readonly locations: Repository<Location>;
  readonly changeHoldings: ChangeHoldings;
  readonly clock: Clock;
}

/** Brings about what a customer's holdings have decided: removes locations' documents and announces which one is primary. Can be repeated. */
export type ApplyHoldings = (tenantId: string, customerId: string) => Promise<void>;

export const createApplyHoldings = ({ locations, changeHoldings, clock }: ApplyHoldingsDeps): ApplyHoldings => {
  const removeDecided = async (tenantId: string, holdings: Holdings): Promise<void> => {
    for (const id of holdings.removedLocationIds)
      await locations.in(tenantId).update(id, (location) => removeLocation(location, clock.now()));
  };
  return async (tenantId, customerId) => {
    await changeHoldings(tenantId, customerId, async (holdings) => {
      await removeDecided(tenantId, holdings);
      const ours = locations.in(tenantId);
      const live = await ours.list({ customerId }, { sort: { id: 1 }, limit: ALL_LOCATIONS });
      const primary = primaryOf(
        holdings,
        live.map(({ id }) => id),
      );
      for (const { id, isPrimary } of live) {
        if (isPrimary !== (id === primary)) await ours.update(id, (location) => announcePrimary(location, id === primary));
      }
      return { ...holdings, primaryLocationId: primary, removedLocationIds: [], unsettledSince: undefined };
    });
  };
};
