import { notFound } from '@riparo/shared/errors/common-errors';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list, ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { OFFERED } from './event-types.js';
import type { WebhookCall } from './webhook.schema.js';
import { webhookView } from './webhook.view.js';
import type { WebhookDeps } from './webhook.dependencies.js';

export const listWebhooksQuery = pageQuery(['createdAt']);

export const listWebhooks =
  ({ webhooks }: Pick<WebhookDeps, 'webhooks'>) =>
  async ({ caller, query: { page, pageSize, sort } }: Call<unknown, PageRequest>): Promise<Reply> => {
    const found = await webhooks.in(caller.tenantId).page({ filter: {}, sort: toSort(sort), page, pageSize });
    return list({ ...found, items: found.items.map(webhookView) });
  };

export const getWebhook =
  ({ webhooks }: Pick<WebhookDeps, 'webhooks'>) =>
  async ({ caller, params: { id } }: WebhookCall): Promise<Reply> => {
    const webhook = await webhooks.in(caller.tenantId).find(id);
    if (webhook === undefined) throw notFound('webhook');
    return ok(webhookView(webhook));
  };

export const listEventTypes = (): Promise<Reply> => Promise.resolve(ok(OFFERED));
