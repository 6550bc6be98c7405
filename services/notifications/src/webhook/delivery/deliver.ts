import type { Clock } from '@riparo/shared/runtime/clock';
import type { AttemptError, TryWebhook } from '../sending/attempt.js';
import { note, type Webhook } from '../webhook.js';
import type { Subscribers, Webhooks } from '../webhook.repository.js';
import { release, afterAttempt, type WebhookDelivery } from './delivery.js';
import type { WebhookDeliveries } from './delivery.repository.js';

export interface DeliverDeps {
  readonly webhooks: Webhooks;
  readonly deliveries: WebhookDeliveries;
  readonly subscribers: Subscribers;
  readonly tryWebhook: TryWebhook;
  readonly clock: Clock;
  /** For metrics. */
  readonly onAttempt: (outcome: 'delivered' | 'given_up' | 'retried', error?: AttemptError) => void;
}

/** Tries one delivery that `owner` has claimed; says whether it arrived. */
export type DeliverWebhook = (
  tenantId: string,
  webhook: Webhook,
  delivery: WebhookDelivery,
  owner: string,
  signal: AbortSignal,
) => Promise<boolean>;

export const createDeliverWebhook =
  ({ webhooks, deliveries, subscribers, tryWebhook, clock, onAttempt }: DeliverDeps): DeliverWebhook =>
  async (tenantId, webhook, delivery, owner, signal) => {
    const tried = await tryWebhook(tenantId, webhook, delivery, signal);
    const { error } = tried.attempt;
    const now = clock.now();
    const cutOff = error !== undefined && signal.aborted;
    const settled = await deliveries.in(tenantId).update(delivery.id, (latest) => ({
      state: cutOff ? release(latest, owner, now) : afterAttempt(latest, owner, tried, now),
    }));
    if (cutOff) return false;
    const delivered = error === undefined;
    const givenUp = settled?.status === 'FAILED';
    onAttempt(delivered ? 'delivered' : givenUp ? 'given_up' : 'retried', error);
    // Most attempts tell nothing new of the webhook, and nothing is read or written for them.
    if (delivered && webhook.failingSince === undefined) return true;
    if (!delivered && webhook.failingSince !== undefined && !givenUp) return false;
    const after = await webhooks
      .in(tenantId)
      .update(webhook.id, (latest) => note(latest, { delivered, gone: error === 'GONE', givenUp }, now));
    if (after?.active !== true) subscribers.forget(tenantId);
    return delivered;
  };
