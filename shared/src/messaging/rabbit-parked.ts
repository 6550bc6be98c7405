import type { Channel, ChannelModel, GetMessage } from 'amqplib';
import { closeChannel } from './close-channel.js';
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ParkedEvent } from './bus.js';
import { readEnvelope } from './envelope.js';
import { AGAIN_HEADER, ATTEMPTS_HEADER, copiedProperties, PARKED_AT_HEADER, REASON_HEADER } from './rabbit-consumer.js';
import type { Publisher } from './rabbit-publisher.js';
import { parkedQueue } from './rabbit-topology.js';

const PUT_BACK_LOOKS = 200;
const PUT_BACK_PAUSE_MS = 5;

/** A message from outside Riparo may have no id; a hash of its content names it. */
const idOf = ({ properties, content }: GetMessage): string =>
  (properties.messageId as string | undefined) ?? createHash('sha256').update(content).digest('hex').slice(0, 32);

const toParkedEvent = (queue: string, message: GetMessage): ParkedEvent => {
  const { headers = {} } = message.properties;
  const death = headers['x-death']?.[0];
  const reason: unknown = headers[REASON_HEADER] ?? `the broker gave it up: ${death?.reason ?? 'unknown'}`;
  const parkedAt: unknown = headers[PARKED_AT_HEADER] ?? new Date((death?.time.value ?? 0) * 1000).toISOString();
  const attempts: unknown = headers[ATTEMPTS_HEADER];
  return {
    id: idOf(message),
    queue,
    reason: String(reason),
    parkedAt: String(parkedAt),
    ...(typeof attempts === 'number' ? { attempts } : {}),
    event: readEnvelope(message.content.toString()),
  };
};

/** The broker puts messages back some milliseconds after the command. The next call must find them, so this one waits for that. */
const putBack = async (channel: Channel, queue: string, expected: number): Promise<void> => {
  channel.nackAll(true);
  for (let looks = 0; looks < PUT_BACK_LOOKS; looks++) {
    const { messageCount } = await channel.checkQueue(parkedQueue(queue));
    if (messageCount >= expected) return;
    await delay(PUT_BACK_PAUSE_MS);
  }
};

/**
 * Gets up to `limit` parked messages. A message for which `visit` returns true is removed; the others are put back.
 * Returns how many were removed.
 */
const visitParked = async (
  model: ChannelModel,
  queue: string,
  limit: number,
  visit: (message: GetMessage) => Promise<boolean> | boolean,
): Promise<number> => {
  const channel = await model.createChannel();
  const state = { closed: false, ready: 0, taken: 0 };
  channel.once('close', () => (state.closed = true));
  // A refusal by the broker already rejects the request. Without a listener the `error` event would also end the process.
  channel.on('error', () => (state.closed = true));
  try {
    state.ready = (await channel.checkQueue(parkedQueue(queue))).messageCount;
    for (let seen = 0; seen < Math.min(limit, state.ready); seen++) {
      const message = await channel.get(parkedQueue(queue));
      if (message === false) break;
      if (!(await visit(message))) continue;
      channel.ack(message);
      state.taken++;
    }
    return state.taken;
  } finally {
    if (!state.closed) {
      await putBack(channel, queue, state.ready - state.taken);
      await closeChannel(channel);
    }
  }
};

/** The parked events of a queue, oldest first. */
export const listParked = async (model: ChannelModel, queue: string, limit: number): Promise<readonly ParkedEvent[]> => {
  const events: ParkedEvent[] = [];
  await visitParked(model, queue, limit, (message) => {
    events.push(toParkedEvent(queue, message));
    return false;
  });
  return events;
};

/** Puts parked events back on their queue; returns how many. An event leaves the parked queue only after its own queue has confirmed it. */
export const replayParked = (model: ChannelModel, publisher: Publisher, queue: string, ids?: readonly string[]): Promise<number> =>
  visitParked(model, queue, Infinity, async (message) => {
    if (ids !== undefined && !ids.includes(idOf(message))) return false;
    const properties = copiedProperties(message);
    await publisher.send(queue, message.content, { ...properties, headers: { ...(properties.headers as object), [AGAIN_HEADER]: true } });
    return true;
  });
