import { fields, listOf, view } from '@riparo/shared/http/reference/answer';
import { calendarDay, count, id, moment, money, oneOf, text, version } from '@riparo/shared/http/reference/answer-fields';
import { PURCHASE_ORDER_STATUSES } from './purchase-order.js';

export const purchaseOrderAnswer = view('PurchaseOrder', 'Parts that were or will be ordered from a supplier.', {
  id: id(),
  number: text().description('`PO-2026-000001`.'),
  supplier: text(),
  notes: text().optional(),
  status: oneOf(PURCHASE_ORDER_STATUSES),
  lines: listOf(
    fields({
      id: id(),
      partId: id(),
      sku: text(),
      name: text(),
      quantity: count(),
      received: count(),
      remaining: count().description('`quantity` less `received`.'),
      cost: money().description('Of one piece, without VAT.'),
      expectedOn: calendarDay().optional(),
    }),
  ),
  receipts: listOf(
    fields({ id: id(), lineId: id(), partId: id(), quantity: count(), cost: money(), at: moment(), byUserId: id() }),
  ).description('What has come, the oldest first.'),
  total: money().optional().description('Of all lines; missing without lines.'),
  createdByUserId: id(),
  orderedAt: moment().optional(),
  createdAt: moment(),
  updatedAt: moment(),
  version: version(),
});
