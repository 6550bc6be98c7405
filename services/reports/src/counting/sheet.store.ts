import type { AnyBulkWriteOperation, Document } from 'mongodb';
import mongoose, { type Connection } from 'mongoose';
import { collectionOf } from '@riparo/shared/persistence/collection';
import { type Cells, type Contribution, dayOfKey } from './contribution.js';
import { addToSheet, emptySheet, type SheetDocument } from './sheet.js';

/** What an entity was last counted with. */
interface CountedDocument extends Document {
  readonly _id: string;
  readonly tenantId: string;
  /** Which batch wrote it. */
  readonly batch: number;
  /** `Contribution` as JSON. */
  readonly with: string;
}

/** Whose sheets: the same things can be on sheets of two makings, of which one is being made. */
export interface Book {
  readonly tenantId: string;
  readonly subject: string;
  readonly making: number;
}

/** What an entity is counted with from now on. */
export type Counted = readonly [id: string, with_: Contribution];

export interface SheetStore {
  /** Adds the differences of a batch to every sheet that does not have them yet. */
  apply(book: Book, batch: number, differences: Contribution): Promise<void>;
  /** What entities were last counted with. */
  countedWith(book: Book, ids: readonly string[]): Promise<ReadonlyMap<string, Contribution>>;
  keepCounted(book: Book, batch: number, counted: readonly Counted[]): Promise<void>;
  /** Those of some days. */
  some(book: Book, days: readonly string[]): Promise<readonly SheetDocument[]>;
  /** Sheets of days from one day to another, the last one not included. */
  between(book: Book, from: string, to: string): AsyncIterable<SheetDocument>;
  removeOlder(book: Book): Promise<void>;
}

const { MongoBulkWriteError } = mongoose.mongo;
const DUPLICATE = 11_000;
/** A year is read and written in some pieces, between which others have their turn. */
const SHEETS_AT_ONCE = 40;

const isDuplicate = (error: unknown): boolean => (error as { readonly code?: unknown }).code === DUPLICATE;

/** Refused writes are those that somebody else has made already, or newer ones. */
const unlessDone = async (write: () => Promise<unknown>): Promise<void> => {
  try {
    await write();
  } catch (error) {
    const refused = error instanceof MongoBulkWriteError ? [error.writeErrors].flat() : [error];
    if (!refused.every(isDuplicate)) throw error;
  }
};

const folderOf = ({ tenantId, subject }: Book): string => `${encodeURIComponent(tenantId)}/${subject}/`;
/** Makings sort as texts. */
const prefixOf = (book: Book): string => `${folderOf(book)}${String(book.making).padStart(8, '0')}/`;

/** A day, with the differences of its sheet by their keys. */
type Day = readonly [day: string, changes: readonly (readonly [string, Cells])[]];

const byDay = (differences: Contribution): Iterable<Day> => {
  const days = new Map<string, (readonly [string, Cells])[]>();
  for (const entry of Object.entries(differences)) {
    const { day } = dayOfKey(entry[0]);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return days;
};

export const createSheetStore = (connection: Connection): SheetStore => {
  const sheets = collectionOf<SheetDocument>(connection, 'day_sheets');
  const counted = collectionOf<CountedDocument>(connection, 'counted');

  /** `undefined`: the sheet has the batch already. */
  const write = (before: SheetDocument | undefined, after: SheetDocument): AnyBulkWriteOperation<SheetDocument> =>
    before === undefined
      ? { insertOne: { document: after } }
      : { replaceOne: { filter: { _id: before._id, tenantId: before.tenantId, batch: before.batch }, replacement: after } };

  /** Brings some days in line with a batch. */
  const applyTo = async (book: Book, batch: number, days: readonly Day[]): Promise<void> => {
    const idOf = (day: string): string => prefixOf(book) + day;
    // A write that came too late has changed nothing, and the sheet may lack the batch: it is looked at again.
    for (;;) {
      const found = await sheets.find({ _id: { $in: days.map(([day]) => idOf(day)) }, tenantId: book.tenantId }).toArray();
      const known = new Map(found.map((sheet) => [sheet.day, sheet]));
      const open = days.filter(([day]) => (known.get(day)?.batch ?? 0) < batch);
      if (open.length === 0) return;
      const writes = open.map(([day, changes]) => {
        const before = known.get(day);
        return write(before, addToSheet(before ?? emptySheet(idOf(day), book.tenantId, day), batch, changes));
      });
      await unlessDone(() => sheets.bulkWrite(writes, { ordered: false }));
    }
  };

  return {
    apply: async (book, batch, differences) => {
      const days = [...byDay(differences)];
      for (let from = 0; from < days.length; from += SHEETS_AT_ONCE) await applyTo(book, batch, days.slice(from, from + SHEETS_AT_ONCE));
    },
    countedWith: async (book, ids) => {
      const prefix = prefixOf(book);
      const found = await counted.find({ _id: { $in: ids.map((id) => prefix + id) }, tenantId: book.tenantId }).toArray();
      return new Map(found.map((each) => [each._id.slice(prefix.length), JSON.parse(each.with) as Contribution]));
    },
    keepCounted: async (book, batch, all) => {
      const { tenantId } = book;
      const writes = all.map(([id, with_]): AnyBulkWriteOperation<CountedDocument> => {
        const _id = prefixOf(book) + id;
        const replacement = { tenantId, batch, with: JSON.stringify(with_) };
        return { replaceOne: { filter: { _id, tenantId, batch: { $lt: batch } }, replacement, upsert: true } };
      });
      if (writes.length > 0) await unlessDone(() => counted.bulkWrite(writes, { ordered: false }));
    },
    some: (book, days) => {
      const prefix = prefixOf(book);
      return sheets.find({ _id: { $in: days.map((day) => prefix + day) }, tenantId: book.tenantId }).toArray();
    },
    between: (book, from, to) => {
      const prefix = prefixOf(book);
      const filter = { _id: { $gte: prefix + from, $lt: prefix + to }, tenantId: book.tenantId };
      return sheets.find(filter, { batchSize: SHEETS_AT_ONCE }).sort({ _id: 1 });
    },
    removeOlder: async (book) => {
      const older = { _id: { $gte: folderOf(book), $lt: prefixOf(book) }, tenantId: book.tenantId };
      await sheets.deleteMany(older);
      await counted.deleteMany(older);
    },
  };
};
