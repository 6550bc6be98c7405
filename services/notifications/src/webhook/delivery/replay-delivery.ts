import { notFound } from '@riparo/shared/errors/common-errors';
import { accepted } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { WebhookDeps } from '../webhook.dependencies.js';
import { webhookSwitchedOff } from '../webhook.errors.js';
import type { DeliveryParams } from '../webhook.schema.js';
import { deliveryView } from '../webhook.view.js';
import { repeat } from './delivery.js';

type Deps = Pick<WebhookDeps, 'webhooks' | 'deliveries' | 'worker' | 'askAttempt'>;

/** `POST /webhooks/:id/deliveries/:deliveryId/replay`: sends it again under its id, whatever became of it. */
export const replayDelivery =
  ({ webhooks, deliveries, worker, askAttempt }: Deps) =>
  async ({ caller: { tenantId }, params: { id, deliveryId }, now }: Call<unknown, unknown, DeliveryParams>): Promise<Reply> => {
    const webhook = await webhooks.in(tenantId).find(id);
    if (webhook === undefined) throw notFound('webhook');
    const inTenant = deliveries.in(tenantId);
    if ((await inTenant.find(deliveryId))?.webhookId !== id) throw notFound('delivery');
    if (!webhook.active) throw webhookSwitchedOff();
    askAttempt(tenantId, id);
    const delivery = await inTenant.update(deliveryId, (before) => ({ state: repeat(before, now) }));
    if (delivery === undefined) throw notFound('delivery');
    worker.wake({ tenantId, id });
    return accepted(deliveryView(delivery));
  };
