import type { Logger } from 'pino';
import { runInContext } from '../runtime/context.js';
import type { Subscription } from './bus.js';
import { contextOf, receive } from './envelope.js';

/** The subscriptions of one `listen`. */
export interface Listener {
  readonly types: readonly string[];
  /** Takes an event as text and returns at once; errors are logged. */
  take(raw: string): void;
}

/** The rules of `listen` on both buses: a failed event is not tried again and not parked. */
export const createListener = (subscriptions: readonly Subscription[], log: Logger): Listener => {
  const byType = new Map(subscriptions.map((subscription) => [subscription.contract.type, subscription]));
  return {
    types: [...byType.keys()],
    take: (raw) => {
      const received = receive(raw, byType);
      if (!received.ok) {
        log.error({ reason: received.reason }, 'listener passed over an invalid event');
        return;
      }
      const { event, subscription } = received;
      Promise.resolve()
        .then(() => runInContext(contextOf(event), () => subscription.handle(event, { redelivered: false, attempt: 1 })))
        .catch((error: unknown) => {
          log.error({ err: error, event: event.id, type: event.type }, 'listener failed');
        });
    },
  };
};
