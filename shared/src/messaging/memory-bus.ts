import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { EventEnvelope } from '../contracts/event.js';
import type { Clock } from '../runtime/clock.js';
import { systemClock } from '../runtime/clock.js';
import { uuidSource } from '../runtime/ids.js';
import type { Bus, Subscription } from './bus.js';
import { createBusMetrics } from './bus-metrics.js';
import { createLimiter } from '../concurrency/limiter.js';
import { createListener, type Listener } from './listener.js';
import type { ParkingLot } from './parking-lot.js';
import { createProcessor, type Processor, type Verdict } from './process-delivery.js';
import { PublishError } from './publish-error.js';
import { defaultRetry, type RetryPolicy } from './retry.js';
import { assertMatchesTopology, queuesFor, type Topology } from './topology.js';

export interface MemoryBusOptions {
  readonly topology: Topology;
  readonly log: Logger;
  readonly parking: ParkingLot;
  readonly retry?: Partial<RetryPolicy>;
  readonly clock?: Clock;
  readonly metrics?: Registry;
  /** Handlers that run at once per queue; further publishes wait. Default 16. */
  readonly concurrency?: number;
}

/** `replayParked` without ids replays at most this many events in one call. */
const REPLAY_PORTION = 1_000;

/** The bus of the one-process mode: `publish` resolves when every queue that wants the event has handled or parked it. */
export const createMemoryBus = (options: MemoryBusOptions): Bus => {
  const { topology, log, parking, clock = systemClock, concurrency = 16 } = options;
  const retry = { ...defaultRetry, ...options.retry };
  const metrics = createBusMetrics(options.metrics);
  const stopping = new AbortController();
  const consumers = new Map<string, Processor[]>();
  const limits = new Map(Object.keys(topology).map((queue) => [queue, createLimiter(concurrency)]));
  const listeners: Listener[] = [];
  /** What is replayed at this moment, by queue and id. */
  const replaying = new Set<string>();

  const settle = async (queue: string, verdict: Verdict): Promise<void> => {
    if (verdict.kind === 'handled') return;
    if (verdict.kind !== 'parked') throw new PublishError('stopped', `the bus stopped before queue "${queue}" could handle the event`);
    const { reason, attempts, event } = verdict;
    const id = 'raw' in event ? uuidSource.next() : event.id;
    await parking.park({ id, queue, reason, parkedAt: clock.now().toISOString(), attempts, event });
  };

  const deliver = async (queue: string, raw: string, redelivered: boolean): Promise<void> => {
    const instances = consumers.get(queue);
    const processor = instances?.shift();
    if (instances === undefined || processor === undefined)
      throw new PublishError('no-consumer', `queue "${queue}" wants the event and nothing consumes it yet`);
    // The next event of this queue goes to the next instance, as with a broker.
    instances.push(processor);
    await limits.get(queue)?.run(async () => {
      if (stopping.signal.aborted) throw new PublishError('stopped', 'the bus is stopped');
      await settle(queue, await processor(raw, redelivered));
    });
  };

  const publish = async (event: EventEnvelope): Promise<void> => {
    if (stopping.signal.aborted) throw new PublishError('stopped', 'the bus is stopped');
    const raw = JSON.stringify(event);
    for (const listener of listeners) if (listener.types.includes(event.type)) listener.take(raw);
    const ends = await Promise.allSettled(queuesFor(topology, event.type).map((queue) => deliver(queue, raw, false)));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    metrics.published(event.type);
  };

  /** False when another call replays this event, or has done so since it was listed. */
  const replayOne = async (queue: string, id: string): Promise<boolean> => {
    const key = `${queue}|${id}`;
    if (replaying.has(key)) return false;
    replaying.add(key);
    try {
      const [record] = await parking.list(queue, 1, [id]);
      if (record === undefined) return false;
      await deliver(queue, 'raw' in record.event ? record.event.raw : JSON.stringify(record.event), true);
      await parking.take(record);
      return true;
    } finally {
      replaying.delete(key);
    }
  };

  const replayParked = async (queue: string, ids?: readonly string[]): Promise<number> => {
    const records = await parking.list(queue, ids?.length ?? REPLAY_PORTION, ids);
    let replayed = 0;
    for (const { id } of records) if (await replayOne(queue, id)) replayed++;
    return replayed;
  };

  return {
    publish,
    replayParked,
    listParked: (queue, limit = 100) => parking.list(queue, limit),
    consume: (queue: string, subscriptions: readonly Subscription[]) => {
      assertMatchesTopology(topology, queue, subscriptions);
      const processor = createProcessor({ queue, subscriptions, retry, log, metrics, signal: stopping.signal });
      consumers.set(queue, [...(consumers.get(queue) ?? []), processor]);
      return Promise.resolve();
    },
    listen: (subscriptions) => {
      listeners.push(createListener(subscriptions, log));
      return Promise.resolve();
    },
    start: () => Promise.resolve(),
    stop: async () => {
      stopping.abort();
      await Promise.all([...limits.values()].map((limiter) => limiter.idle()));
    },
    health: () => (stopping.signal.aborted ? { connected: false, detail: 'stopped' } : { connected: true }),
  };
};
