import type { Money } from '@riparo/shared/contracts/money';
import type { Cells, Contributing } from './contribution.js';
import type { DayOf } from './days.js';
import { nameOf, partsOf } from './figures.js';

/** Something that is not wholly paid. */
interface MaybeOpen {
  readonly _id: string;
  readonly customerId?: string;
  readonly open?: Money;
  readonly openSince?: Date;
}

/**
 * Sheets of what is left to pay, one for each month since when it is: `left 2026-03`. They lie beside the days, which begin
 * with a digit. What is paid leaves its sheet, so they are as large as what is open, and there are twelve of them a year.
 */
export const LEFT = { from: 'left ', to: 'left!' } as const;

/** By thing, because a moment cuts a month, and even a day, in two. */
export const addLeft = ({ add }: Contributing, { _id, customerId, open, openSince }: MaybeOpen, dayOf: DayOf): void => {
  if (customerId === undefined || open === undefined || openSince === undefined) return;
  const name = nameOf(openSince.getTime().toString(36), customerId, open.currency, _id);
  add(`${LEFT.from}${dayOf(openSince).slice(0, 7)}`, name, open.amount);
};

/** What is left to pay of one thing. */
export interface Left {
  readonly since: number;
  readonly customerId: string;
  readonly currency: string;
  readonly amount: number;
}

export const leftOf = (cells: Cells): readonly Left[] =>
  Object.entries(cells).map(([name, amount]) => {
    const [since = '', customerId = '', currency = ''] = partsOf(name);
    return { since: Number.parseInt(since, 36), customerId, currency, amount };
  });
