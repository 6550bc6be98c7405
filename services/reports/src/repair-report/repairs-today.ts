import { REPAIR_STATUSES, type RepairStatus } from '@riparo/shared/contracts/enums';
import type { Days, Sheets } from '../counting/figures.js';
import { openRowsOf, outcomeRowsOf, type OpenRow } from '../replica/repair.queries.js';
import { countOf, productionCostOf, revenueOf } from './repair-figures.js';

const HELD_UP: readonly RepairStatus[] = ['AWAITING_PARTS', 'ON_HOLD', 'DELAYED'];

const sumOf = (rows: readonly OpenRow[], field: 'count' | 'unassigned', statuses: readonly RepairStatus[] = REPAIR_STATUSES): number =>
  rows.reduce((sum, row) => (statuses.includes(row.status) ? sum + row[field] : sum), 0);

/** The repair desk in numbers: what came in and out on the day, and what lies there now. */
export const repairsToday = async (sheets: Sheets, today: Days) => {
  const { sums, now } = await sheets.dayAndNow(today);
  const [rows, open] = [outcomeRowsOf(sums), openRowsOf(now)];
  return {
    today: {
      received: sums.counts.get('received') ?? 0,
      completed: countOf(rows, 'COMPLETED'),
      refused: countOf(rows, 'REFUSED'),
      productionCost: productionCostOf(rows),
      revenue: revenueOf(rows),
    },
    now: {
      open: sumOf(open, 'count'),
      unassigned: sumOf(open, 'unassigned', ['PENDING', 'SCHEDULED', 'DISPATCHED', 'IN_PROGRESS', 'QUALITY_CHECK', ...HELD_UP]),
      heldUp: sumOf(open, 'count', HELD_UP),
      readyForPickup: sumOf(open, 'count', ['READY_FOR_PICKUP']),
      byStatus: Object.fromEntries(open.map(({ status, count }) => [status, count])),
    },
  };
};
