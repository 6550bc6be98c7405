import type { ChannelModel } from 'amqplib';
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Clock } from '../runtime/clock.js';
import { systemClock } from '../runtime/clock.js';
import type { Bus, BusHealth } from './bus.js';
import { createBusMetrics } from './bus-metrics.js';
import { createListener, type Listener } from './listener.js';
import { createProcessor } from './process-delivery.js';
import { PublishError } from './publish-error.js';
import { createConsumer } from './rabbit-consumer.js';
import { createLink, type LinkOptions } from './rabbit-link.js';
import { listParked, replayParked } from './rabbit-parked.js';
import { createPublisher } from './rabbit-publisher.js';
import { createSubscriber, type Subscribe, type Subscriber } from './rabbit-subscriber.js';
import { declare, type QueueOptions } from './rabbit-topology.js';
import { defaultRetry, type RetryPolicy } from './retry.js';
import { createTasks, within } from '../concurrency/tasks.js';
import { assertMatchesTopology, type Topology } from './topology.js';

export interface RabbitBusOptions {
  /** `amqp://user:password@host:5672/vhost` */
  readonly url: string;
  readonly topology: Topology;
  readonly log: Logger;
  /** Default `riparo.events`. */
  readonly exchange?: string;
  /** Name of the process in the broker's tools. */
  readonly name?: string;
  /** Handlers that run at once per queue. Default 32. */
  readonly prefetch?: number;
  /** Milliseconds until a publish without a confirm fails. Default 5,000. */
  readonly publishTimeoutMs?: number;
  /** Publishes without a confirm before further ones are refused. Default 2,000. */
  readonly maxUnconfirmed?: number;
  readonly retry?: Partial<RetryPolicy>;
  /**
   * Milliseconds that an event is tried in place while a dependency is away. Then the event goes to the end of its queue.
   * Default 10 minutes.
   */
  readonly holdMs?: number;
  /**
   * How many deliveries of one event may end unanswered, because the process died, before the event is parked untried.
   * The limit is generous: when a process dies, all events in its hands are counted, not only the event that killed it.
   * Default 50.
   */
  readonly deliveryLimit?: number;
  /** A broker that is silent for two heartbeats (20 s) is taken for dead. Default 10. */
  readonly heartbeatSeconds?: number;
  /** Milliseconds between the moment a wanted queue is found missing and its new declaration. Default 1,000. */
  readonly redeclareMs?: number;
  /** Longest time in milliseconds that `start` waits for the broker. Default 3,000. */
  readonly startMs?: number;
  /** Longest time in milliseconds that `stop` waits for running handlers. Default 8,000. */
  readonly stopMs?: number;
  readonly clock?: Clock;
  readonly metrics?: Registry;
}

const HOLD_MS = 10 * 60_000;
/** Milliseconds. A broker that does not answer a cancel delivers no events either, so `stop` may go on. */
const CANCEL_MS = 1_000;

const listenOn =
  (queues: QueueOptions, listener: Listener, log: Logger): Subscribe =>
  async (channel, model) => {
    await declare(model, log, queues, []);
    const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true, durable: false });
    for (const type of listener.types) await channel.bindQueue(queue, queues.exchange, type);
    const onMessage = (message: { content: Buffer } | null): void => {
      if (message !== null) listener.take(message.content.toString());
    };
    return (await channel.consume(queue, onMessage, { noAck: true })).consumerTag;
  };

/** The bus of separate processes. It starts and runs while the broker is away: `health` then reports this, and `publish` rejects. */
export const createRabbitBus = (options: RabbitBusOptions): Bus => {
  const { topology, log, exchange = 'riparo.events', name = hostname(), deliveryLimit = 50, clock = systemClock } = options;
  const { heartbeatSeconds = 10, startMs = 3_000, stopMs = 8_000, prefetch = 32, holdMs = HOLD_MS } = options;
  const retry = { ...defaultRetry, ...options.retry };
  const metrics = createBusMetrics(options.metrics);
  const stopping = new AbortController();
  const { signal } = stopping;
  const tasks = createTasks();
  const subscribers: Subscriber[] = [];
  const queues = { exchange, topology };

  // Two connections: a broker low on memory stops reading from connections that publish. Acknowledgements must still
  // reach it on the other one.
  const link = (suffix: string, setup: LinkOptions['setup']) =>
    createLink({ url: options.url, name: `${name} ${suffix}`, heartbeatSeconds, log, setup });
  const outgoing = link('publish', (model) => publisher.attach(model));
  let ready: ChannelModel | undefined;
  const incoming = link('consume', async (model) => {
    model.once('close', () => (ready = undefined));
    // A subscriber that is added during this loop is appended to the list, so the loop reaches it too.
    for (const subscriber of subscribers) await subscriber.attach(model);
    ready = model;
  });
  const publisher = createPublisher({
    ...queues,
    log,
    link: () => outgoing,
    timeoutMs: options.publishTimeoutMs ?? 5_000,
    maxUnconfirmed: options.maxUnconfirmed ?? 2_000,
    redeclareMs: options.redeclareMs ?? 1_000,
  });

  const connected = (): ChannelModel => {
    const model = incoming.model();
    if (model === undefined) throw new PublishError('disconnected', `no connection to the broker: ${incoming.detail() ?? ''}`);
    return model;
  };

  const add = async (subscribe: Subscribe): Promise<void> => {
    const drop = (reason: string): void => incoming.drop(reason);
    const subscriber = createSubscriber({ log, signal, drop, subscribe });
    subscribers.push(subscriber);
    // Without a connection the subscriber is attached as soon as there is one: a service can start while the broker is away.
    if (ready !== undefined) await subscriber.attach(ready);
  };

  const health = (): BusHealth => {
    const detail = outgoing.detail() ?? incoming.detail();
    if (detail !== undefined) return { connected: false, detail };
    const blocked = outgoing.blocked();
    return blocked === undefined ? { connected: true } : { connected: true, detail: `the broker takes no messages: ${blocked}` };
  };

  return {
    health,
    publish: async (event) => {
      if (signal.aborted) throw new PublishError('stopped', 'the bus is stopped');
      await publisher.publish(event);
      metrics.published(event.type);
    },
    consume: async (queue, subscriptions) => {
      assertMatchesTopology(topology, queue, subscriptions);
      const processor = createProcessor({ queue, subscriptions, retry, holdMs, log, metrics, signal });
      const now = (): Date => clock.now();
      await add(
        createConsumer({
          ...queues,
          queue,
          processor,
          publisher,
          metrics,
          prefetch,
          deliveryLimit,
          log,
          now,
          signal,
          track: (work) => tasks.add(work),
        }),
      );
    },
    listen: (subscriptions) => add(listenOn(queues, createListener(subscriptions, log), log)),
    start: async () => {
      const started = outgoing.start().then(() => incoming.start());
      await within(startMs, started);
    },
    stop: async () => {
      if (signal.aborted) return;
      await within(CANCEL_MS, Promise.all(subscribers.map((subscriber) => subscriber.cancel())));
      stopping.abort();
      if (!(await within(stopMs, tasks.idle()))) log.warn('handlers still run, their events will come again');
      await Promise.all([incoming.stop(), outgoing.stop()]);
    },
    listParked: (queue, limit = 100) => Promise.resolve(connected()).then((model) => listParked(model, queue, limit)),
    replayParked: (queue, ids) => Promise.resolve(connected()).then((model) => replayParked(model, publisher, queue, ids)),
  };
};
