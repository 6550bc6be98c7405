import type { Contribution } from './contribution.js';
import type { Book, Counted } from './sheet.store.js';
import type { Mark, Note } from './subject.js';

/** What is to be done, written down before it is done, so that a crash cannot leave half of it. */
export interface Batch {
  readonly differences: Contribution;
  readonly counted: readonly Counted[];
  readonly marks: readonly Mark[];
  readonly notes: readonly Note[];
}

/** How far the counting of a subject has come for a tenant. */
export interface Counting extends Book {
  /** In which days begin. */
  readonly timeZone: string;
  readonly scheme: number;
  /** The last batch that was written down. */
  readonly batch: number;
  /** While all things are counted anew: the last id that was. */
  readonly after?: string;
  /** The making that reports go on to be read from meanwhile. */
  readonly whole?: number;
  /** The batch that is under way. */
  readonly open?: Batch;
}

/** How things are counted now. */
export interface Way {
  readonly timeZone: string;
  readonly scheme: number;
}

/** Whether this process may count: one of a newer version may have begun to count in another way. */
export const mayCount = (counting: Counting, { scheme }: Way): boolean => counting.scheme <= scheme;

export const isOutdated = (counting: Counting, { timeZone, scheme }: Way): boolean =>
  counting.scheme < scheme || (counting.scheme === scheme && counting.timeZone !== timeZone);

/** Everything is counted anew, on new sheets. */
export const beginAnew = ({ tenantId, subject, making, batch, after, whole }: Counting, { timeZone, scheme }: Way): Counting => ({
  ...{ tenantId, subject, timeZone, scheme },
  ...(after === undefined ? { whole: making } : whole === undefined ? {} : { whole }),
  making: making + 1,
  batch: batch + 1,
  after: '',
});

export const firstCounting = (tenantId: string, subject: string, { timeZone, scheme }: Way): Counting => ({
  ...{ tenantId, subject, timeZone, scheme },
  making: 1,
  batch: 1,
  after: '',
});

/** Writes a batch down; `after` while everything is counted anew. */
export const openBatch = (counting: Counting, open: Batch, after: string | undefined): Counting => {
  const { after: _, ...rest } = counting;
  return { ...rest, batch: counting.batch + 1, open, ...(after === undefined ? {} : { after }) };
};

/** All things are counted: from now on only what changes. */
export const endAnew = ({ after: _after, whole: _whole, ...counting }: Counting): Counting => ({ ...counting, batch: counting.batch + 1 });
