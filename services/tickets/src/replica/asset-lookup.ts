import type { Caller } from '@riparo/shared/contracts/caller';
import type { PublishedAsset, PublishedLocation } from '@riparo/shared/contracts/assets.events';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { CachedReplica } from '@riparo/shared/persistence/cached-replica';
import type { Replicas } from './replicas.js';

/** Devices and locations, also those of a moment ago whose event is still on its way. */
export interface AssetLookup {
  asset(tenantId: string, id: string): Promise<PublishedAsset | undefined>;
  location(tenantId: string, id: string): Promise<PublishedLocation | undefined>;
  /** How to reach places and to get in, by location; `undefined` when the assets service is away: it is in no replica. */
  access(tenantId: string, locationIds: readonly string[]): Promise<ReadonlyMap<string, Access> | undefined>;
}

/** Locations that one question may name. */
const ACCESS_BATCH = 100;

/** For whoever visits, and nobody else. */
export interface Access {
  readonly phone?: string;
  readonly accessInstructions?: string;
}

type Found = readonly (Access & { readonly id: string })[];

const createAccess =
  (client: InternalClient): AssetLookup['access'] =>
  async (tenantId, locationIds) => {
    const ids = [...new Set(locationIds)];
    const parts = Array.from({ length: Math.ceil(ids.length / ACCESS_BATCH) }, (_, n) =>
      ids.slice(n * ACCESS_BATCH, (n + 1) * ACCESS_BATCH),
    );
    const path = (part: readonly string[]) => `/internal/locations?ids=${part.join(',')}&tenantId=${encodeURIComponent(tenantId)}`;
    try {
      const found = await Promise.all(parts.map((part) => client.get<Found>(path(part))));
      return new Map(found.flat().map(({ id, ...rest }) => [id, rest]));
    } catch (error) {
      if (isDomainError(error) && error.kind === 'unavailable') return undefined;
      throw error;
    }
  };

/** Throws 503 when something is not in the replica and the assets service is away: then nobody can tell. */
export const createAssetLookup = ({ assets, locations }: Pick<Replicas, 'assets' | 'locations'>, client: InternalClient): AssetLookup => {
  const find =
    <T extends object>(replica: CachedReplica<T>, path: string) =>
    async (tenantId: string, id: string): Promise<T | undefined> => {
      const known = await replica.find(tenantId, id);
      if (known !== undefined) return known;
      try {
        const { version, ...value } = await client.get<T & { readonly version: number }>(
          `/internal/${path}/${id}?tenantId=${encodeURIComponent(tenantId)}`,
        );
        await replica.in(tenantId).keep(id, version, value as unknown as T);
        return value as unknown as T;
      } catch (error) {
        if (isDomainError(error) && error.kind === 'not-found') return undefined;
        throw error;
      }
    };
  return { access: createAccess(client), asset: find(assets, 'assets'), location: find(locations, 'locations') };
};

/** The device that work for a customer was about, as this caller may see it: once it is somebody else's, it is not theirs to read of. */
export const deviceFor = <T extends Pick<PublishedAsset, 'customerId'>>(
  { customerId: own }: Caller,
  customerId: string,
  device: T | undefined,
): T | undefined => (own === undefined || device?.customerId === customerId ? device : undefined);
