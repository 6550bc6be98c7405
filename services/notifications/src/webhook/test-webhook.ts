import { notFound } from '@riparo/shared/errors/common-errors';
import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import type { WebhookCall } from './webhook.schema.js';
import { attemptView } from './webhook.view.js';
import type { WebhookDeps } from './webhook.dependencies.js';

/** No event has this type, so receivers know a test from the truth. */
const TEST_TYPE = 'riparo.webhook-test.v1';

/** `POST /webhooks/:id/test`: sends a sample at once, also while the webhook is switched off, and tells what came of it. */
export const testWebhook =
  ({ webhooks, tryWebhook, askAttempt }: Pick<WebhookDeps, 'webhooks' | 'tryWebhook' | 'askAttempt'>) =>
  async ({ caller: { tenantId }, params: { id }, ids, now }: WebhookCall): Promise<Reply> => {
    const webhook = await webhooks.in(tenantId).find(id);
    if (webhook === undefined) throw notFound('webhook');
    askAttempt(tenantId, id);
    const sample = { type: TEST_TYPE, timestamp: now.toISOString(), subject: id, version: webhook.version, data: { webhookId: id } };
    const { attempt } = await tryWebhook(tenantId, webhook, { id: ids.next(), payload: JSON.stringify(sample) });
    return ok({ delivered: attempt.error === undefined, attempt: attemptView(attempt) });
  };
