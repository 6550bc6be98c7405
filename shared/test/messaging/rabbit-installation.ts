import { connect, type Channel } from 'amqplib';
import { randomUUID } from 'node:crypto';
import type { Bus } from '../../src/messaging/bus.js';
import { createRabbitBus, type RabbitBusOptions } from '../../src/messaging/rabbit-bus.js';
import type { RabbitHost } from '../../src/testing/rabbit-node.js';
import { hasty, silent, WallPainted } from './messaging.builder.js';

/** One test's own exchange and queue on a broker that it shares with other tests. */
export interface RabbitInstallation {
  readonly exchange: string;
  readonly queue: string;
  /** A bus that is not started. */
  createBus(options?: Partial<RabbitBusOptions>): Bus;
  startBus(options?: Partial<RabbitBusOptions>): Promise<Bus>;
  /** A bare channel, for what Riparo does not do itself. */
  withChannel<T>(work: (channel: Channel) => Promise<T>): Promise<T>;
  /** Stops every bus made here. */
  close(): Promise<void>;
}

export const createRabbitInstallation = (host: RabbitHost): RabbitInstallation => {
  const suffix = randomUUID().slice(0, 8);
  const [exchange, queue] = [`events-${suffix}`, `walls-${suffix}`];
  const buses: Bus[] = [];
  const createBus = (options: Partial<RabbitBusOptions> = {}): Bus => {
    const topology = { [queue]: [WallPainted.type] };
    const bus = createRabbitBus({ url: host.url, topology, exchange, log: silent, retry: hasty, ...options });
    buses.push(bus);
    return bus;
  };
  return {
    exchange,
    queue,
    createBus,
    startBus: async (options) => {
      const bus = createBus(options);
      await bus.start();
      return bus;
    },
    withChannel: async (work) => {
      const connection = await connect(host.url);
      const result = await work(await connection.createChannel());
      await connection.close();
      return result;
    },
    close: async () => {
      await Promise.all(buses.map((bus) => bus.stop()));
    },
  };
};
