import type { Channel, ChannelModel, GetMessage } from 'amqplib';
import { createHash } from 'node:crypto';
import type { ParkedEvent } from './bus.js';
import { readEnvelope } from './envelope.js';
import { AGAIN_HEADER, copiedProperties, PARKED_AT_HEADER, REASON_HEADER } from './rabbit-consumer.js';
import type { Publisher } from './rabbit-publisher.js';
import { parkedQueue } from './rabbit-topology.js';

/** What came without an id, from outside of Riparo, is named by its content. */
const idOf = ({ properties, content }: GetMessage): string =>
  (properties.messageId as string | undefined) ?? createHash('sha256').update(content).digest('hex').slice(0, 32);

const toParkedEvent = (queue: string, message: GetMessage): ParkedEvent => {
  const { headers = {} } = message.properties;
  const death = headers['x-death']?.[0];
  const reason: unknown = headers[REASON_HEADER] ?? `the broker gave it up: ${death?.reason ?? 'unknown'}`;
  const parkedAt: unknown = headers[PARKED_AT_HEADER] ?? new Date((death?.time.value ?? 0) * 1000).toISOString();
  return { id: idOf(message), queue, reason: String(reason), parkedAt: String(parkedAt), event: readEnvelope(message.content.toString()) };
};

/** Gets up to `limit` parked messages, hands each to `visit`; what `visit` does not acknowledge is put back. */
const visitParked = async (
  model: ChannelModel,
  queue: string,
  limit: number,
  visit: (message: GetMessage, channel: Channel) => Promise<void>,
): Promise<void> => {
  const channel = await model.createChannel();
  const state = { closed: false };
  channel.once('close', () => (state.closed = true));
  // What the broker refuses rejects the request too; without a listener it would end the process.
  channel.on('error', () => (state.closed = true));
  try {
    const { messageCount } = await channel.checkQueue(parkedQueue(queue));
    for (let seen = 0; seen < Math.min(limit, messageCount); seen++) {
      const message = await channel.get(parkedQueue(queue));
      if (message === false) break;
      await visit(message, channel);
    }
  } finally {
    if (!state.closed) {
      channel.nackAll(true);
      await channel.close();
    }
  }
};

/** The parked events of a queue, oldest first. */
export const listParked = async (model: ChannelModel, queue: string, limit: number): Promise<readonly ParkedEvent[]> => {
  const events: ParkedEvent[] = [];
  await visitParked(model, queue, limit, (message) => {
    events.push(toParkedEvent(queue, message));
    return Promise.resolve();
  });
  return events;
};

/** Puts parked events back on their queue, each confirmed there before it is taken from here. */
export const replayParked = async (model: ChannelModel, publisher: Publisher, queue: string, ids?: readonly string[]): Promise<number> => {
  let count = 0;
  await visitParked(model, queue, Infinity, async (message, channel) => {
    if (ids !== undefined && !ids.includes(idOf(message))) return;
    const properties = copiedProperties(message);
    await publisher.send(queue, message.content, { ...properties, headers: { ...(properties.headers as object), [AGAIN_HEADER]: true } });
    channel.ack(message);
    count++;
  });
  return count;
};
