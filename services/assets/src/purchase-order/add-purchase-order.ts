import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Part } from '../part/part.js';
import type { TenantDay } from '../tenant-day.js';
import { newPurchaseOrder, orderNumberOf, type PurchaseOrder } from './purchase-order.js';
import type { OrderInput } from './purchase-order.schema.js';
import { viewPurchaseOrder } from './purchase-order.view.js';
import { readLines } from './read-lines.js';

interface Deps {
  readonly purchaseOrders: Repository<PurchaseOrder>;
  readonly parts: Repository<Part>;
  readonly tenantDay: TenantDay;
}

/** A DRAFT; nothing is expected from it before it is ordered. */
export const addPurchaseOrder =
  ({ purchaseOrders, parts, tenantDay }: Deps) =>
  async ({ caller, body, ids, now }: Call<OrderInput>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const id = ids.next();
    const lines = await readLines(parts, tenantId, body.lines, [], ids);
    const year = (await tenantDay(tenantId, now)).slice(0, 4);
    const order = await purchaseOrders
      .in(tenantId)
      .insertNumbered(year, (sequence) => newPurchaseOrder({ ...body, lines, id, number: orderNumberOf(year, sequence) }, userId));
    return created(`/purchase-orders/${order.id}`, viewPurchaseOrder(order));
  };
