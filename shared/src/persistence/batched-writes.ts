import type { AnyBulkWriteOperation, BulkWriteResult, Collection, Document, Filter, OptionalId, UpdateFilter, WithoutId } from 'mongodb';
import mongoose from 'mongoose';
import { createBatcher, type BatchEnd } from '../concurrency/batcher.js';

const { MongoBulkWriteError } = mongoose.mongo;

/**
 * Writes to one collection that do not depend on each other: what arrives while others are under way is sent together as
 * one command (`createBatcher`). Each promise ends as its own write does; one that is refused (with the server's `code`,
 * such as 11000) takes no other with it.
 */
export interface BatchedWrites<D extends Document> {
  insert(document: D): Promise<void>;
  /** Replaces what the filter matches or inserts the document. */
  put(filter: Filter<D>, document: WithoutId<D>): Promise<void>;
  /**
   * Updates one document. `false`: nothing matched. `undefined`: of those that were sent together some matched nothing,
   * and the server does not say which; ask or decide again.
   */
  update(filter: Filter<D>, update: UpdateFilter<D>): Promise<boolean | undefined>;
}

const asError = ({ code, errmsg }: { readonly code: number; readonly errmsg?: string }, cause: unknown): Error =>
  Object.assign(new Error(errmsg ?? `the write was refused with code ${code}`, { cause }), { code });

/** What an error says of each write; without a word about any single one, what broke the batch broke all of it. */
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
  // Operations of one kind only, so that the result's counts speak of nothing else.
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
