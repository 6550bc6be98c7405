import type { Channel, ConsumeMessage, Options } from 'amqplib';
import { closeChannel } from './close-channel.js';
import type { Logger } from 'pino';
import { uuidSource } from '../runtime/ids.js';
import type { BusMetrics } from './bus-metrics.js';
import type { Processor, Verdict } from './process-delivery.js';
import type { Publisher } from './rabbit-publisher.js';
import type { Subscribe } from './rabbit-subscriber.js';
import { declare, parkedQueue, type QueueOptions } from './rabbit-topology.js';
import { pauseAfter, waited } from './retry.js';

/** Header with the reason why an event was parked. */
export const REASON_HEADER = 'x-riparo-reason';
/** Header with the time of parking, ISO 8601. */
export const PARKED_AT_HEADER = 'x-riparo-parked-at';
/** Header with the number of tries before the event was parked. */
export const ATTEMPTS_HEADER = 'x-riparo-attempts';
/** Header on a copy of a message that a consumer may have handled already. */
export const AGAIN_HEADER = 'x-riparo-again';

const PAUSES = { firstPauseMs: 200, maxPauseMs: 5_000 };

export interface ConsumerOptions extends QueueOptions {
  readonly queue: string;
  readonly processor: Processor;
  readonly publisher: Publisher;
  readonly metrics: BusMetrics;
  readonly prefetch: number;
  readonly log: Logger;
  readonly deliveryLimit: number;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  /** Registers the work on every delivery; `stop` waits for it. */
  readonly track: (work: Promise<void>) => void;
}

/** Characters; W3C writes 55. With a longer one beside the reason, the headers might be more than the broker takes. */
const MAX_TRACEPARENT = 100;

/** The properties of a message that its copy keeps, without the headers that a broker adds on dead lettering. */
export const copiedProperties = ({ properties }: { properties: ConsumeMessage['properties'] }): Options.Publish => {
  const traceparent: unknown = properties.headers?.traceparent;
  return {
    contentType: properties.contentType as string | undefined,
    messageId: (properties.messageId as string | undefined) ?? uuidSource.next(),
    type: properties.type as string | undefined,
    appId: properties.appId as string | undefined,
    timestamp: properties.timestamp as number | undefined,
    headers: typeof traceparent === 'string' && traceparent.length <= MAX_TRACEPARENT ? { traceparent } : {},
  };
};

const withHeaders = (properties: Options.Publish, headers: Record<string, unknown>): Options.Publish => ({
  ...properties,
  headers: { ...(properties.headers as Record<string, unknown>), ...headers },
});

/** Makes the function that declares a queue, consumes it on a channel and resolves to the consumer tag. */
export const createConsumer = (options: ConsumerOptions): Subscribe => {
  const { queue, processor, publisher, metrics, prefetch, deliveryLimit, now, signal, track } = options;
  const log = options.log.child({ queue });

  /** Tries until the broker has confirmed the copy: before that, the original must not be acknowledged. */
  const sendSafely = async (target: string, message: ConsumeMessage, headers: Record<string, unknown>): Promise<boolean> => {
    const properties = withHeaders(copiedProperties(message), headers);
    for (let failures = 1; ; failures++) {
      try {
        await publisher.send(target, message.content, properties);
        return true;
      } catch (error) {
        log.warn({ err: error, target }, 'event not moved, trying again');
      }
      if (!(await waited(pauseAfter(PAUSES, failures), signal))) return false;
    }
  };

  const giveUp = ({ properties }: ConsumeMessage, unanswered: number): Omit<Verdict & { kind: 'parked' }, 'event'> => {
    const reason = `delivered ${unanswered} times without an answer: it may end the process that handles it`;
    metrics.ended(queue, String(properties.type), 'parked');
    log.error({ event: properties.messageId as unknown, reason }, 'event parked');
    return { kind: 'parked', reason, attempts: unanswered };
  };

  /** True when the delivery is done and can be acknowledged. */
  const settle = async (message: ConsumeMessage): Promise<boolean> => {
    const redelivered = message.fields.redelivered || message.properties.headers?.[AGAIN_HEADER] === true;
    const unanswered = Number(message.properties.headers?.['x-delivery-count'] ?? 0);
    const verdict = unanswered >= deliveryLimit ? giveUp(message, unanswered) : await processor(message.content.toString(), redelivered);
    switch (verdict.kind) {
      case 'handled':
        return true;
      case 'left':
        return false;
      case 'held':
        // The event goes to the end of its own queue: after 30 minutes of silence the broker would take this consumer for dead.
        return sendSafely(queue, message, { [AGAIN_HEADER]: true });
      case 'parked':
        return sendSafely(parkedQueue(queue), message, {
          [REASON_HEADER]: verdict.reason,
          [PARKED_AT_HEADER]: now().toISOString(),
          [ATTEMPTS_HEADER]: verdict.attempts,
        });
    }
  };

  const take = async (channel: Channel, message: ConsumeMessage): Promise<void> => {
    if (!(await settle(message))) return;
    try {
      channel.ack(message);
    } catch (error) {
      log.info(
        { err: error, message: message.properties.messageId as unknown },
        'channel closed before the acknowledgement, the event will come again',
      );
    }
  };

  return async (channel, model) => {
    await declare(model, log, options, [queue]);
    await channel.prefetch(prefetch);
    const { consumerTag } = await channel.consume(queue, (message) => {
      if (message !== null) {
        track(take(channel, message));
        return;
      }
      log.warn('the queue was deleted or moved, subscribing anew');
      track(closeChannel(channel).catch((error: unknown) => log.debug({ err: error }, 'channel was closed already')));
    });
    return consumerTag;
  };
};
