import type { Money } from '@riparo/shared/contracts/money';
import { compact } from '@riparo/shared/json/compact';
import type { Decision, Draft, Entity } from '@riparo/shared/persistence/repository';
import { boundedWords, searchWords } from '@riparo/shared/text/search-words';
import type { By } from '../part/stock/stock-change.js';
import { linesChanged, moreThanOrdered, purchaseOrderEmpty, purchaseOrderStatus, type TooMany } from './purchase-order.errors.js';

export const PURCHASE_ORDER_STATUSES = ['DRAFT', 'ORDERED', 'PARTLY_RECEIVED', 'RECEIVED', 'CANCELLED'] as const;
export type PurchaseOrderStatus = (typeof PURCHASE_ORDER_STATUSES)[number];

export interface OrderLine {
  readonly id: string;
  readonly partId: string;
  /** As they were when the line was written. */
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly received: number;
  /** Of one piece, without VAT. */
  readonly cost: Money;
  /** `YYYY-MM-DD` */
  readonly expectedOn?: string;
}

/** Pieces of one line that came; its id is also that of the movement in the ledger of the part. */
export interface Receipt {
  readonly id: string;
  readonly lineId: string;
  readonly partId: string;
  readonly quantity: number;
  readonly cost: Money;
  readonly at: Date;
  readonly byUserId: string;
  /** The part has it. */
  readonly booked?: true;
}

export interface OrderFields {
  readonly supplier: string;
  readonly notes?: string;
  readonly lines: readonly OrderLine[];
}

export interface PurchaseOrder extends Entity, OrderFields {
  /** `PO-2026-000001` */
  readonly number: string;
  readonly status: PurchaseOrderStatus;
  readonly receipts: readonly Receipt[];
  readonly createdByUserId: string;
  readonly orderedAt?: Date;
  readonly searchWords: readonly string[];
  /** Parts are still to be told what this order brings or has brought. */
  readonly unsettledSince?: Date;
}

export const orderNumberOf = (year: string, sequence: number): string => `PO-${year}-${String(sequence).padStart(6, '0')}`;

export const orderWords = ({ number, supplier, lines }: Pick<PurchaseOrder, 'number' | 'supplier' | 'lines'>): readonly string[] =>
  boundedWords(searchWords(number, supplier, ...lines.flatMap(({ sku, name }) => [sku, name])));

export const remainingOf = ({ quantity, received }: Pick<OrderLine, 'quantity' | 'received'>): number => quantity - received;

const isUnderWay = ({ status }: Pick<PurchaseOrder, 'status'>): boolean => status === 'ORDERED' || status === 'PARTLY_RECEIVED';

/** The lines that are still to bring something. */
export const openLinesOf = (order: PurchaseOrder): readonly OrderLine[] =>
  isUnderWay(order) ? order.lines.filter((line) => remainingOf(line) > 0) : [];

export const newPurchaseOrder = (
  fields: OrderFields & { readonly id: string; readonly number: string },
  createdByUserId: string,
): Draft<PurchaseOrder> => compact({ ...fields, status: 'DRAFT', receipts: [], createdByUserId, searchWords: orderWords(fields) });

const withWords = (order: PurchaseOrder): PurchaseOrder => ({ ...order, searchWords: orderWords(order) });

/** A line without what may change while the order is under way. */
const fixedOf = ({ expectedOn: _day, sku: _sku, name: _name, received: _received, ...line }: OrderLine): string =>
  JSON.stringify([line.id, line.partId, line.quantity, line.cost.amount, line.cost.currency]);

/** Days of delivery move; what was ordered stays. */
const withDays = (before: readonly OrderLine[], after: readonly OrderLine[]): readonly OrderLine[] => {
  const isSame = before.length === after.length && before.every((line, index) => fixedOf(line) === fixedOf(after[index] as OrderLine));
  if (!isSame) throw linesChanged();
  return before.map(({ expectedOn: _before, ...line }, index) => compact({ ...line, expectedOn: after[index]?.expectedOn }));
};

/** Fields that are given replace, `null` clears, the others stay. */
export type OrderEdit = { readonly [K in keyof OrderFields]?: OrderFields[K] | null };

export const editOrder = (order: PurchaseOrder, { supplier, notes, lines }: OrderEdit, { at }: By): Decision<PurchaseOrder> => {
  if (order.status !== 'DRAFT' && !isUnderWay(order)) throw purchaseOrderStatus(order.status, ['DRAFT', 'ORDERED', 'PARTLY_RECEIVED']);
  const isDraft = order.status === 'DRAFT';
  const edited = compact({
    ...order,
    supplier: supplier ?? order.supplier,
    notes: notes === undefined ? order.notes : (notes ?? undefined),
    lines: lines ? (isDraft ? lines : withDays(order.lines, lines)) : order.lines,
    ...(lines && !isDraft ? { unsettledSince: at } : {}),
  });
  return { state: withWords(edited) };
};

/** Ordering twice changes nothing. */
export const placeOrder = (order: PurchaseOrder, { at }: By): Decision<PurchaseOrder> => {
  if (order.status === 'ORDERED') return { state: order };
  if (order.status !== 'DRAFT') throw purchaseOrderStatus(order.status, ['DRAFT']);
  if (order.lines.length === 0) throw purchaseOrderEmpty();
  return { state: { ...order, status: 'ORDERED', orderedAt: at, unsettledSince: at } };
};

/** Cancelling twice changes nothing. What has come stays. */
export const cancelOrder = (order: PurchaseOrder, { at }: By): Decision<PurchaseOrder> => {
  if (order.status === 'CANCELLED') return { state: order };
  if (order.status === 'RECEIVED') throw purchaseOrderStatus(order.status, ['DRAFT', 'ORDERED', 'PARTLY_RECEIVED']);
  return { state: { ...order, status: 'CANCELLED', ...(order.status === 'DRAFT' ? {} : { unsettledSince: at }) } };
};

const tooMany = (order: PurchaseOrder, receipts: readonly Receipt[]): readonly TooMany[] =>
  receipts.flatMap(({ lineId, quantity }, index) => {
    const line = order.lines.find(({ id }) => id === lineId);
    const remaining = line === undefined ? 0 : remainingOf(line);
    return quantity > remaining ? [{ index, lineId, remaining }] : [];
  });

/** Receipts that the order has already are not taken twice. */
export const receiveLines = (order: PurchaseOrder, receipts: readonly Receipt[], { at }: By): Decision<PurchaseOrder> => {
  const isKnown = receipts.some(({ id }) => order.receipts.some((one) => one.id === id));
  if (isKnown) return { state: order };
  if (!isUnderWay(order)) throw purchaseOrderStatus(order.status, ['ORDERED', 'PARTLY_RECEIVED']);
  const excess = tooMany(order, receipts);
  if (excess.length > 0) throw moreThanOrdered(excess);
  const lines = order.lines.map((line) => {
    const came = receipts.filter(({ lineId }) => lineId === line.id).reduce((sum, { quantity }) => sum + quantity, 0);
    return { ...line, received: line.received + came };
  });
  const status = lines.every((line) => remainingOf(line) === 0) ? 'RECEIVED' : 'PARTLY_RECEIVED';
  return { state: { ...order, status, lines, receipts: [...order.receipts, ...receipts], unsettledSince: at } };
};

/** All parts have what this order brings. */
export const settled = ({ unsettledSince: _done, ...order }: PurchaseOrder): Decision<PurchaseOrder> => ({
  state: { ...order, receipts: order.receipts.map((receipt) => ({ ...receipt, booked: true })) },
});
