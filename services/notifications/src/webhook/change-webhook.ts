import { notFound } from '@riparo/shared/errors/common-errors';
import { noContent, ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { change, remove, type WebhookInput } from './webhook.js';
import type { WebhookCall } from './webhook.schema.js';
import { webhookView } from './webhook.view.js';
import type { WebhookDeps } from './webhook.dependencies.js';

type Deps = Pick<WebhookDeps, 'webhooks' | 'subscribers' | 'worker'>;

/** `PUT /webhooks/:id`. One that is switched on again gets at once what has waited. */
export const putWebhook =
  ({ webhooks, subscribers, worker }: Deps) =>
  async ({ caller: { tenantId }, params: { id }, body, now, ifMatch }: WebhookCall<WebhookInput>): Promise<Reply> => {
    const after = await webhooks
      .in(tenantId)
      .update(id, (before) => ({ state: change(before, body, now) }), ifMatch === undefined ? {} : { ifMatch });
    if (after === undefined) throw notFound('webhook');
    subscribers.forget(tenantId);
    worker.wake({ tenantId, id });
    return ok(webhookView(after));
  };

/** `DELETE /webhooks/:id`. What waits goes with it; an attempt under way may still arrive, and is not tried again. */
export const removeWebhook =
  ({ webhooks, subscribers, queue }: Pick<WebhookDeps, 'webhooks' | 'subscribers' | 'queue'>) =>
  async ({ caller: { tenantId }, params: { id }, now, ifMatch }: WebhookCall): Promise<Reply> => {
    const after = await webhooks
      .in(tenantId)
      .update(id, (before) => ({ state: remove(before, now) }), ifMatch === undefined ? {} : { ifMatch });
    if (after === undefined) throw notFound('webhook');
    subscribers.forget(tenantId);
    await queue.drop({ tenantId, id });
    return noContent();
  };
