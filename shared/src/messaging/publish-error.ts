/**
 * Why `publish` cannot promise that the event is safe.
 * - `disconnected`: no connection to the broker.
 * - `blocked`: the broker takes no messages, because it is low on memory or disk.
 * - `overloaded`: too many events wait for their confirm.
 * - `timeout`: no confirm in time.
 * - `refused`: the broker said no.
 * - `unroutable`: a service wants the event, but its queue does not exist.
 * - `no-consumer`: in one process, the service that wants the event does not consume yet.
 * - `stopped`: the bus is stopped or stopping.
 */
export type PublishFailure = 'disconnected' | 'blocked' | 'overloaded' | 'timeout' | 'refused' | 'unroutable' | 'no-consumer' | 'stopped';

/** `publish` rejects with this error. The outbox then keeps the event and tries again. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
  constructor(
    readonly code: PublishFailure,
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}
