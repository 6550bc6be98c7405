import type { Channel, ChannelModel } from 'amqplib';
import type { Logger } from 'pino';
import { closeChannel } from './close-channel.js';
import type { Topology } from './topology.js';

/** The queue of the events that a consumer gave up on. */
export const parkedQueue = (queue: string): string => `${queue}.parked`;

/**
 * The broker's own limit is the last resort: consumers park an event far earlier (`deliveryLimit`, default 50). It is
 * high because a queue's arguments cannot be changed once the queue exists.
 */
const BROKER_DELIVERY_LIMIT = 1_000;

export interface QueueOptions {
  readonly exchange: string;
  readonly topology: Topology;
}

/** Arguments of a service's queue and of its parked queue. They cannot be changed once a queue exists. */
export const queueArguments = (queue: string): Readonly<Record<string, string | number>> => ({
  'x-queue-type': 'quorum',
  'x-delivery-limit': BROKER_DELIVERY_LIMIT,
  'x-dead-letter-exchange': '',
  'x-dead-letter-routing-key': parkedQueue(queue),
  'x-dead-letter-strategy': 'at-least-once',
  // At-least-once dead lettering requires this policy. No length limit is set, so the queue never rejects a message.
  'x-overflow': 'reject-publish',
});
export const PARKED_ARGUMENTS: Readonly<Record<string, string | number>> = {
  'x-queue-type': 'quorum',
  // RabbitMQ counts a look at a parked event as a delivery. RabbitMQ 4 deletes a message after 20 deliveries unless a limit is set.
  'x-delivery-limit': 1_000_000,
};

const declareExchange = (channel: Channel, { exchange }: QueueOptions): Promise<unknown> =>
  channel.assertExchange(exchange, 'topic', { durable: true });

/** What one service's queues get from the exchange: besides the events, messages that name the queue, such as a parked event. */
export const bindingsOf = (topology: Topology, service: string): readonly (readonly [queue: string, key: string])[] => [
  ...[service, parkedQueue(service)].map((queue) => [queue, queue] as const),
  ...(topology[service] ?? []).map((type) => [service, type] as const),
];

const declareQueue = async (channel: Channel, { exchange, topology }: QueueOptions, queue: string): Promise<void> => {
  await channel.assertQueue(parkedQueue(queue), { durable: true, arguments: PARKED_ARGUMENTS });
  await channel.assertQueue(queue, { durable: true, arguments: queueArguments(queue) });
  for (const [bound, key] of bindingsOf(topology, queue)) await channel.bindQueue(bound, exchange, key);
};

/** On a channel of its own: a refusal closes the channel on which it happens. */
const onOwnChannel = async (model: ChannelModel, log: Logger, work: (channel: Channel) => Promise<void>): Promise<void> => {
  const channel = await model.createChannel();
  channel.on('error', (error) => log.debug({ err: error }, 'the broker refused a declaration'));
  await work(channel);
  await closeChannel(channel);
};

const ACCESS_REFUSED = 403;
const isRefused = (error: unknown): boolean => (error as { readonly code?: unknown } | undefined)?.code === ACCESS_REFUSED;

/**
 * Makes sure that the exchange and these queues are there, with their bindings; changes nothing where they exist already.
 * A user with the rights of one service alone may declare nothing (`brokerDefinitions`): then it is only looked whether
 * all of it is there.
 */
export const declare = async (model: ChannelModel, log: Logger, options: QueueOptions, queues: readonly string[]): Promise<void> => {
  try {
    await onOwnChannel(model, log, async (channel) => {
      await declareExchange(channel, options);
      for (const queue of queues) await declareQueue(channel, options, queue);
    });
  } catch (error) {
    if (!isRefused(error)) throw error;
    await onOwnChannel(model, log, async (channel) => {
      await channel.checkExchange(options.exchange);
      for (const queue of queues) for (const each of [queue, parkedQueue(queue)]) await channel.checkQueue(each);
    });
  }
};
