import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { webhookSecretUnreadable } from './webhook.errors.js';
import { insertInFreeSlot } from './webhook.repository.js';
import { newWebhook, type WebhookInput } from './webhook.js';
import { webhookWithSecret } from './webhook.view.js';
import type { WebhookDeps } from './webhook.dependencies.js';

/** `POST /webhooks`. Under the same Idempotency-Key the answer is made anew, because it holds the secret. */
export const createWebhook =
  ({ webhooks, secrets, subscribers }: Pick<WebhookDeps, 'webhooks' | 'secrets' | 'subscribers'>) =>
  async ({ caller: { tenantId }, body, ids, now }: Call<WebhookInput>): Promise<Reply> => {
    const [id, secretId] = [ids.next(), ids.next()];
    const draft = newWebhook(id, body, secrets.make(tenantId, id, secretId), now);
    const webhook = await insertInFreeSlot(webhooks, tenantId, draft);
    subscribers.forget(tenantId);
    const secret = webhook.secrets.find((each) => each.id === secretId);
    // Rotated several times since the first run of this key.
    if (secret === undefined) throw webhookSecretUnreadable();
    return created(`/webhooks/${id}`, webhookWithSecret(webhook, secrets.read(tenantId, id, secret)));
  };
