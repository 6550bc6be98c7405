import type { EventEnvelope } from '../contracts/event.js';

/** An event that is saved in its aggregate's document and not yet known to be published. */
export interface OutboxEntry {
  readonly tenantId: string;
  readonly aggregateId: string;
  readonly event: EventEnvelope;
}

/** The outboxes of one collection, over all tenants; only the relay and the sweeper read it. */
export interface OutboxStore {
  readonly collection: string;
  /** Entries saved before `olderThan`, oldest first, at most `limit` aggregates. */
  findPending(olderThan: Date, limit: number): Promise<readonly OutboxEntry[]>;
  /** Takes published events out of their documents. */
  remove(entries: readonly OutboxEntry[]): Promise<void>;
  /** For the gauges `outbox_pending` and `outbox_oldest_seconds`. */
  stats(): Promise<{ readonly pending: number; readonly oldest?: Date }>;
}

/** Where a repository hands events right after the write that saved them; never throws, never blocks. */
export interface OutboxRelay {
  offer(store: OutboxStore, entries: readonly OutboxEntry[]): void;
  /** The sweeper looks through every store that is registered. */
  register(store: OutboxStore): void;
}
