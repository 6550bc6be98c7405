import type { PublishedAsset } from '@riparo/shared/contracts/assets.events';
import type { PublishedCustomer, PublishedSettings, PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { IndexDeclaration } from '@riparo/shared/persistence/indexes';
import { createCachedReplica, type CachedReplica } from '@riparo/shared/persistence/cached-replica';
import { createReplica } from '@riparo/shared/persistence/replica';
import type { Platform } from '@riparo/shared/composition/platform';

/** Who people are and how to reach them, and what things are called. */
export interface Replicas {
  readonly users: CachedReplica<PublishedUser>;
  readonly customers: CachedReplica<PublishedCustomer>;
  /** Under the tenant's own id. */
  readonly settings: CachedReplica<PublishedSettings>;
  readonly assets: CachedReplica<Pick<PublishedAsset, 'friendlyName'>>;
  /** Tickets that are, or once were, merged into another. */
  readonly mergedTickets: CachedReplica<MergedTicket>;
}

export interface MergedTicket {
  /** Missing once it is one of its own again. */
  readonly intoId?: string;
  readonly authorUserId: string;
}

/**
 * For how long, in ms, another instance's news may go unnoticed in what a burst of messages reads over and over. What
 * this instance hears itself counts at once.
 */
export const STALE_MS = 2_000;

export const createReplicas = ({ connection }: Platform): Replicas => {
  const cached = <T extends object>(collection: string, indexes: readonly IndexDeclaration[] = []): CachedReplica<T> =>
    createCachedReplica(createReplica<T>({ connection, collection, indexes }), { staleMs: STALE_MS });
  return {
    users: cached<PublishedUser>('users', [
      { fields: { customerId: 1, role: 1 } },
      { fields: { role: 1 } },
      { fields: { role: 1, id: 1 } },
      { fields: { email: 1 } },
    ]),
    customers: cached<PublishedCustomer>('customers', [{ fields: { id: 1 } }]),
    settings: cached<PublishedSettings>('settings'),
    assets: cached<Pick<PublishedAsset, 'friendlyName'>>('assets'),
    mergedTickets: cached<MergedTicket>('mergedTickets', [{ fields: { intoId: 1 }, partial: { intoId: { $exists: true } } }]),
  };
};
