import { forEachFound } from '@riparo/shared/persistence/for-each-found';
import type { Logger } from 'pino';
import type { AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Clock } from '@riparo/shared/runtime/clock';
import { compact } from '@riparo/shared/json/compact';
import type { OnOrder, Part } from '../part/part.js';
import { balanceStock } from '../part/stock/balance-stock.js';
import type { ChangePart } from '../part/stock/change-part.js';
import type { LedgerStore } from '../part/stock/ledger.store.js';
import { move, withOnOrder, type By, type StockChange } from '../part/stock/stock-change.js';
import { purchaseOrderNotFound } from './purchase-order.errors.js';
import { openLinesOf, remainingOf, settled, type PurchaseOrder, type Receipt } from './purchase-order.js';

export interface TellPartsOfOrderDeps {
  readonly purchaseOrders: Repository<PurchaseOrder>;
  readonly changePart: ChangePart;
  readonly ledger: LedgerStore;
}

const book = (change: StockChange, { id, quantity, cost, at, byUserId }: Receipt, purchaseOrderId: string): StockChange =>
  move(change, { id, kind: 'RECEIPT', quantity, unitCost: cost, purchaseOrderId }, { at, userId: byUserId });

/** What the order is still to bring of a part. */
const broughtBy = (order: PurchaseOrder, partId: string): readonly OnOrder[] =>
  openLinesOf(order)
    .filter((line) => line.partId === partId)
    .map((line) => compact({ orderId: order.id, lineId: line.id, remaining: remainingOf(line), expectedOn: line.expectedOn }));

const bookInto = (order: PurchaseOrder, receipts: readonly Receipt[], part: Part) => (begun: StockChange) => {
  const others = part.onOrder.filter(({ orderId }) => orderId !== order.id);
  const change = withOnOrder(begun, [...others, ...broughtBy(order, part.id)]);
  return receipts.reduce((now, receipt) => book(now, receipt, order.id), change);
};

/**
 * Brings into the parts of an order what it brings: pieces that came, once each, and pieces that are still to come. The order is
 * written first and says what is to be done, so that this can be repeated after a crash. Answers the order afterwards.
 */
export type TellPartsOfOrder = (tenantId: string, orderId: string, by: By) => Promise<PurchaseOrder>;

export const createTellPartsOfOrder = ({ purchaseOrders, changePart, ledger }: TellPartsOfOrderDeps): TellPartsOfOrder => {
  const tellPart = (tenantId: string, orderId: string, partId: string, by: By): Promise<Part> =>
    changePart(tenantId, partId, async (part) => {
      // Read after the part: whoever writes the part last has the newest order.
      const order = await purchaseOrders.in(tenantId).find(orderId);
      if (order === undefined) throw purchaseOrderNotFound();
      const theirs = order.receipts.filter((receipt) => receipt.partId === partId && receipt.booked === undefined);
      const known = await ledger.known(
        tenantId,
        theirs.map(({ id }) => id),
      );
      const news = theirs.filter(({ id }) => !known.has(id));
      return balanceStock(part, bookInto(order, news, part), by);
    });

  return async (tenantId, orderId, by) => {
    const order = await purchaseOrders.in(tenantId).updateAfter(orderId, async (now, save) => {
      if (now.unsettledSince === undefined) return now;
      for (const partId of new Set(now.lines.map((line) => line.partId))) await tellPart(tenantId, orderId, partId, by);
      return save(settled);
    });
    if (order === undefined) throw purchaseOrderNotFound();
    return order;
  };
};

/** An order that is not settled for this long has been left by a crash; in milliseconds. */
const UNSETTLED_MS = 10_000;

interface FinishDeps {
  readonly unsettledOrders: AcrossTenants;
  readonly tellPartsOfOrder: TellPartsOfOrder;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The job that finishes what a crash has left between an order and its parts. */
export const createFinishOrders =
  ({ unsettledOrders: entries, tellPartsOfOrder, clock, log }: FinishDeps) =>
  async (): Promise<void> => {
    const now = clock.now();
    const before = new Date(now.getTime() - UNSETTLED_MS);
    await forEachFound(
      { everywhere: entries, log, failure: 'could not finish what a crash has left' },
      { unsettledSince: { $lt: before } },
      ({ tenantId, id }) => tellPartsOfOrder(tenantId, id, { at: now }),
    );
  };
