import type { EventHandler, Subscription } from '@riparo/shared/messaging/bus';
import type { Clock } from '@riparo/shared/runtime/clock';
import { OFFERED_CONTRACTS, wants } from '../event-types.js';
import { MAX_WEBHOOKS } from '../webhook.js';
import type { Subscribers, WebhookRef, Webhooks } from '../webhook.repository.js';
import { newDelivery } from './delivery.js';
import type { WebhookDeliveries } from './delivery.repository.js';

export interface EnqueueDeps {
  readonly subscribers: Subscribers;
  readonly webhooks: Webhooks;
  readonly deliveries: WebhookDeliveries;
  readonly clock: Clock;
  readonly wake: (webhook: WebhookRef) => void;
}

/** Puts an event on its way to every webhook that wants it. Where nobody wants it, this costs no access to the database. */
export const createEnqueue =
  ({ subscribers, webhooks, deliveries, clock, wake }: EnqueueDeps): EventHandler<unknown> =>
  async (event) => {
    const { tenantid: tenantId, type } = event;
    const interested = (await subscribers.of(tenantId)).filter(({ events }) => wants(events, type));
    if (interested.length === 0) return;
    // What is known of subscribers may be two seconds old.
    const ids = interested.map(({ id }) => id);
    const still = await webhooks.in(tenantId).list({ id: { $in: ids }, active: true }, { limit: MAX_WEBHOOKS });
    const now = clock.now();
    await Promise.all(still.map(({ id }) => deliveries.in(tenantId).insert(newDelivery(event, id, now))));
    for (const { id } of still) wake({ tenantId, id });
  };

/** Adds webhooks to what a service does with events: what it handles already goes on to them afterwards, the rest to them alone. */
export const passedOn = (enqueue: EventHandler<unknown>, own: readonly Subscription[]): readonly Subscription[] => {
  const offered = new Set(OFFERED_CONTRACTS.map(({ type }) => type));
  const handled = new Set(own.map(({ contract }) => contract.type));
  return [
    ...own.map((subscription) =>
      offered.has(subscription.contract.type)
        ? {
            ...subscription,
            handle: async (...args: Parameters<EventHandler<unknown>>) => {
              await subscription.handle(...args);
              await enqueue(...args);
            },
          }
        : subscription,
    ),
    ...OFFERED_CONTRACTS.filter(({ type }) => !handled.has(type)).map((contract) => ({ contract, handle: enqueue })),
  ];
};
