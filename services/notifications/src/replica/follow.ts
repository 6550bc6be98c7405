import type { EventEnvelope } from '@riparo/shared/contracts/event';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { Replica } from '@riparo/shared/persistence/replica';

/** Keeps what an event tells if it is newer than what is known. */
export const follow =
  <D, T extends object>(replica: Replica<T>, pick: (data: D) => T): EventHandler<D> =>
  async (event: EventEnvelope<D>) => {
    await replica.in(event.tenantid).keep(event.subject, event.aggregateversion, pick(event.data));
  };

/** One handler after the other; each can run twice, so a fault in the second repeats the first harmlessly. */
export const both =
  <D>(first: EventHandler<D>, second: EventHandler<D>): EventHandler<D> =>
  async (event, delivery) => {
    await first(event, delivery);
    await second(event, delivery);
  };
