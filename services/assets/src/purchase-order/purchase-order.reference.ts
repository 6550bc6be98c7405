import { fields, listOf, one, pageOf } from '@riparo/shared/http/reference/answer';
import { count, id, oneOf } from '@riparo/shared/http/reference/answer-fields';
import { STALE, type ProblemMembers } from '@riparo/shared/http/reference/problems';
import { operations, type Tag } from '@riparo/shared/http/route';
import { PURCHASE_ORDER_STATUSES } from './purchase-order.js';
import { purchaseOrderAnswer } from './purchase-order.answer.js';

const PURCHASE_ORDERS: Tag = { name: 'Purchase orders', about: 'Parts that are ordered from suppliers, and what has come of them.' };

const answer = one(purchaseOrderAnswer);
const STATUS = 'PURCHASE_ORDER_STATUS';

const status = oneOf(PURCHASE_ORDER_STATUSES);
const MEMBERS: ProblemMembers = {
  PURCHASE_ORDER_STATUS: fields({ current: status, allowed: listOf(status) }),
  MORE_THAN_ORDERED: fields({ remaining: listOf(fields({ lineId: id(), remaining: count() })).description('What is still to come.') }),
};

export const PURCHASE_ORDER_OPERATIONS = operations(
  PURCHASE_ORDERS,
  {
    listPurchaseOrders: { answer: pageOf(purchaseOrderAnswer) },
    createPurchaseOrder: { answer },
    getPurchaseOrder: { answer },
    updatePurchaseOrder: { answer, problems: { 409: [STATUS, 'PURCHASE_ORDER_LINES_FIXED'] } },
    orderPurchaseOrder: { answer, problems: { ...STALE, 409: [STATUS, 'PURCHASE_ORDER_EMPTY', 'PART_RETIRED'] } },
    receivePurchaseOrder: { answer, problems: { 409: [STATUS, 'MORE_THAN_ORDERED'] } },
    cancelPurchaseOrder: { answer, problems: { ...STALE, 409: [STATUS] } },
  },
  MEMBERS,
);
