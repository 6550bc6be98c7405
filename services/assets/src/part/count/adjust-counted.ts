import { forEachFound } from '@riparo/shared/persistence/for-each-found';
import type { Logger } from 'pino';
import type { AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Clock } from '@riparo/shared/runtime/clock';
import { balanceStock } from '../stock/balance-stock.js';
import type { ChangePart } from '../stock/change-part.js';
import type { LedgerStore } from '../stock/ledger.store.js';
import { move, type By } from '../stock/stock-change.js';
import { differenceOf, type CountLine, type StockCount } from './stock-count.js';

const REASON = 'Inventory count';

interface Deps {
  readonly stockCounts: Repository<StockCount>;
  readonly changePart: ChangePart;
  readonly ledger: LedgerStore;
}

/** Adjusts the parts that a count found different, each once. Can be repeated after a crash. */
export type AdjustCounted = (tenantId: string, count: StockCount) => Promise<void>;

export const createAdjustCounted = ({ stockCounts, changePart, ledger }: Deps): AdjustCounted => {
  const adjust = async (tenantId: string, line: CountLine, reason: string, by: By): Promise<void> => {
    const { partId, movementId: id } = line;
    await changePart(tenantId, partId, async (part) => {
      if ((await ledger.known(tenantId, [id])).has(id)) return { state: part };
      // Pieces that were used between the look and the booking are gone already: fewer than none cannot be left. Where none is
      // left to take, the ledger says so with a line of 0 pieces, or a repetition would take those that come later.
      const quantity = Math.max(differenceOf(line), 0 - part.onHand);
      return balanceStock(part, (change) => move(change, { id, kind: 'ADJUSTMENT', quantity, reason }, by), by);
    });
  };

  return async (tenantId, { id, lines, reason = REASON, countedAt, countedByUserId }) => {
    const by = { at: countedAt, userId: countedByUserId };
    for (const line of lines) if (differenceOf(line) !== 0) await adjust(tenantId, line, reason, by);
    await stockCounts.in(tenantId).update(id, ({ unsettledSince: _done, ...count }) => ({ state: count }));
  };
};

/** A count that is not settled for this long has been left by a crash; in milliseconds. */
const UNSETTLED_MS = 30_000;

interface FinishDeps {
  readonly unsettledCounts: AcrossTenants;
  readonly stockCounts: Repository<StockCount>;
  readonly adjustCounted: AdjustCounted;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The job that finishes counts which a crash has left. */
export const createFinishCounts =
  ({ unsettledCounts: entries, stockCounts, adjustCounted, clock, log }: FinishDeps) =>
  async (): Promise<void> => {
    const before = new Date(clock.now().getTime() - UNSETTLED_MS);
    await forEachFound(
      { everywhere: entries, log, failure: 'could not finish what a crash has left' },
      { unsettledSince: { $lt: before } },
      async ({ tenantId, id }) => {
        const count = await stockCounts.in(tenantId).find(id);
        if (count !== undefined) await adjustCounted(tenantId, count);
      },
    );
  };
