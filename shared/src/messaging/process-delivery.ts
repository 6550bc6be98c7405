import type { Logger } from 'pino';
import type { EventEnvelope } from '../contracts/event.js';
import { runInContext } from '../runtime/context.js';
import { PoisonEventError, type Subscription } from './bus.js';
import type { BusMetrics } from './bus-metrics.js';
import { isDependencyAway } from './dependency-away.js';
import { contextOf, receive, type Received } from './envelope.js';
import { cut } from '../text/cut.js';
import { pauseAfter, waited, type RetryPolicy } from './retry.js';

/**
 * What the bus must do with a delivery.
 * - `handled`: nothing more.
 * - `parked`: park the event.
 * - `left`: leave the event on its queue, because the bus stops.
 * - `held`: move the event to the end of its queue, because a dependency has been away for longer than `holdMs`.
 */
export type Verdict =
  | { readonly kind: 'handled' }
  | { readonly kind: 'parked'; readonly reason: string; readonly attempts: number; readonly event: EventEnvelope | { raw: string } }
  | { readonly kind: 'left' }
  | { readonly kind: 'held' };

export interface ProcessorOptions {
  readonly queue: string;
  readonly subscriptions: readonly Subscription[];
  readonly retry: RetryPolicy;
  /** How long, in milliseconds, one delivery is tried in place while a dependency is away; default: without end. */
  readonly holdMs?: number;
  readonly log: Logger;
  readonly metrics: BusMetrics;
  /** Ends a pause between two tries. A running handler is never interrupted. */
  readonly signal: AbortSignal;
}

/** Handles one delivery and decides its verdict; never throws. */
export type Processor = (raw: string, redelivered: boolean) => Promise<Verdict>;

/**
 * Characters. A reason may quote what a sender wrote, and it becomes a header of the parked message. A broker closes the
 * connection on headers of more than 128 kB: the event would come again for ever, and nothing behind it.
 */
const MAX_REASON = 1_000;

const typeOf = (event: EventEnvelope | { raw: string }): string => ('raw' in event ? 'unreadable' : event.type);

const reasonOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

/** The rules of consumers on both buses: check, handle, try again, park. */
export const createProcessor = (options: ProcessorOptions): Processor => {
  const { queue, retry, metrics, signal } = options;
  const log = options.log.child({ queue });
  const subscriptions = new Map(options.subscriptions.map((subscription) => [subscription.contract.type, subscription]));

  const parked = (fault: { reason: string; attempts: number; error?: unknown }, event: EventEnvelope | { raw: string }): Verdict => {
    const { attempts, error } = fault;
    const reason = cut(fault.reason, MAX_REASON);
    metrics.ended(queue, typeOf(event), 'parked');
    log.error({ err: error, event: 'raw' in event ? undefined : event.id, type: typeOf(event), reason }, 'event parked');
    return { kind: 'parked', reason, attempts, event };
  };

  const handle = async ({ event, subscription }: Received & { ok: true }, redelivered: boolean): Promise<Verdict> => {
    const startedAt = Date.now();
    let failures = 0;
    for (let attempt = 1; ; attempt++) {
      try {
        await runInContext(contextOf(event), () => subscription.handle(event, { redelivered, attempt }));
        metrics.ended(queue, event.type, 'handled', event.time);
        return { kind: 'handled' };
      } catch (error) {
        if (error instanceof PoisonEventError) return parked({ reason: error.message, attempts: attempt, error }, event);
        const away = isDependencyAway(error);
        if (!away) failures++;
        if (failures >= retry.attempts) {
          const reason = `failed ${failures} times, at last with ${reasonOf(error)}`;
          return parked({ reason, attempts: attempt, error }, event);
        }
        metrics.ended(queue, event.type, 'retried');
        log.warn({ err: error, event: event.id, type: event.type, attempt, away }, 'event not handled, trying again');
        if (away && Date.now() - startedAt > (options.holdMs ?? Infinity)) return { kind: 'held' };
        if (!(await waited(pauseAfter(retry, attempt), signal))) {
          metrics.ended(queue, event.type, 'left');
          return { kind: 'left' };
        }
      }
    }
  };

  return (raw, redelivered) => {
    const received = receive(raw, subscriptions);
    return received.ok ? handle(received, redelivered) : Promise.resolve(parked({ reason: received.reason, attempts: 1 }, received.event));
  };
};
