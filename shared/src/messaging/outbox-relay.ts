import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { OutboxEntry, OutboxRelay, OutboxStore } from '../persistence/outbox-store.js';
import type { Clock } from '../runtime/clock.js';
import type { Bus } from './bus.js';
import { createBacklog } from './relay-backlog.js';
import { aggregateOf, createLanes } from './relay-lanes.js';
import { createSweeper } from './relay-sweeper.js';
import { within } from '../concurrency/tasks.js';

export interface OutboxRelayOptions {
  readonly bus: Bus;
  readonly log: Logger;
  readonly clock: Clock;
  /** Aggregates whose events are published at the same time. Default 64. */
  readonly concurrency?: number;
  /** Events held in memory; further ones are left to the sweeper. Default 10,000. */
  readonly maxQueued?: number;
  /** Milliseconds between two sweeps through the outboxes. Default 2,000. */
  readonly sweepEveryMs?: number;
  /** The sweeper leaves younger events to the process that saved them. Milliseconds; default 3,000. */
  readonly sweepAfterMs?: number;
  /** Milliseconds that `stop` waits for events to be published. Default 5,000. */
  readonly drainMs?: number;
  /** Registry of the gauges `outbox_pending` and `outbox_oldest_seconds`, by collection. */
  readonly metrics?: Registry;
}

export interface RelayStats {
  /** Events in memory: waiting, being published, or being removed from their documents. */
  readonly held: number;
  /** Aggregates with events that could not be published and wait for the sweeper. */
  readonly backlog: number;
}

/** The relay as composition roots see it; repositories see `OutboxRelay` only. */
export interface RunningRelay extends OutboxRelay {
  /** Starts the sweeper. The first sweep is at once, for events that a crash left. */
  start(): void;
  /** Takes no more events and publishes the events in memory for at most `drainMs`. Events that are left stay in the outboxes. */
  stop(): Promise<void>;
  /** Resolves as soon as no event is held; for tests. Events that wait for the sweeper do not count. */
  idle(): Promise<void>;
  /** Sweeps all outboxes now, whatever the age of an event and whatever pause its aggregate is in; for tests and commands. */
  sweep(): Promise<void>;
  stats(): RelayStats;
}

/**
 * Publishes saved events, right after the write that saved them. The sweeper publishes events that were left in the
 * outboxes by a crash, by an absence of the broker, or because memory was full. An event may be published twice, but it
 * is never lost.
 */
export const createOutboxRelay = (options: OutboxRelayOptions): RunningRelay => {
  const { bus, log, concurrency = 64, maxQueued = 10_000, drainMs = 5_000 } = options;
  const stores = new Set<OutboxStore>();
  const backlog = createBacklog(maxQueued);
  let stopped = false;
  const lanes = createLanes({
    bus,
    log,
    concurrency,
    onFailure: (aggregate, error) => {
      // An outage is one warning; further failures during the outage are logged as `debug`.
      const level = backlog.size() === 0 ? 'warn' : 'debug';
      backlog.failed(aggregate);
      log[level]({ err: error, aggregate }, 'event not published, it stays in the outbox');
    },
    onSuccess: (aggregate) => {
      if (backlog.succeeded(aggregate) && backlog.size() === 0) log.info('every event that waited is published');
    },
  });
  const sweeper = createSweeper({ ...options, stores, lanes, backlog, maxQueued });

  const offer = (store: OutboxStore, entries: readonly OutboxEntry[]): void => {
    if (stopped) return;
    const connected = bus.health().connected;
    for (const entry of entries) {
      const aggregate = aggregateOf(store, entry);
      // An older event of the same aggregate is still in the outbox. This event waits behind it, or consumers would get the
      // two in the wrong order.
      if (!connected || lanes.size() >= maxQueued || backlog.has(aggregate)) backlog.add(aggregate);
      else lanes.add(store, entry);
    }
  };

  return {
    offer,
    register: (store) => void stores.add(store),
    start: () => {
      sweeper.start();
    },
    stop: async () => {
      stopped = true;
      await sweeper.stop();
      await within(drainMs, lanes.idle());
    },
    idle: () => lanes.idle(),
    sweep: () => sweeper.sweepNow(),
    stats: () => ({ held: lanes.size(), backlog: backlog.size() }),
  };
};
