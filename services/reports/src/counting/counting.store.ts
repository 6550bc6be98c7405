import type { Document, Filter, UpdateFilter } from 'mongodb';
import type { Connection } from 'mongoose';
import { collectionOf } from '@riparo/shared/persistence/collection';
import { duplicateFields } from '@riparo/shared/persistence/duplicate-key';
import { groupBy } from '../collect.js';
import type { Batch, Counting } from './counting.js';
import type { Book } from './sheet.store.js';
import type { Mark, Note } from './subject.js';

interface StoredCounting extends Document, Omit<Counting, 'open'> {
  readonly _id: string;
  /** `Batch` as JSON. */
  readonly open?: string;
}

export interface CountingStore {
  find(tenantId: string, subject: string): Promise<Counting | undefined>;
  /** Whether the sheets of a making are still those that are read, or are being made. */
  has(book: Book): Promise<boolean>;
  /** Does nothing where there is one. */
  insert(counting: Counting): Promise<void>;
  /** Replaces `before`; `false`: somebody else was faster, and nothing was written. */
  replace(before: Counting, after: Counting): Promise<boolean>;
  /** The batch under way is done. */
  close(counting: Counting): Promise<void>;
  note(notes: readonly Note[]): Promise<void>;
  /** Things that are stored as they were counted are counted; those that have changed meanwhile keep their new mark. */
  unmark(marks: readonly Mark[]): Promise<void>;
  /** Tenants of which something is under way, or due to be counted once more. */
  tenantsUnderWay(now: Date): Promise<readonly string[]>;
}

type AnyDocument = Document & { readonly _id: string };

const idOf = (tenantId: string, subject: string): string => `${encodeURIComponent(tenantId)}/${subject}`;

const toStored = ({ open, ...rest }: Counting): Omit<StoredCounting, '_id'> => ({
  ...rest,
  ...(open === undefined ? {} : { open: JSON.stringify(open) }),
});

const toCounting = ({ _id, open, ...rest }: StoredCounting): Counting => ({
  ...(rest as Omit<Counting, 'open'>),
  ...(open === undefined ? {} : { open: JSON.parse(open) as Batch }),
});

export const createCountingStore = (connection: Connection): CountingStore => {
  const countings = collectionOf<StoredCounting>(connection, 'countings');
  const writeAll = async <W extends { readonly collection: string }>(
    all: readonly W[],
    writeOf: (one: W) => readonly [filter: Filter<AnyDocument>, update: UpdateFilter<AnyDocument>],
  ): Promise<void> => {
    for (const [name, some] of groupBy(all, ({ collection }) => collection)) {
      const writes = some.map(writeOf).map(([filter, update]) => ({ updateOne: { filter, update } }));
      await collectionOf<AnyDocument>(connection, name).bulkWrite(writes, { ordered: false });
    }
  };
  return {
    find: async (tenantId, subject) => {
      const found = await countings.findOne({ _id: idOf(tenantId, subject), tenantId });
      return found === null ? undefined : toCounting(found);
    },
    has: async ({ tenantId, subject, making }) => {
      const filter = { _id: idOf(tenantId, subject), tenantId, $or: [{ making }, { whole: making }] };
      return (await countings.findOne(filter, { projection: { _id: 1 } })) !== null;
    },
    insert: async (counting) => {
      try {
        await countings.insertOne({ _id: idOf(counting.tenantId, counting.subject), ...toStored(counting) } as StoredCounting);
      } catch (error) {
        if (duplicateFields(error) === undefined) throw error;
      }
    },
    replace: async ({ tenantId, subject, batch }, after) => {
      const filter = { _id: idOf(tenantId, subject), tenantId, batch, open: { $exists: false } };
      return (await countings.replaceOne(filter, toStored(after))).matchedCount > 0;
    },
    close: async ({ tenantId, subject, batch }) => {
      await countings.updateOne({ _id: idOf(tenantId, subject), tenantId, batch }, { $unset: { open: '' } });
    },
    note: (notes) =>
      writeAll(notes, ({ id, field, moment, text }) => {
        const noted = moment === undefined ? text : new Date(moment);
        return [{ _id: id }, noted === undefined ? { $unset: { [field]: '' } } : { $set: { [field]: noted } }];
      }),
    unmark: (marks) => writeAll(marks, ({ id, uncounted }) => [{ _id: id, uncounted }, { $unset: { uncounted: '' } }]),
    tenantsUnderWay: (now) => {
      const isUnderWay = [{ after: { $exists: true } }, { open: { $exists: true } }, { againAt: { $lte: now } }];
      return countings.distinct('tenantId', { $or: isUnderWay });
    },
  };
};
