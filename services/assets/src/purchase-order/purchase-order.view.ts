import { compact } from '@riparo/shared/json/compact';
import { remainingOf, type OrderLine, type PurchaseOrder, type Receipt } from './purchase-order.js';

const viewLine = (line: OrderLine) => ({ ...line, remaining: remainingOf(line) });
const viewReceipt = ({ booked: _booked, ...receipt }: Receipt) => receipt;

const totalOf = (lines: readonly OrderLine[]) => {
  const currency = lines[0]?.cost.currency;
  return currency === undefined
    ? undefined
    : { amount: lines.reduce((sum, { quantity, cost }) => sum + quantity * cost.amount, 0), currency };
};

export const viewPurchaseOrder = ({ searchWords: _words, unsettledSince: _since, ...order }: PurchaseOrder) =>
  compact({ ...order, lines: order.lines.map(viewLine), receipts: order.receipts.map(viewReceipt), total: totalOf(order.lines) });
