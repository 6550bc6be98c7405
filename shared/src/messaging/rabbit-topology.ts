import type { Channel, ChannelModel } from 'amqplib';
import type { Topology } from './topology.js';

/** Where a queue's events go that its consumer gave up on. */
export const parkedQueue = (queue: string): string => `${queue}.parked`;

/**
 * The broker's own limit is the last resort: consumers give an event up far earlier. A queue's arguments cannot be
 * changed once it exists.
 */
const BROKER_DELIVERY_LIMIT = 1_000;

export interface QueueOptions {
  readonly exchange: string;
  readonly topology: Topology;
}

const declareParkedQueue = (channel: Channel, queue: string): Promise<unknown> =>
  channel.assertQueue(parkedQueue(queue), {
    durable: true,
    // Looking at parked events counts as a delivery, and RabbitMQ 4 deletes after 20 where it is told nothing.
    arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 1_000_000 },
  });

/** Declares one consuming service's queue with everything it needs; changes nothing where it is there already. */
export const declareQueue = async (channel: Channel, { exchange, topology }: QueueOptions, queue: string): Promise<void> => {
  await channel.assertExchange(exchange, 'topic', { durable: true });
  await declareParkedQueue(channel, queue);
  await channel.assertQueue(queue, {
    durable: true,
    deadLetterExchange: '',
    deadLetterRoutingKey: parkedQueue(queue),
    // At-least-once dead lettering asks for this policy; no length limit is set, so nothing is ever rejected.
    overflow: 'reject-publish',
    arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': BROKER_DELIVERY_LIMIT, 'x-dead-letter-strategy': 'at-least-once' },
  });
  for (const type of topology[queue] ?? []) await channel.bindQueue(queue, exchange, type);
};

/** Declares everything that the installation needs, on a channel of its own: a refusal closes the channel it happens on. */
export const declareTopology = async (model: ChannelModel, options: QueueOptions, onError: (error: Error) => void): Promise<void> => {
  const channel = await model.createChannel();
  channel.on('error', onError);
  await channel.assertExchange(options.exchange, 'topic', { durable: true });
  for (const queue of Object.keys(options.topology)) await declareQueue(channel, options, queue);
  await channel.close();
};
