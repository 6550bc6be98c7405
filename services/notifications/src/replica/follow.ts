import type { EventEnvelope } from '@riparo/shared/contracts/event';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { Followed } from './replicas.js';

/** Keeps what an event tells if it is newer than what is known. `id`: default the event's subject. */
export const follow =
  <D, T extends object>(
    followed: Followed<T>,
    pick: (data: D) => T,
    id: (event: EventEnvelope<D>) => string = ({ subject }) => subject,
  ): EventHandler<D> =>
  (event) =>
    followed.keep(event.tenantid, id(event), event.aggregateversion, pick(event.data));

/** One handler after the other; each can run twice, so a fault in the second repeats the first harmlessly. */
export const both =
  <D>(first: EventHandler<D>, second: EventHandler<D>): EventHandler<D> =>
  async (event, delivery) => {
    await first(event, delivery);
    await second(event, delivery);
  };
