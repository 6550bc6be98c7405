import type { Repository } from '@riparo/shared/persistence/repository';
import type { Location } from '../location/location.js';
import { primaryOf, type Holdings } from './holdings.js';

/** Which location is primary, by customer, for any number of customers at once. */
export type FindPrimaries = (tenantId: string, customerIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;

export const createFindPrimaries =
  (holdings: Repository<Holdings>, locations: Repository<Location>): FindPrimaries =>
  async (tenantId, customerIds) => {
    const [ours, theirs] = [locations.in(tenantId), holdings.in(tenantId)];
    const wanted = [...new Set(customerIds)];
    const found = new Map(
      (await theirs.list({ id: { $in: wanted } }, { limit: wanted.length || 1 })).map((holdings) => [holdings.id, holdings]),
    );
    const chosen = [...found.values()].flatMap(({ primaryLocationId }) => primaryLocationId ?? []);
    const standing = new Set((await ours.list({ id: { $in: chosen } }, { limit: chosen.length || 1 })).map(({ id }) => id));

    const primaryFor = async (customerId: string): Promise<string | undefined> => {
      const holdings = found.get(customerId);
      const primary = primaryOf(
        holdings,
        holdings?.primaryLocationId === undefined ? [] : [holdings.primaryLocationId].filter((id) => standing.has(id)),
      );
      if (primary !== undefined) return primary;
      // Only between a command's steps, or after a crash there, is no location chosen that stands.
      const oldest = await ours.list({ customerId }, { sort: { id: 1 }, limit: 1 + (holdings?.removedLocationIds.length ?? 0) });
      return primaryOf(
        holdings,
        oldest.map(({ id }) => id),
      );
    };
    const primaries = await Promise.all(wanted.map(async (customerId) => [customerId, await primaryFor(customerId)] as const));
    return new Map(primaries.flatMap(([customerId, primary]) => (primary === undefined ? [] : [[customerId, primary] as const])));
  };
