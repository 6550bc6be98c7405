import type { PublishedAsset } from '@riparo/shared/contracts/assets.events';
import type { PublishedCustomer, PublishedSettings, PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { IndexDeclaration } from '@riparo/shared/persistence/indexes';
import { createReplica, type Replica } from '@riparo/shared/persistence/replica';
import type { Platform } from '@riparo/shared/composition/platform';
import { createRecent, type Recent } from './recent.js';

/** What another service owns, as it last told. */
export interface Followed<T> extends Pick<Recent<T>, 'find'> {
  readonly replica: Replica<T>;
  keep(tenantId: string, id: string, version: number, value: T): Promise<void>;
}

/** Who people are and how to reach them, and what things are called. */
export interface Replicas {
  readonly users: Followed<PublishedUser>;
  readonly customers: Followed<PublishedCustomer>;
  /** Under the tenant's own id. */
  readonly settings: Followed<PublishedSettings>;
  readonly assets: Followed<Pick<PublishedAsset, 'friendlyName'>>;
  /** Tickets that are, or once were, merged into another. */
  readonly mergedTickets: Followed<MergedTicket>;
}

export interface MergedTicket {
  /** Missing once it is one of its own again. */
  readonly intoId?: string;
  readonly authorUserId: string;
}

export const createReplicas = ({ connection }: Platform): Replicas => {
  const follow = <T extends object>(collection: string, indexes: readonly IndexDeclaration[] = []): Followed<T> => {
    const replica = createReplica<T>({ connection, collection, indexes });
    const recent = createRecent<T>((tenantId, id) => replica.in(tenantId).find(id));
    return {
      replica,
      find: recent.find,
      keep: async (tenantId, id, version, value) => {
        await replica.in(tenantId).keep(id, version, value);
        recent.forget(tenantId, id);
      },
    };
  };
  return {
    users: follow<PublishedUser>('users', [{ fields: { customerId: 1, role: 1 } }, { fields: { role: 1 } }]),
    customers: follow<PublishedCustomer>('customers'),
    settings: follow<PublishedSettings>('settings'),
    assets: follow<Pick<PublishedAsset, 'friendlyName'>>('assets'),
    mergedTickets: follow<MergedTicket>('mergedTickets', [{ fields: { intoId: 1 }, partial: { intoId: { $exists: true } } }]),
  };
};
