import type { Platform } from '@riparo/shared/composition/platform';
import { createMongoRepository } from '@riparo/shared/persistence/mongo-repository';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { PurchaseOrder } from './purchase-order.js';

export const PURCHASE_ORDERS = 'purchase_orders';

export const createPurchaseOrderRepository = ({ connection, clock, relay }: Platform): Repository<PurchaseOrder> =>
  createMongoRepository<PurchaseOrder>({
    connection,
    service: 'assets',
    collection: PURCHASE_ORDERS,
    clock,
    relay,
    indexes: [
      { fields: { id: 1 } },
      { fields: { status: 1, id: 1 } },
      { fields: { 'lines.partId': 1, id: 1 } },
      { fields: { searchWords: 1, id: 1 } },
    ],
  });
