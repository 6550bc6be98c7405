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
  /** Aggregates whose events are published side by side. Default 64. */
  readonly concurrency?: number;
  /** Events held in memory; what comes on top is left to the sweeper. Default 10,000. */
  readonly maxQueued?: number;
  /** Milliseconds between two looks through the outboxes. Default 2,000. */
  readonly sweepEveryMs?: number;
  /** Events younger than this many milliseconds are left to whoever saved them. Default 3,000. */
  readonly sweepAfterMs?: number;
  /** Milliseconds that `stop` waits for events to be published. Default 5,000. */
  readonly drainMs?: number;
  /** For `outbox_pending` and `outbox_oldest_seconds`, by collection. */
  readonly metrics?: Registry;
}

export interface RelayStats {
  /** Events held: waiting, being published, or being taken out of their documents. */
  readonly held: number;
  /** Aggregates whose events could not be published and wait for the sweeper. */
  readonly backlog: number;
}

/** The relay as composition roots see it; repositories see `OutboxRelay` only. */
export interface RunningRelay extends OutboxRelay {
  /** Starts the sweeper; its first look is at once, for what a crash left. */
  start(): void;
  /** Takes no more events, publishes what it holds as far as `drainMs` allows; the rest stays in the outboxes. */
  stop(): Promise<void>;
  /** Resolves as soon as nothing is held: for tests. What waits for the sweeper does not count. */
  idle(): Promise<void>;
  /** One look through all outboxes now, whatever the age of their events and whatever pauses they are in: for tests and commands. */
  sweep(): Promise<void>;
  stats(): RelayStats;
}

/**
 * Publishes saved events: right after the write that saved them, and by sweeping what a crash, a broker's absence or a
 * full queue left in the outboxes. An event can be published more than once, never not at all.
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
      // One line for an outage, not one for every event in it.
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
      // Behind an event of the same aggregate that is still in the outbox, or the order would be lost.
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
