import type { PublishedAsset } from '@riparo/shared/contracts/assets.events';
import type { PublishedCustomer, PublishedSettings, PublishedUser } from '@riparo/shared/contracts/auth.events';
import { createReplica, type Replica } from '@riparo/shared/persistence/replica';
import type { Platform } from '@riparo/shared/runtime/platform';

/** Who people are and how to reach them, as auth and assets last told. */
export interface Replicas {
  readonly users: Replica<PublishedUser>;
  readonly customers: Replica<PublishedCustomer>;
  readonly settings: Replica<PublishedSettings>;
  readonly assets: Replica<Pick<PublishedAsset, 'friendlyName'>>;
}

export const createReplicas = ({ connection }: Platform): Replicas => ({
  users: createReplica<PublishedUser>({ connection, collection: 'users', indexes: [{ fields: { customerId: 1, role: 1 } }] }),
  customers: createReplica<PublishedCustomer>({ connection, collection: 'customers' }),
  settings: createReplica<PublishedSettings>({ connection, collection: 'settings' }),
  assets: createReplica<Pick<PublishedAsset, 'friendlyName'>>({ connection, collection: 'assets' }),
});
