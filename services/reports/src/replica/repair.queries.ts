import type { RepairOutcome, RepairStatus } from '@riparo/shared/contracts/enums';
import type { Cells } from '../counting/contribution.js';
import { partsOf, type Sums } from '../counting/figures.js';
import type { CountedValues } from '../counting/times.js';
import type { Span } from '../outcome/outcome.store.js';

/** Outcomes of one kind by one technician in the same currencies. */
export interface OutcomeRow {
  readonly technicianId: string;
  readonly type: RepairOutcome;
  readonly currency: string;
  /** Of what it cost; empty where nobody said. */
  readonly costCurrency: string;
  readonly count: number;
  readonly revenue: number;
  readonly cost: number;
}

export interface OpenRow {
  readonly status: RepairStatus;
  readonly count: number;
  readonly unassigned: number;
}

export const within = ({ from, to }: Span) => ({ $gte: from, $lt: to });

const OUTCOMES = 'outcomes|';
const HOURS = 'hours|';
const OPEN = 'open|';

/** The outcomes of a period, as `repair.subject.ts` counts them. */
export const outcomeRowsOf = ({ counts }: Pick<Sums, 'counts'>): readonly OutcomeRow[] =>
  [...counts].flatMap(([name, count]) => {
    if (!name.startsWith(OUTCOMES)) return [];
    const alike = name.slice(OUTCOMES.length);
    const [technicianId = '', type, currency = '', costCurrency = ''] = partsOf(alike);
    const sum = (figure: string): number => counts.get(`${figure}|${alike}`) ?? 0;
    return [{ technicianId, type: type as RepairOutcome, currency, costCurrency, count, revenue: sum('revenue'), cost: sum('cost') }];
  });

/** How long repairs took each technician. */
export const hoursOf = ({ times }: Sums): ReadonlyMap<string, CountedValues> =>
  new Map([...times].flatMap(([name, values]) => (name.startsWith(HOURS) ? [[name.slice(HOURS.length), values] as const] : [])));

/** How many outcomes of a kind a day has. */
export const countOfType = (counts: Cells, type: RepairOutcome): number =>
  Object.entries(counts).reduce((sum, [name, count]) => (name.startsWith(OUTCOMES) && partsOf(name)[2] === type ? sum + count : sum), 0);

/** What is neither closed nor called off, by status. */
export const openRowsOf = (now: Cells): readonly OpenRow[] =>
  Object.entries(now).flatMap(([name, count]) => {
    if (!name.startsWith(OPEN)) return [];
    const status = name.slice(OPEN.length) as RepairStatus;
    return [{ status, count, unassigned: now[`unassigned|${status}`] ?? 0 }];
  });
