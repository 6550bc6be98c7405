import type { EventEnvelope } from '../contracts/event.js';

/** An event that is saved in its aggregate's document and perhaps not published yet. */
export interface OutboxEntry {
  readonly tenantId: string;
  readonly aggregateId: string;
  readonly event: EventEnvelope;
}

/** The outboxes of one collection, over all tenants. Only the relay and the sweeper read it. */
export interface OutboxStore {
  readonly collection: string;
  /** Entries saved before `olderThan`, oldest first, at most `limit` aggregates. */
  findPending(olderThan: Date, limit: number): Promise<readonly OutboxEntry[]>;
  /** Removes published events from their documents. */
  remove(entries: readonly OutboxEntry[]): Promise<void>;
  /** Values of the gauges `outbox_pending` and `outbox_oldest_seconds`. */
  stats(): Promise<{ readonly pending: number; readonly oldest?: Date }>;
}

/** Takes events from a repository right after the write that saved them; never throws, never blocks. */
export interface OutboxRelay {
  offer(store: OutboxStore, entries: readonly OutboxEntry[]): void;
  /** Registers a store that the sweeper must look through. */
  register(store: OutboxStore): void;
}
