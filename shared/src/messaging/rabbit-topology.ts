import type { Channel, ChannelModel } from 'amqplib';
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

/** Declares the queue of one consuming service, with its exchange, parked queue and bindings. Changes nothing where they exist already. */
export const declareQueue = async (channel: Channel, { exchange, topology }: QueueOptions, queue: string): Promise<void> => {
  await channel.assertExchange(exchange, 'topic', { durable: true });
  await channel.assertQueue(parkedQueue(queue), { durable: true, arguments: PARKED_ARGUMENTS });
  await channel.assertQueue(queue, { durable: true, arguments: queueArguments(queue) });
  for (const type of topology[queue] ?? []) await channel.bindQueue(queue, exchange, type);
};

/** Declares all queues of the installation, on a channel of its own: a refusal closes the channel on which it happens. */
export const declareTopology = async (model: ChannelModel, options: QueueOptions, onError: (error: Error) => void): Promise<void> => {
  const channel = await model.createChannel();
  channel.on('error', onError);
  await channel.assertExchange(options.exchange, 'topic', { durable: true });
  for (const queue of Object.keys(options.topology)) await declareQueue(channel, options, queue);
  await closeChannel(channel);
};
