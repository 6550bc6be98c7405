import { compact } from '@riparo/shared/json/compact';
import { HOUR_MS } from '@riparo/shared/time/units';
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
  /** The way in which that one was counted; missing: the first. */
  readonly wholeScheme?: number;
  /** When everything is to be counted once more; missing once that is done. */
  readonly againAt?: Date;
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

/**
 * While instances are replaced one after the other, those of the former version still write copies as they did, without a
 * mark. What a new way of counting has counted is counted once more, an hour later.
 */
const againAfter = (now: Date): Pick<Counting, 'againAt'> => ({ againAt: new Date(now.getTime() + HOUR_MS) });

export const isDueAgain = ({ after, againAt }: Counting, now: Date): boolean =>
  after === undefined && againAt !== undefined && againAt <= now;

/** Everything is counted anew, on new sheets. */
export const beginAnew = (before: Counting, { timeZone, scheme }: Way, now: Date): Counting => {
  const { tenantId, subject, making, batch, after, whole, wholeScheme, againAt } = before;
  return {
    ...{ tenantId, subject, timeZone, scheme },
    ...(after === undefined ? { whole: making, wholeScheme: before.scheme } : compact({ whole, wholeScheme })),
    ...(scheme > before.scheme ? againAfter(now) : againAt === undefined || isDueAgain(before, now) ? {} : { againAt }),
    making: making + 1,
    batch: batch + 1,
    after: '',
  };
};

export const firstCounting = (tenantId: string, subject: string, { timeZone, scheme }: Way, now: Date): Counting => ({
  ...{ tenantId, subject, timeZone, scheme },
  ...againAfter(now),
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
export const endAnew = ({ after: _after, whole: _whole, wholeScheme: _scheme, ...counting }: Counting): Counting => ({
  ...counting,
  batch: counting.batch + 1,
});
