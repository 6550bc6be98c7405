import type { Attempt } from './sending/attempt.js';
import type { WebhookDelivery } from './delivery/delivery.js';
import type { Webhook } from './webhook.js';

/** Without its secrets. */
export const webhookView = ({ id, version, url, description, events, active, createdAt, updatedAt, ...state }: Webhook) => ({
  id,
  version,
  url,
  description,
  events,
  active,
  disabledAt: state.disabledAt,
  disabledReason: state.disabledReason,
  failingSince: state.failingSince,
  createdAt,
  updatedAt,
});

/** The one answer that shows a secret. */
export const webhookWithSecret = (webhook: Webhook, secret: string) => ({ ...webhookView(webhook), secret });

export const attemptView = ({ at, ms, status, error, answer }: Attempt) => ({ at, ms, statusCode: status, error, answer });

/** In lists: without what was sent. */
export const deliverySummary = ({
  id,
  eventId,
  type,
  status,
  attempts,
  nextAttemptAt,
  deliveredAt,
  createdAt,
}: Omit<WebhookDelivery, 'payload'>) => ({
  id,
  eventId,
  type,
  status,
  attempts: attempts.map(attemptView),
  nextAttemptAt,
  deliveredAt,
  createdAt,
});

export const deliveryView = ({ payload, ...delivery }: WebhookDelivery) => ({
  ...deliverySummary(delivery),
  payload: JSON.parse(payload) as unknown,
});
