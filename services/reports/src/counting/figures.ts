import { type Cells, NOW } from './contribution.js';
import type { CountingStore } from './counting.store.js';
import { bytesOf, spansBeyond, type SheetDocument } from './sheet.js';
import type { Book, SheetStore } from './sheet.store.js';
import type { Subject } from './subject.js';
import { bucketCell, createCountedValues, type CountedValues } from './times.js';
import type { UpToDate } from './up-to-date.js';

/** What was counted in a period. */
export interface Sums {
  readonly counts: ReadonlyMap<string, number>;
  readonly times: ReadonlyMap<string, CountedValues>;
}

/** Days: `from` belongs to it, `to` does not. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** The sheets of a subject, with everything on them that was received by now. */
export interface Sheets {
  /** Adds up a period; `eachDay` is told what counts of each day that has a sheet, in order. */
  sum(days: Days, eachDay?: (day: string, counts: Cells) => void): Promise<Sums>;
  /** What is so now. */
  now(): Promise<Cells>;
  /** What there is on each sheet whose name lies between two names. */
  between(names: Days): Promise<readonly Cells[]>;
  /** Both of a single day, in one question. */
  dayAndNow(day: Days): Promise<{ readonly sums: Sums; readonly now: Cells }>;
}

/** How reports get at what was added up. */
export interface Figures {
  /** By days of a time zone. `since`: the first way of counting whose sheets have what is asked for. */
  of(tenantId: string, subject: Subject, timeZone: string, since?: number): Promise<Sheets>;
}

const addTimes = (times: Map<string, CountedValues>, name: string): CountedValues => {
  const values = times.get(name) ?? createCountedValues();
  times.set(name, values);
  return values;
};

/** What counts of one day in a period that ends at `to`. */
const countsOf = (sheet: SheetDocument, to: string, times: Map<string, CountedValues>): Cells => {
  const counts = JSON.parse(sheet.counts) as Record<string, number>;
  for (const [name, stored] of Object.entries(sheet.times)) addTimes(times, name).addEncoded(bytesOf(stored));
  for (const cells of spansBeyond(sheet, to))
    for (const [name, count] of Object.entries(cells)) {
      const cell = bucketCell(name);
      if (cell === undefined) counts[name] = (counts[name] ?? 0) + count;
      else addTimes(times, cell.times).add(cell.bucket, count);
    }
  return counts;
};

/** Adds up sheets one after the other. */
const createSums = (to: string) => {
  const [counts, times] = [new Map<string, number>(), new Map<string, CountedValues>()];
  return {
    sums: { counts, times } satisfies Sums,
    /** Answers what counts of the day. */
    add: (sheet: SheetDocument): Cells => {
      const ofDay = countsOf(sheet, to, times);
      for (const [name, count] of Object.entries(ofDay)) counts.set(name, (counts.get(name) ?? 0) + count);
      return ofDay;
    },
  };
};

const cellsOf = (sheet: SheetDocument | undefined): Cells => (sheet === undefined ? {} : (JSON.parse(sheet.counts) as Cells));

/** Reads sheets of the making that is read now, and again where another one has taken its place meanwhile. */
type ReadWhole = <T>(read: (book: Book) => Promise<T>) => Promise<T>;

const sheetsOf = (store: SheetStore, readWhole: ReadWhole): Sheets => ({
  sum: async ({ from, to }, eachDay) => {
    const { sums, days } = await readWhole(async (book) => {
      const { sums, add } = createSums(to);
      const days: (readonly [string, Cells])[] = [];
      for await (const sheet of store.between(book, from, to)) {
        const ofDay = add(sheet);
        if (eachDay !== undefined) days.push([sheet.day, ofDay]);
      }
      return { sums, days };
    });
    for (const [day, ofDay] of days) eachDay?.(day, ofDay);
    return sums;
  },
  now: () => readWhole(async (book) => cellsOf((await store.some(book, [NOW]))[0])),
  between: ({ from, to }) =>
    readWhole(async (book) => {
      const found: Cells[] = [];
      for await (const sheet of store.between(book, from, to)) found.push(cellsOf(sheet));
      return found;
    }),
  dayAndNow: ({ from, to }) =>
    readWhole(async (book) => {
      const { sums, add } = createSums(to);
      const found = await store.some(book, [from, NOW]);
      for (const sheet of found) if (sheet.day !== NOW) add(sheet);
      return { sums, now: cellsOf(found.find(({ day }) => day === NOW)) };
    }),
});

export const createFigures = (store: SheetStore, upToDate: UpToDate, countings: Pick<CountingStore, 'has'>): Figures => ({
  of: async (tenantId, subject, timeZone, since = 1) => {
    let counting = await upToDate(tenantId, subject, timeZone, since);
    return sheetsOf(store, async (read) => {
      for (;;) {
        const found = await read(counting);
        // The end of a making is written down before the sheets of the one before it are removed, one after the other.
        if (await countings.has(counting)) return found;
        counting = await upToDate(tenantId, subject, timeZone, since);
      }
    });
  },
});

/** The parts of a name whose parts are joined by `|`. */
export const partsOf = (name: string): readonly string[] => name.split('|');

export const nameOf = (...parts: readonly string[]): string => parts.join('|');
