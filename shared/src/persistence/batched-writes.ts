import type { AnyBulkWriteOperation, BulkWriteResult, Collection, Document, Filter, OptionalId, UpdateFilter, WithoutId } from 'mongodb';
import mongoose from 'mongoose';
import { createBatcher, type BatchEnd } from '../concurrency/batcher.js';

const { MongoBulkWriteError } = mongoose.mongo;

/**
 * Writes to one collection that do not depend on each other. Writes that arrive while others are under way are sent
 * together as one command (`createBatcher`). Each promise ends as its own write does: a refused write (with the
 * server's `code`, such as 11000) does not fail the others.
 */
export interface BatchedWrites<D extends Document> {
  insert(document: D): Promise<void>;
  /** Replaces the document that the filter matches, or inserts it. */
  put(filter: Filter<D>, document: WithoutId<D>): Promise<void>;
  /**
   * Updates one document. `false`: nothing matched. `undefined`: some updates of the same batch matched nothing, and the
   * server does not say which ones; the caller reads or decides again.
   */
  update(filter: Filter<D>, update: UpdateFilter<D>): Promise<boolean | undefined>;
}

const asError = ({ code, errmsg }: { readonly code: number; readonly errmsg?: string }, cause: unknown): Error =>
  Object.assign(new Error(errmsg ?? `the write was refused with code ${code}`, { cause }), { code });

/** The end of each write according to the error. When the error names no single write, the whole batch has failed. */
const endsOf = <O>(count: number, error: unknown, value: O): readonly BatchEnd<O>[] => {
  if (!(error instanceof MongoBulkWriteError)) throw error;
  const refused = new Map([error.writeErrors].flat().map((one) => [one.index, one]));
  if (refused.size === 0 || error.result.getWriteConcernError() !== undefined) throw error;
  return Array.from({ length: count }, (_, index) => {
    const failure = refused.get(index);
    return failure === undefined ? { value } : { error: asError(failure, error) };
  });
};

const repeat = <O>(count: number, value: O): readonly BatchEnd<O>[] => Array.from({ length: count }, () => ({ value }));

export const createBatchedWrites = <D extends Document>(collection: Collection<D>): BatchedWrites<D> => {
  // One writer holds operations of one kind, so that `matchedCount` counts nothing else.
  const writer = <O>(broken: O, valueOf: (result: BulkWriteResult, count: number) => O) =>
    createBatcher<AnyBulkWriteOperation<D>, O>({
      send: async (operations) => {
        try {
          const result = await collection.bulkWrite(operations, { ordered: false });
          return repeat(operations.length, valueOf(result, operations.length));
        } catch (error) {
          return endsOf(operations.length, error, broken);
        }
      },
    });
  const done = (): undefined => undefined;
  const insert = writer<undefined>(undefined, done);
  const put = writer<undefined>(undefined, done);
  const update = writer<boolean | undefined>(undefined, ({ matchedCount }, count) =>
    matchedCount === count ? true : matchedCount === 0 ? false : undefined,
  );
  return {
    insert: (document) => insert({ insertOne: { document: document as OptionalId<D> } }),
    put: (filter, replacement) => put({ replaceOne: { filter, replacement, upsert: true } }),
    update: (filter, change) => update({ updateOne: { filter, update: change } }),
  };
};
