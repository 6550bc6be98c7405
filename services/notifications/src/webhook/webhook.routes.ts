import { action, create, get, put, remove, type Route } from '@riparo/shared/http/route';
import { putWebhook, removeWebhook } from './change-webhook.js';
import { createWebhook } from './create-webhook.js';
import { getDelivery, listDeliveries, listDeliveriesQuery } from './delivery/read-deliveries.js';
import { replayDelivery } from './delivery/replay-delivery.js';
import { getWebhook, listEventTypes, listWebhooks, listWebhooksQuery } from './read-webhooks.js';
import { rotateSecret } from './rotate-secret.js';
import { testWebhook } from './test-webhook.js';
import type { WebhookDeps } from './webhook.dependencies.js';
import { WEBHOOK_OPERATIONS } from './webhook.reference.js';
import { newWebhookSchema, webhookSchema } from './webhook.schema.js';

const MAY = 'manage:webhooks';

export const webhookRoutes = (deps: WebhookDeps): readonly Route[] => [
  get(
    '/webhooks',
    MAY,
    'Lists the webhooks, newest first.',
    { query: listWebhooksQuery },
    listWebhooks(deps),
    WEBHOOK_OPERATIONS.listWebhooks,
  ),
  create(
    '/webhooks',
    MAY,
    'Tells another system of events from now on; the answer shows its secret once.',
    { body: newWebhookSchema(deps.rules) },
    createWebhook(deps),
    { ...WEBHOOK_OPERATIONS.createWebhook, replay: false },
  ),
  get(
    '/webhooks/event-types',
    MAY,
    'Lists the types of events that webhooks can ask for.',
    {},
    listEventTypes,
    WEBHOOK_OPERATIONS.listWebhookEventTypes,
  ),
  get('/webhooks/:id', MAY, 'Shows a webhook.', {}, getWebhook(deps), WEBHOOK_OPERATIONS.getWebhook),
  put(
    '/webhooks/:id',
    MAY,
    'Replaces a webhook, or switches it on or off; what waited is sent when it is switched on.',
    { body: webhookSchema(deps.rules) },
    putWebhook(deps),
    WEBHOOK_OPERATIONS.updateWebhook,
  ),
  remove(
    '/webhooks/:id',
    MAY,
    'Deletes a webhook; what is on its way is not tried again.',
    {},
    removeWebhook(deps),
    WEBHOOK_OPERATIONS.removeWebhook,
  ),
  create(
    '/webhooks/:id/rotate-secret',
    MAY,
    'Gives a webhook a new secret, shown once; for 24 hours the old one signs as well.',
    {},
    rotateSecret(deps),
    { ...WEBHOOK_OPERATIONS.rotateWebhookSecret, replay: false, success: 200 },
  ),
  action(
    '/webhooks/:id/test',
    MAY,
    'Sends a sample event at once and tells what came of it.',
    {},
    testWebhook(deps),
    WEBHOOK_OPERATIONS.testWebhook,
  ),
  get(
    '/webhooks/:id/deliveries',
    MAY,
    'Lists what was sent to a webhook in the last 30 days, newest first.',
    { query: listDeliveriesQuery },
    listDeliveries(deps),
    WEBHOOK_OPERATIONS.listWebhookDeliveries,
  ),
  get(
    '/webhooks/:id/deliveries/:deliveryId',
    MAY,
    'Shows a delivery with what is sent.',
    {},
    getDelivery(deps),
    WEBHOOK_OPERATIONS.getWebhookDelivery,
  ),
  action('/webhooks/:id/deliveries/:deliveryId/replay', MAY, 'Sends a delivery again under the same id.', {}, replayDelivery(deps), {
    ...WEBHOOK_OPERATIONS.replayWebhookDelivery,
    success: 202,
  }),
];
