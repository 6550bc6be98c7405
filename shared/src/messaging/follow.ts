import type { EventEnvelope } from '../contracts/event.js';
import type { TenantReplica } from '../persistence/replica.js';
import type { EventHandler } from './bus.js';

/** What a copy is kept in: a `Replica` or a `CachedReplica`. */
export interface Followed<T> {
  in(tenantId: string): Pick<TenantReplica<T>, 'keep'>;
}

/**
 * `onEach(userEvents, follow(users, ({ user }) => user))`: keeps what an event tells if it is newer than what is known.
 * `pick` takes the copy out of the event's data. `id` is the id of the copy; default: the event's subject, which is the
 * id of what the event is about.
 */
export const follow =
  <D, T extends object>(
    replica: Followed<T>,
    pick: (data: D) => T,
    id: (event: EventEnvelope<D>) => string = ({ subject }) => subject,
  ): EventHandler<D> =>
  async (event) => {
    await replica.in(event.tenantid).keep(id(event), event.aggregateversion, pick(event.data));
  };
