import { notFound } from '@riparo/shared/errors/common-errors';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list, ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import { compact } from '@riparo/shared/json/compact';
import type { WebhookDeps } from '../webhook.dependencies.js';
import type { DeliveryParams, WebhookCall } from '../webhook.schema.js';
import { deliverySummary, deliveryView } from '../webhook.view.js';
import { DELIVERY_STATUSES, type DeliveryStatus } from './delivery.js';

interface Filters {
  readonly status?: DeliveryStatus;
}

type Deps = Pick<WebhookDeps, 'webhooks' | 'deliveries'>;

export const listDeliveriesQuery = pageQuery<Filters>(['createdAt'], { status: oneOf(DELIVERY_STATUSES) });

export const listDeliveries =
  ({ webhooks, deliveries }: Deps) =>
  async ({ caller: { tenantId }, params: { id }, query }: WebhookCall<unknown, PageRequest & Filters>): Promise<Reply> => {
    if ((await webhooks.in(tenantId).find(id)) === undefined) throw notFound('webhook');
    const { page, pageSize, sort, status } = query;
    const filter = compact({ webhookId: id, status });
    const found = await deliveries.in(tenantId).page({ filter, sort: toSort(sort), page, pageSize, leaveOut: ['payload'] });
    return list({ ...found, items: found.items.map(deliverySummary) });
  };

export const getDelivery =
  ({ webhooks, deliveries }: Deps) =>
  async ({ caller: { tenantId }, params: { id, deliveryId } }: Call<unknown, unknown, DeliveryParams>): Promise<Reply> => {
    if ((await webhooks.in(tenantId).find(id)) === undefined) throw notFound('webhook');
    const delivery = await deliveries.in(tenantId).find(deliveryId);
    if (delivery?.webhookId !== id) throw notFound('delivery');
    return ok(deliveryView(delivery));
  };
