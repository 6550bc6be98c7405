import type { Logger } from 'pino';
import { Gauge, type Registry } from 'prom-client';
import type { OutboxStore } from '../persistence/outbox-store.js';
import type { Clock } from '../runtime/clock.js';
import type { Bus } from './bus.js';
import type { Backlog } from './relay-backlog.js';
import { aggregateOf, type Lanes } from './relay-lanes.js';

/**
 * Aggregates that one sweep of a collection reads, in addition to the aggregates known to wait. With 1,200 known to
 * wait a sweep reads up to 1,700, so that aggregates in their pause cannot hide all others.
 */
const PORTION = 500;

/** The last moment that sorts correctly as text: outboxes compare times as text, and a year has four digits. */
const END_OF_TIME = new Date('9999-12-31T23:59:59.999Z');

export interface SweeperOptions {
  readonly bus: Bus;
  readonly log: Logger;
  readonly clock: Clock;
  readonly stores: ReadonlySet<OutboxStore>;
  readonly lanes: Lanes;
  readonly backlog: Backlog;
  readonly maxQueued: number;
  readonly sweepEveryMs?: number;
  readonly sweepAfterMs?: number;
  readonly metrics?: Registry;
}

export interface Sweeper {
  start(): void;
  stop(): Promise<void>;
  sweepNow(): Promise<void>;
}

const gauge = (registry: Registry, name: string, help: string): Gauge => {
  const known = registry.getSingleMetric(name);
  return known instanceof Gauge ? known : new Gauge({ name, help, labelNames: ['collection'], registers: [registry] });
};

const createGauges = (registry: Registry | undefined, clock: Clock) => {
  if (registry === undefined) return () => Promise.resolve();
  const pending = gauge(registry, 'outbox_pending', 'Saved events that are not published');
  const oldest = gauge(registry, 'outbox_oldest_seconds', 'Age of the oldest saved event that is not published');
  return async (store: OutboxStore, empty: boolean): Promise<void> => {
    const stats = empty ? { pending: 0 } : await store.stats();
    pending.set({ collection: store.collection }, stats.pending);
    const age = stats.oldest === undefined ? 0 : clock.now().getTime() - stats.oldest.getTime();
    oldest.set({ collection: store.collection }, Math.max(0, age / 1000));
  };
};

/**
 * Sweeps the outboxes for events that nobody publishes. While all is well a sweep costs one cheap query per collection.
 *
 * A process saves an event at 10:00:00.0 and crashes before it publishes the event. Another instance sweeps about every
 * 2 s (1.8–2.2 s) and takes events that are older than 3 s: it publishes the event between 10:00:03.0 and about
 * 10:00:05.2.
 */
export const createSweeper = (options: SweeperOptions): Sweeper => {
  const { bus, log, clock, stores, lanes, backlog, maxQueued, sweepEveryMs = 2_000, sweepAfterMs = 3_000 } = options;
  const measure = createGauges(options.metrics, clock);
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> = Promise.resolve();
  let stopped = true;

  const sweepStore = async (store: OutboxStore, all: boolean): Promise<void> => {
    const olderThan = all ? END_OF_TIME : new Date(clock.now().getTime() - sweepAfterMs);
    const pending = await store.findPending(olderThan, PORTION + backlog.size());
    for (const entry of pending) {
      if (lanes.size() >= maxQueued) break;
      if (lanes.holds(entry)) continue;
      if (all || backlog.due(aggregateOf(store, entry))) lanes.add(store, entry);
    }
    await measure(store, pending.length === 0);
  };

  const sweep = async (all: boolean): Promise<void> => {
    // Without a connection nothing can be published, so the query would be wasted.
    if (!bus.health().connected) return;
    for (const store of stores) {
      try {
        await sweepStore(store, all);
      } catch (error) {
        log.warn({ err: error, collection: store.collection }, 'outbox not looked through, trying again');
      }
    }
  };

  const tick = (): void => {
    sweeping = sweep(false).finally(() => {
      // A chance of a tenth more or less keeps instances that started together from sweeping the same outboxes at the same moments.
      if (!stopped) timer = setTimeout(tick, sweepEveryMs * (0.9 + Math.random() * 0.2)).unref();
    });
  };

  return {
    start: () => {
      if (!stopped) return;
      stopped = false;
      tick();
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await sweeping;
    },
    sweepNow: () => sweep(true),
  };
};
