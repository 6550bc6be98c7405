import type { PublishedAsset, PublishedLocation } from '@riparo/shared/contracts/assets.events';
import type { PublishedCustomer, PublishedSettings, PublishedUser } from '@riparo/shared/contracts/auth.events';
import { createReplica, type Replica } from '@riparo/shared/persistence/replica';
import type { Platform } from '@riparo/shared/runtime/platform';
import { cachedReplica, type CachedReplica } from './cached-replica.js';

/** What this service knows of the others' things. */
export interface Replicas {
  readonly users: CachedReplica<PublishedUser>;
  readonly customers: CachedReplica<PublishedCustomer>;
  readonly assets: CachedReplica<PublishedAsset>;
  readonly locations: CachedReplica<PublishedLocation>;
  /** One entry per tenant, under the tenant's own id. */
  readonly settings: CachedReplica<PublishedSettings>;
  ensureIndexes(): Promise<void>;
}

export const createReplicas = ({ connection }: Platform): Replicas => {
  const stores: Replica<never>[] = [];
  const replica = <T extends object>(collection: string): CachedReplica<T> => {
    const store = createReplica<T>({ connection, collection });
    stores.push(store as unknown as Replica<never>);
    return cachedReplica(store);
  };
  return {
    users: replica('replica_users'),
    customers: replica('replica_customers'),
    assets: replica('replica_assets'),
    locations: replica('replica_locations'),
    settings: replica('replica_settings'),
    ensureIndexes: async () => {
      await Promise.all(stores.map((store) => store.ensureIndexes()));
    },
  };
};

/** As people call a customer. */
export const customerName = ({ name, surname }: PublishedCustomer): string => (surname === undefined ? name : `${name} ${surname}`);
