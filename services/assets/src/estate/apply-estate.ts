import type { Clock } from '@riparo/shared/runtime/clock';
import type { Repository } from '@riparo/shared/persistence/repository';
import { announcePrimary, removeLocation, type Location } from '../location/location.js';
import type { ChangeEstate } from './change-estate.js';
import { primaryOf, type Estate } from './estate.js';

/** More than a customer can have (location/add-location.ts). */
const ALL_LOCATIONS = 1_000;

export interface ApplyEstateDeps {
  readonly locations: Repository<Location>;
  readonly changeEstate: ChangeEstate;
  readonly clock: Clock;
}

/** Brings about what an estate has decided: removes locations' documents and announces which one is primary. Can be repeated. */
export type ApplyEstate = (tenantId: string, customerId: string) => Promise<void>;

export const createApplyEstate = ({ locations, changeEstate, clock }: ApplyEstateDeps): ApplyEstate => {
  const removeDecided = async (tenantId: string, estate: Estate): Promise<void> => {
    for (const id of estate.removedLocationIds)
      await locations.in(tenantId).update(id, (location) => removeLocation(location, clock.now()));
  };
  return async (tenantId, customerId) => {
    await changeEstate(tenantId, customerId, async (estate) => {
      await removeDecided(tenantId, estate);
      const ours = locations.in(tenantId);
      const live = await ours.list({ customerId }, { sort: { id: 1 }, limit: ALL_LOCATIONS });
      const primary = primaryOf(
        estate,
        live.map(({ id }) => id),
      );
      for (const { id, isPrimary } of live) {
        if (isPrimary !== (id === primary)) await ours.update(id, (location) => announcePrimary(location, id === primary));
      }
      return { ...estate, primaryLocationId: primary, removedLocationIds: [], unsettledSince: undefined };
    });
  };
};
