/**
 * Why an event is not known to be safe:
 * `disconnected` no connection to the broker, `blocked` the broker takes no messages (low on memory or disk),
 * `overloaded` too many events wait for their confirm, `timeout` no confirm in time, `refused` the broker said no,
 * `unroutable` a service wants the event and its queue is not there, `no-consumer` (in one process) the service that
 * wants it does not consume yet, `stopped` the bus is stopped or stopping.
 */
export type PublishFailure = 'disconnected' | 'blocked' | 'overloaded' | 'timeout' | 'refused' | 'unroutable' | 'no-consumer' | 'stopped';

/** What `publish` rejects with; the outbox keeps the event and tries again. */
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
