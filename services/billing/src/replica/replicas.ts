import type { PublishedCustomer, PublishedSettings, PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { PublishedPart } from '@riparo/shared/contracts/parts.events';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import type { PublishedTicket } from '@riparo/shared/contracts/tickets.events';
import type { Platform } from '@riparo/shared/composition/platform';
import { createReplica, type Replica } from '@riparo/shared/persistence/replica';

/** What this service knows of the things of others. */
export interface Replicas {
  readonly users: Replica<PublishedUser>;
  readonly customers: Replica<PublishedCustomer>;
  /** One entry per tenant, under the tenant's own id. */
  readonly settings: Replica<PublishedSettings>;
  readonly repairs: Replica<PublishedRepair>;
  readonly tickets: Replica<PublishedTicket>;
  readonly parts: Replica<PublishedPart>;
}

export const createReplicas = ({ connection }: Platform): Replicas => {
  const replica = <T extends object>(collection: string): Replica<T> => createReplica<T>({ connection, collection });
  return {
    users: replica('users'),
    customers: replica('customers'),
    settings: replica('settings'),
    repairs: replica('repairs'),
    tickets: replica('tickets'),
    parts: replica('parts'),
  };
};
