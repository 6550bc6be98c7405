import type { Caller } from '@riparo/shared/contracts/caller';
import type { PublishedAsset, PublishedLocation } from '@riparo/shared/contracts/assets.events';
import type { PublishedVehicle } from '@riparo/shared/contracts/vehicles.events';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { CachedReplica } from '@riparo/shared/persistence/cached-replica';
import type { Replicas } from './replicas.js';

/** Devices, locations and vehicles, also new ones whose event has not arrived yet. */
export interface AssetLookup {
  asset(tenantId: string, id: string): Promise<PublishedAsset | undefined>;
  location(tenantId: string, id: string): Promise<PublishedLocation | undefined>;
  vehicle(tenantId: string, id: string): Promise<PublishedVehicle | undefined>;
  /** Phone and access notes by location; `undefined` when the assets service is away, because no replica holds them. */
  access(tenantId: string, locationIds: readonly string[]): Promise<ReadonlyMap<string, Access> | undefined>;
}

/** Limit of locations in one request. */
const ACCESS_BATCH = 100;

/** For staff who visit the location, and for nobody else. */
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

/** Throws 503 when the replica lacks the thing and the assets service is away: the thing may exist. */
export const createAssetLookup = (
  { assets, locations, vehicles }: Pick<Replicas, 'assets' | 'locations' | 'vehicles'>,
  client: InternalClient,
): AssetLookup => {
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
  return {
    access: createAccess(client),
    asset: find(assets, 'assets'),
    location: find(locations, 'locations'),
    vehicle: find(vehicles, 'vehicles'),
  };
};

/**
 * The device of a customer's work as the caller may see it. When the device has another owner now, customers do not see
 * it any more; staff do.
 */
export const deviceFor = <T extends Pick<PublishedAsset, 'customerId'>>(
  { customerId: own }: Caller,
  customerId: string,
  device: T | undefined,
): T | undefined => (own === undefined || device?.customerId === customerId ? device : undefined);
