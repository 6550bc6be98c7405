import type { ChannelModel, ConfirmChannel, Options } from 'amqplib';
import type { Logger } from 'pino';
import type { EventEnvelope } from '../contracts/event.js';
import { PublishError } from './publish-error.js';
import type { RabbitLink } from './rabbit-link.js';
import { declare, type QueueOptions } from './rabbit-topology.js';
import { queuesFor } from './topology.js';

export interface PublisherOptions extends QueueOptions {
  readonly log: Logger;
  readonly link: () => RabbitLink;
  readonly timeoutMs: number;
  /** Milliseconds between the moment a queue is found missing and its new declaration. */
  readonly redeclareMs: number;
  /** Limit of messages that wait for their confirm, timed-out ones included. It bounds what can pile up here when a broker is silent. */
  readonly maxUnconfirmed: number;
}

export interface Publisher {
  /** Runs on every new connection of the publisher's link. */
  attach(model: ChannelModel): Promise<void>;
  publish(event: EventEnvelope): Promise<void>;
  /** Puts a message on one queue, which is bound by its name; resolves when the broker has confirmed it. */
  send(queue: string, content: Buffer, properties: Options.Publish): Promise<void>;
}

const propertiesOf = (event: EventEnvelope): Options.Publish => ({
  contentType: 'application/cloudevents+json; charset=utf-8',
  messageId: event.id,
  type: event.type,
  appId: event.source,
  timestamp: Math.floor(Date.parse(event.time) / 1000),
  headers: event.traceparent === undefined ? {} : { traceparent: event.traceparent },
});

/** Publishes with confirms, and with a time limit for each confirm. */
export const createPublisher = (options: PublisherOptions): Publisher => {
  const { exchange, topology, log, link, timeoutMs, maxUnconfirmed } = options;
  const returned = new Set<string>();
  let channel: ConfirmChannel | undefined;
  let redeclaring: NodeJS.Timeout | undefined;
  let unconfirmed = 0;
  let sequence = 0;

  const declareAll = (model: ChannelModel): Promise<void> => declare(model, log, options, Object.keys(topology));

  /**
   * Declares the missing queue after a pause (1 s). A consumer learns some 40 ms late that its quorum queue is gone. When
   * the queue exists again by then, the consumer never learns it and waits for ever (seen on RabbitMQ 3.10).
   */
  const declareSoon = (): void => {
    redeclaring ??= setTimeout(() => {
      redeclaring = undefined;
      const model = link().model();
      if (model !== undefined) declareAll(model).catch((error: unknown) => log.error({ err: error }, 'topology not declared'));
    }, options.redeclareMs).unref();
  };

  const openChannel = (): ConfirmChannel => {
    const blocked = link().blocked();
    if (channel === undefined || link().model() === undefined)
      throw new PublishError('disconnected', `no connection to the broker: ${link().detail() ?? 'it is being made'}`);
    if (blocked !== undefined) throw new PublishError('blocked', `the broker takes no messages: ${blocked}`);
    if (unconfirmed >= maxUnconfirmed) throw new PublishError('overloaded', `${unconfirmed} events wait for the broker's confirm`);
    return channel;
  };

  /** Resolves when the broker has confirmed the message: true when a queue took it, false when none did. */
  const confirmed = (key: string, content: Buffer, properties: Options.Publish): Promise<boolean> =>
    new Promise((resolve, reject) => {
      const open = openChannel();
      const correlationId = String(++sequence);
      const timer = setTimeout(() => {
        reject(new PublishError('timeout', `the broker did not confirm within ${timeoutMs} ms`));
        // A missing confirm shows a frozen broker earlier than missed heartbeats do (5 s, not 20 s). While the broker is low on
        // memory, a new connection would not help.
        if (channel === open && link().blocked() === undefined) link().drop('the broker does not confirm');
      }, timeoutMs);
      const settle = (error: Error | null): void => {
        unconfirmed--;
        clearTimeout(timer);
        const routed = !returned.delete(correlationId);
        if (error === null) resolve(routed);
        // Only the error's text tells amqplib's negative confirm from a lost channel.
        else if (error.message === 'message nacked') reject(new PublishError('refused', 'the broker refused the message', error));
        else reject(new PublishError('disconnected', 'the connection to the broker was lost before the confirm', error));
      };
      unconfirmed++;
      try {
        open.publish(exchange, key, content, { ...properties, persistent: true, mandatory: true, correlationId }, settle);
      } catch (error) {
        settle(error as Error);
      }
    });

  const unroutable = (event: EventEnvelope, queues: readonly string[]): never => {
    declareSoon();
    throw new PublishError(
      'unroutable',
      `${event.type} is wanted by ${queues.join(', ')} and reached no queue; the queues are declared anew`,
    );
  };

  return {
    attach: async (model) => {
      await declareAll(model);
      const opened = await model.createConfirmChannel();
      opened.on('return', ({ properties }) => returned.add(String(properties.correlationId)));
      opened.on('error', (error) => log.error({ err: error }, 'publishing channel failed'));
      opened.on('close', () => {
        if (channel !== opened) return;
        channel = undefined;
        returned.clear();
        // This channel closes alone only after a fault, such as a deleted exchange. A new connection declares everything anew.
        link().drop('the publishing channel was closed');
      });
      channel = opened;
    },
    publish: async (event) => {
      const routed = await confirmed(event.type, Buffer.from(JSON.stringify(event)), propertiesOf(event));
      const wanting = queuesFor(topology, event.type);
      if (!routed && wanting.length > 0) unroutable(event, wanting);
    },
    send: async (queue, content, properties) => {
      if (!(await confirmed(queue, content, properties))) throw new PublishError('unroutable', `there is no queue "${queue}"`);
    },
  };
};
