import type { Address } from '@riparo/shared/http/customer-schema';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { ChangeHoldings } from '../holdings/change-holdings.js';
import { makePrimary, type Holdings } from '../holdings/holdings.js';
import type { FindPrimaries } from '../holdings/find-primaries.js';
import type { ApplyHoldings } from '../holdings/apply-holdings.js';
import { locationAdded, type Location, type LocationFields } from './location.js';

export interface FirstLocationRequest {
  readonly tenantId: string;
  readonly customerId: string;
  readonly address?: Address;
  /** Of the location, should it be made. */
  readonly id: string;
  readonly now: Date;
}

/** Where a customer's things are when nobody says: the primary location; without one, one made from the address, if that is known. */
export type FirstLocation = (request: FirstLocationRequest) => Promise<string | undefined>;

interface Deps {
  readonly locations: Repository<Location>;
  readonly changeHoldings: ChangeHoldings;
  readonly applyHoldings: ApplyHoldings;
  readonly findPrimaries: FindPrimaries;
}

const asLocation = ({ line1, line2, city, state = '', postalCode, country }: Address): LocationFields => ({
  name: line1,
  addressLine1: line1,
  ...(line2 === undefined ? {} : { addressLine2: line2 }),
  city,
  state,
  postalCode,
  country,
});

const chosen = ({ primaryLocationId: id, removedLocationIds }: Holdings): string | undefined =>
  id === undefined || removedLocationIds.includes(id) ? undefined : id;

/** Of several requests at once the holdings let one choose the location's id; whoever comes first then writes it down under that id. */
export const createFirstLocation =
  ({ locations, changeHoldings, applyHoldings, findPrimaries }: Deps): FirstLocation =>
  async ({ tenantId, customerId, address, id, now }) => {
    const primary = (await findPrimaries(tenantId, [customerId])).get(customerId);
    if (primary !== undefined || address === undefined) return primary;
    const holdings = await changeHoldings(tenantId, customerId, async (before) =>
      chosen(before) === undefined ? makePrimary(before, id, now) : before,
    );
    const locationId = chosen(holdings) ?? id;
    await locations.in(tenantId).insert({ id: locationId, customerId, ...asLocation(address), isPrimary: true }, locationAdded);
    await applyHoldings(tenantId, customerId);
    return locationId;
  };
