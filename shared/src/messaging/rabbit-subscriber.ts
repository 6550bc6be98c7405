import type { Channel, ChannelModel } from 'amqplib';
import type { Logger } from 'pino';
import { pauseAfter, waited } from './retry.js';
import { within } from '../concurrency/tasks.js';

const PAUSES = { firstPauseMs: 100, maxPauseMs: 5_000 };
/** A broker that keeps its connections alive can still leave a request unanswered, for example after a crash. */
const SUBSCRIBE_TIMEOUT_MS = 10_000;

/** Makes sure that the queue is there, and consumes it on a fresh channel; resolves to the consumer tag. */
export type Subscribe = (channel: Channel, model: ChannelModel) => Promise<string>;

export interface SubscriberOptions {
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** Cuts the connection. */
  readonly drop: (reason: string) => void;
  readonly subscribe: Subscribe;
}

/** A subscription with its own channel. When the channel closes while the connection is up, the subscription opens a new one. */
export interface Subscriber {
  /** Runs on every new connection; resolves once subscribed. */
  attach(model: ChannelModel): Promise<void>;
  /** No delivery starts after this resolves. Events that were delivered before can still be acknowledged. */
  cancel(): Promise<void>;
}

interface Opened {
  readonly closed: Promise<void>;
}

export const createSubscriber = ({ log, signal, drop, subscribe }: SubscriberOptions): Subscriber => {
  let current: { readonly channel: Channel; readonly tag: string } | undefined;

  const open = async (model: ChannelModel): Promise<Opened> => {
    const channel = await model.createChannel();
    const closed = new Promise<void>((resolve) => channel.once('close', resolve));
    channel.on('error', (error) => log.warn({ err: error }, 'consuming channel failed'));
    channel.on('handler-error', (error) => log.error({ err: error }, 'delivery failed'));
    const subscribed = subscribe(channel, model).then((tag) => (current = { channel, tag }));
    if (!(await within(SUBSCRIBE_TIMEOUT_MS, subscribed))) drop('no answer to a subscription');
    return { closed };
  };

  const reopen = async (model: ChannelModel, isUp: () => boolean): Promise<Opened | undefined> => {
    for (let failures = 1; isUp(); failures++) {
      if (!(await waited(pauseAfter(PAUSES, failures), signal)) || !isUp()) return undefined;
      try {
        return await open(model);
      } catch (error) {
        log.warn({ err: error }, 'not subscribed, trying again');
      }
    }
    return undefined;
  };

  const keep = async (model: ChannelModel, first: Opened): Promise<void> => {
    let up = true;
    model.once('close', () => (up = false));
    for (let opened: Opened | undefined = first; opened !== undefined;) {
      await opened.closed;
      current = undefined;
      opened = await reopen(model, () => up);
    }
  };

  return {
    attach: async (model) => {
      const first = await open(model);
      void keep(model, first);
    },
    cancel: async () => {
      if (current === undefined) return;
      const { channel, tag } = current;
      await channel.cancel(tag).catch((error: unknown) => log.debug({ err: error }, 'consumer was gone already'));
    },
  };
};
