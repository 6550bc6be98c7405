import type { Channel, ChannelModel } from 'amqplib';
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

const declareParkedQueue = (channel: Channel, queue: string): Promise<unknown> =>
  channel.assertQueue(parkedQueue(queue), {
    durable: true,
    // RabbitMQ counts a look at a parked event as a delivery. RabbitMQ 4 deletes a message after 20 deliveries unless a limit is set.
    arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 1_000_000 },
  });

/** Declares the queue of one consuming service, with its exchange, parked queue and bindings. Changes nothing where they exist already. */
export const declareQueue = async (channel: Channel, { exchange, topology }: QueueOptions, queue: string): Promise<void> => {
  await channel.assertExchange(exchange, 'topic', { durable: true });
  await declareParkedQueue(channel, queue);
  await channel.assertQueue(queue, {
    durable: true,
    deadLetterExchange: '',
    deadLetterRoutingKey: parkedQueue(queue),
    // At-least-once dead lettering requires this policy. No length limit is set, so the queue never rejects a message.
    overflow: 'reject-publish',
    arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': BROKER_DELIVERY_LIMIT, 'x-dead-letter-strategy': 'at-least-once' },
  });
  for (const type of topology[queue] ?? []) await channel.bindQueue(queue, exchange, type);
};

/** Declares all queues of the installation, on a channel of its own: a refusal closes the channel on which it happens. */
export const declareTopology = async (model: ChannelModel, options: QueueOptions, onError: (error: Error) => void): Promise<void> => {
  const channel = await model.createChannel();
  channel.on('error', onError);
  await channel.assertExchange(options.exchange, 'topic', { durable: true });
  for (const queue of Object.keys(options.topology)) await declareQueue(channel, options, queue);
  await channel.close();
};
