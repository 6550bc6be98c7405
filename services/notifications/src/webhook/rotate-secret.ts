import { notFound } from '@riparo/shared/errors/common-errors';
import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { webhookSecretUnreadable } from './webhook.errors.js';
import { rotate } from './webhook.js';
import type { WebhookCall } from './webhook.schema.js';
import { webhookWithSecret } from './webhook.view.js';
import type { WebhookDeps } from './webhook.dependencies.js';

/** `POST /webhooks/:id/rotate-secret`. The old secret signs beside the new one for a day. */
export const rotateSecret =
  ({ webhooks, secrets }: Pick<WebhookDeps, 'webhooks' | 'secrets'>) =>
  async ({ caller: { tenantId }, params: { id }, ids, now }: WebhookCall): Promise<Reply> => {
    const fresh = secrets.make(tenantId, id, ids.next());
    const webhook = await webhooks.in(tenantId).update(id, (before) => ({ state: rotate(before, fresh, now) }));
    if (webhook === undefined) throw notFound('webhook');
    const secret = webhook.secrets.find((each) => each.id === fresh.id);
    if (secret === undefined) throw webhookSecretUnreadable();
    return ok(webhookWithSecret(webhook, secrets.read(tenantId, id, secret)));
  };
