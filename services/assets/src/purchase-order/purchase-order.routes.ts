import { action, create, get, put, type Route } from '@riparo/shared/http/route';
import type { Dependencies } from '../dependencies.js';
import { addPurchaseOrder } from './add-purchase-order.js';
import { cancelPurchaseOrder, orderPurchaseOrder, updatePurchaseOrder } from './change-purchase-order.js';
import { getPurchaseOrder } from './get-purchase-order.js';
import { listPurchaseOrders, listPurchaseOrdersQuery } from './list-purchase-orders.js';
import { PURCHASE_ORDER_OPERATIONS } from './purchase-order.reference.js';
import { newOrderBody, orderEditBody } from './purchase-order.schema.js';
import { receiveOrderBody, receivePurchaseOrder } from './receive-purchase-order.js';

const READ = 'read:purchase-orders';
const WRITE = 'write:purchase-orders';

export const purchaseOrderRoutes = (deps: Dependencies): readonly Route[] => [
  get(
    '/purchase-orders',
    READ,
    'Lists purchase orders.',
    { query: listPurchaseOrdersQuery },
    listPurchaseOrders(deps),
    PURCHASE_ORDER_OPERATIONS.listPurchaseOrders,
  ),
  create(
    '/purchase-orders',
    WRITE,
    'Drafts a purchase order.',
    { body: newOrderBody },
    addPurchaseOrder(deps),
    PURCHASE_ORDER_OPERATIONS.createPurchaseOrder,
  ),
  get(
    '/purchase-orders/:id',
    READ,
    'Shows a purchase order with what has come.',
    {},
    getPurchaseOrder(deps),
    PURCHASE_ORDER_OPERATIONS.getPurchaseOrder,
  ),
  put(
    '/purchase-orders/:id',
    WRITE,
    'Changes a draft; of an order that is under way supplier, notes and the expected days of its lines.',
    { body: orderEditBody },
    updatePurchaseOrder(deps),
    PURCHASE_ORDER_OPERATIONS.updatePurchaseOrder,
  ),
  action(
    '/purchase-orders/:id/order',
    WRITE,
    'Orders it: its pieces are expected from now on.',
    {},
    orderPurchaseOrder(deps),
    PURCHASE_ORDER_OPERATIONS.orderPurchaseOrder,
  ),
  action(
    '/purchase-orders/:id/receive',
    WRITE,
    'Books what has come onto the shelf; it can come in several deliveries.',
    { body: receiveOrderBody },
    receivePurchaseOrder(deps),
    { ...PURCHASE_ORDER_OPERATIONS.receivePurchaseOrder, creates: true },
  ),
  action(
    '/purchase-orders/:id/cancel',
    WRITE,
    'Cancels it: nothing more is expected, and what has come stays.',
    {},
    cancelPurchaseOrder(deps),
    PURCHASE_ORDER_OPERATIONS.cancelPurchaseOrder,
  ),
];
