import type { EventContract, EventEnvelope } from '../contracts/event.js';

/** Facts about one delivery. A handler can run twice for one event; the second run must change nothing. */
export interface Delivery {
  /** True when the event may have been delivered before. */
  readonly redelivered: boolean;
  /** 1 for the first try in this process. */
  readonly attempt: number;
}

export type EventHandler<T> = (event: EventEnvelope<T>, delivery: Delivery) => Promise<void>;

/** One consumed event: a line in a service's `subscriptions.ts`. */
export interface Subscription {
  readonly contract: EventContract<unknown>;
  readonly handle: EventHandler<unknown>;
}

/** `on(TicketOpened, async (event) => …)`: keeps the event's data type from contract to handler. */
export const on = <T>(contract: EventContract<T>, handle: EventHandler<T>): Subscription =>
  ({ contract, handle }) as unknown as Subscription;

type DataOf<C> = C extends EventContract<infer T> ? T : never;

/**
 * `onEach(repairEvents, followRepair(deps))`: one handler for every event of a group. Its data type is the data that
 * all these events have.
 */
export const onEach = <C extends Pick<EventContract<unknown>, 'type'>>(
  contracts: readonly C[],
  handle: EventHandler<DataOf<C>>,
): readonly Subscription[] => contracts.map((contract) => ({ contract, handle }) as unknown as Subscription);

/** An event that a consumer gave up on, kept until somebody looks: `npm run parked`. */
export interface ParkedEvent {
  readonly id: string;
  readonly queue: string;
  readonly reason: string;
  readonly parkedAt: string;
  /** How often it was tried before it was parked; missing where nobody counted. */
  readonly attempts?: number;
  readonly event: EventEnvelope | { raw: string };
}

export interface BusHealth {
  readonly connected: boolean;
  readonly detail?: string;
}

/**
 * The event bus as services see it; `rabbit-bus` and `memory-bus` implement it and one contract suite holds both to it.
 *
 * - `publish` resolves once the event is safe: confirmed by the broker on every queue that wants it, or (in one process)
 *   handled or parked by every subscriber. It rejects when that is not certain (no connection, timeout, negative
 *   confirm, unroutable although a service wants it); the outbox then keeps the event and tries again.
 * - `consume` gives every event of the subscriptions' types to exactly one of the instances that consume `queue`.
 *   A handler that throws `PoisonEventError` parks the event at once; any other error is tried again with growing
 *   pauses, then parked; errors that mean "a dependency is away" are retried without end and are never parked.
 * - `listen` gives every event to *every* running instance (session revocation); nothing is kept while it is down.
 */
export interface Bus {
  publish(event: EventEnvelope): Promise<void>;
  consume(queue: string, subscriptions: readonly Subscription[]): Promise<void>;
  listen(subscriptions: readonly Subscription[]): Promise<void>;
  start(): Promise<void>;
  /** Stops taking deliveries, lets running handlers finish, closes. */
  stop(): Promise<void>;
  health(): BusHealth;
  listParked(queue: string, limit?: number): Promise<readonly ParkedEvent[]>;
  /** Puts parked events back on their queue; returns how many. One that is being replayed already is left out. */
  replayParked(queue: string, ids?: readonly string[]): Promise<number>;
}

/** A handler throws this for an event that can never be handled: the event is parked without another try. */
export class PoisonEventError extends Error {
  override readonly name = 'PoisonEventError';
}
