import type { EventEnvelope } from '../../src/contracts/event.js';
import type { OutboxEntry, OutboxStore } from '../../src/persistence/outbox-store.js';

/** An outbox in memory that can fail, and that tells what was asked of it. */
export interface MemoryOutbox {
  readonly store: OutboxStore;
  readonly asked: { findPending: number; remove: number };
  /** What `findPending` and `remove` do: set to make them fail. */
  readonly faults: { findPending?: Error; remove?: Error };
  /** Saves events as a repository does, and answers the entries to offer. */
  save(...events: readonly EventEnvelope[]): readonly OutboxEntry[];
  pending(): readonly string[];
}

export const createMemoryOutbox = (collection = 'walls'): MemoryOutbox => {
  const saved: OutboxEntry[] = [];
  const faults: MemoryOutbox['faults'] = {};
  const asked = { findPending: 0, remove: 0 };
  const store: OutboxStore = {
    collection,
    findPending: (olderThan, limit) => {
      asked.findPending++;
      if (faults.findPending !== undefined) return Promise.reject(faults.findPending);
      const old = saved.filter(({ event }) => event.time < olderThan.toISOString());
      const aggregates = [...new Set(old.map(({ aggregateId }) => aggregateId))].slice(0, limit);
      return Promise.resolve(old.filter(({ aggregateId }) => aggregates.includes(aggregateId)));
    },
    remove: (entries) => {
      asked.remove++;
      if (faults.remove !== undefined) return Promise.reject(faults.remove);
      for (const { event } of entries) {
        const index = saved.findIndex((entry) => entry.event.id === event.id);
        if (index >= 0) saved.splice(index, 1);
      }
      return Promise.resolve();
    },
    stats: () => {
      const oldest = saved[0]?.event.time;
      return Promise.resolve({ pending: saved.length, ...(oldest === undefined ? {} : { oldest: new Date(oldest) }) });
    },
  };
  return {
    store,
    asked,
    faults,
    save: (...events) => {
      const entries = events.map((event) => ({ tenantId: event.tenantid, aggregateId: event.subject, event }));
      saved.push(...entries);
      return entries;
    },
    pending: () => saved.map(({ event }) => event.id),
  };
};
