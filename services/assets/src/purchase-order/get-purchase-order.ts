import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { purchaseOrderNotFound } from './purchase-order.errors.js';
import type { PurchaseOrder } from './purchase-order.js';
import { viewPurchaseOrder } from './purchase-order.view.js';

export const getPurchaseOrder =
  ({ purchaseOrders }: { readonly purchaseOrders: Repository<PurchaseOrder> }) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const order = await purchaseOrders.in(caller.tenantId).find(id);
    if (order === undefined) throw purchaseOrderNotFound();
    return ok(viewPurchaseOrder(order));
  };
