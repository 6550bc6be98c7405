import type { Logger } from 'pino';
import type { OutboxEntry, OutboxStore } from '../persistence/outbox-store.js';
import type { Bus } from './bus.js';

/**
 * Milliseconds. Published events are removed from their documents in batches, so that many events under load cost one
 * write. The first event opens a window of 5 ms; 100 events close it at once. 250 events of one collection that are
 * published within 5 ms are removed by three writes.
 */
const REMOVE_WINDOW_MS = 5;
const REMOVE_BATCH = 100;

export interface LanesOptions {
  readonly bus: Bus;
  readonly log: Logger;
  /** Aggregates whose events are published at the same time. */
  readonly concurrency: number;
  /**
   * Called when an event of the aggregate could not be published. The aggregate's further events in memory are dropped;
   * all stay in the outbox.
   */
  readonly onFailure: (aggregate: string, error: unknown) => void;
  /** Called when all events of the aggregate that were in memory are published. */
  readonly onSuccess: (aggregate: string) => void;
}

/**
 * Publishes events: one after the other within an aggregate, side by side across aggregates. An aggregate with events
 * waiting has one lane.
 *
 * Ticket A has the events A1, A2, A3 and ticket B has B1; `concurrency` is 64. A1 and B1 are published at the same
 * time. A2 follows when A1 is safe on the bus. When A2 fails, lane A ends: A1 is removed from its document, A2 and A3
 * stay in the outbox for the sweeper, B1 is not touched.
 */
export interface Lanes {
  add(store: OutboxStore, entry: OutboxEntry): void;
  /** True while the event is in memory: waiting, being published, or being removed from its document. */
  holds(entry: OutboxEntry): boolean;
  size(): number;
  /** Resolves as soon as no event is held. */
  idle(): Promise<void>;
}

/** Key of an aggregate across collections and tenants. */
export const aggregateOf = (store: OutboxStore, entry: OutboxEntry): string => `${store.collection}|${entry.tenantId}|${entry.aggregateId}`;

interface Lane {
  readonly aggregate: string;
  readonly store: OutboxStore;
  readonly entries: OutboxEntry[];
}

/** Removes published events from their documents some milliseconds later, many in one write. */
const createRemover = (log: Logger, onRemoved: (entries: readonly OutboxEntry[]) => void) => {
  const batches = new Map<OutboxStore, OutboxEntry[]>();
  const flush = async (store: OutboxStore): Promise<void> => {
    const entries = batches.get(store) ?? [];
    batches.delete(store);
    if (entries.length === 0) return;
    try {
      await store.remove(entries);
    } catch (error) {
      log.warn(
        { err: error, collection: store.collection, count: entries.length },
        'published events not taken out of the outbox: they will be published again',
      );
    }
    onRemoved(entries);
  };
  return (store: OutboxStore, entry: OutboxEntry): void => {
    const batch = batches.get(store);
    if (batch === undefined) {
      batches.set(store, [entry]);
      setTimeout(() => void flush(store), REMOVE_WINDOW_MS);
    } else if (batch.push(entry) >= REMOVE_BATCH) void flush(store);
  };
};

export const createLanes = ({ bus, log, concurrency, onFailure, onSuccess }: LanesOptions): Lanes => {
  const lanes = new Map<string, Lane>();
  const ready: Lane[] = [];
  const held = new Set<string>();
  let idlers: (() => void)[] = [];
  let running = 0;

  const release = (entries: readonly OutboxEntry[]): void => {
    for (const { event } of entries) held.delete(event.id);
    if (held.size > 0) return;
    for (const resolve of idlers) resolve();
    idlers = [];
  };
  const removeLater = createRemover(log, release);

  const drain = async ({ aggregate, store, entries }: Lane): Promise<void> => {
    for (let entry = entries[0]; entry !== undefined; entry = entries[0]) {
      try {
        await bus.publish(entry.event);
      } catch (error) {
        lanes.delete(aggregate);
        onFailure(aggregate, error);
        release(entries);
        return;
      }
      entries.shift();
      removeLater(store, entry);
    }
    lanes.delete(aggregate);
    onSuccess(aggregate);
  };

  const next = (): void => {
    while (running < concurrency) {
      const lane = ready.shift();
      if (lane === undefined) return;
      running++;
      void drain(lane).finally(() => {
        running--;
        next();
      });
    }
  };

  return {
    add: (store, entry) => {
      held.add(entry.event.id);
      const aggregate = aggregateOf(store, entry);
      const lane = lanes.get(aggregate);
      if (lane !== undefined) {
        lane.entries.push(entry);
        return;
      }
      const opened = { aggregate, store, entries: [entry] };
      lanes.set(aggregate, opened);
      ready.push(opened);
      next();
    },
    holds: ({ event }) => held.has(event.id),
    size: () => held.size,
    idle: () => (held.size === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
  };
};
