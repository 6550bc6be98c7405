import type { Collection, IndexDescription, MongoBulkWriteError } from 'mongodb';
import { unavailable } from '../errors/common-errors.js';
import type { StoredDocument } from './documents.js';
import { duplicateFields } from './duplicate-key.js';

const MAX_BATCH = 100;
const MAX_CONFLICTS = 200;

/** The unique index that makes a number belong to one document. */
export const NUMBER_INDEX: IndexDescription = {
  key: { tenantId: 1, numberSeries: 1, numberSeq: 1 },
  name: 'number_series',
  unique: true,
  partialFilterExpression: { numberSeq: { $exists: true } },
};

interface Waiting {
  readonly make: (sequence: number) => StoredDocument;
  readonly resolve: (document: StoredDocument) => void;
  readonly reject: (error: unknown) => void;
  conflicts: number;
}

interface Series {
  readonly waiting: Waiting[];
  /** The number after the highest known one; unknown after a lost race. */
  next: number | undefined;
  running: boolean;
}

export interface NumberedInsert {
  insert(tenantId: string, series: string, make: (sequence: number) => StoredDocument): Promise<StoredDocument>;
}

/**
 * Numbers without gaps and without transactions: documents that wait together are inserted by one *ordered* insertMany
 * with consecutive numbers, and the next batch starts after it has ended. A crash leaves a prefix of the batch; a batch
 * that another instance overtook is stopped by the unique index at its first document and goes again behind it.
 */
export const createNumberedInsert = (collection: Collection<StoredDocument>): NumberedInsert => {
  const allSeries = new Map<string, Series>();

  const highest = async (tenantId: string, numberSeries: string): Promise<number> => {
    const [last] = await collection
      .find({ tenantId, numberSeries, numberSeq: { $exists: true } }, { projection: { numberSeq: 1 } })
      .sort({ tenantId: -1, numberSeries: -1, numberSeq: -1 })
      .limit(1)
      .toArray();
    return typeof last?.numberSeq === 'number' ? last.numberSeq : 0;
  };

  const insertBatch = async (tenantId: string, name: string, series: Series, batch: readonly Waiting[]): Promise<void> => {
    let documents: StoredDocument[] = [];
    try {
      const first = (series.next ??= (await highest(tenantId, name)) + 1);
      documents = batch.map(({ make }, index) => ({ ...make(first + index), numberSeries: name, numberSeq: first + index }));
      await collection.insertMany(documents, { ordered: true });
      series.next = first + batch.length;
      batch.forEach(({ resolve }, index) => resolve(documents[index] as StoredDocument));
    } catch (error) {
      await settleFailure(series, batch, documents, error);
    }
  };

  const settleFailure = async (
    series: Series,
    batch: readonly Waiting[],
    documents: readonly StoredDocument[],
    error: unknown,
  ): Promise<void> => {
    series.next = undefined;
    const fields = duplicateFields(error);
    if (fields === undefined) {
      for (const { reject } of batch) reject(error);
      return;
    }
    const inserted = (error as MongoBulkWriteError).insertedCount;
    batch.slice(0, inserted).forEach(({ resolve }, index) => resolve(documents[index] as StoredDocument));
    const refused = batch[inserted];
    const rest = batch.slice(inserted + 1);
    series.waiting.unshift(...rest);
    if (refused !== undefined) await settleRefused(series, refused, documents[inserted] as StoredDocument, fields, error);
  };

  const settleRefused = async (
    series: Series,
    refused: Waiting,
    document: StoredDocument,
    fields: readonly string[],
    error: unknown,
  ): Promise<void> => {
    if (fields.includes('numberSeq')) {
      refused.conflicts += 1;
      if (refused.conflicts > MAX_CONFLICTS) refused.reject(unavailable('The number series', 1));
      else series.waiting.unshift(refused);
      return;
    }
    try {
      const existing = fields.includes('_id') ? await collection.findOne({ _id: document._id, tenantId: document.tenantId }) : null;
      if (existing) refused.resolve(existing);
      else refused.reject(error);
    } catch (failure) {
      refused.reject(failure);
    }
  };

  const drain = async (tenantId: string, name: string, series: Series): Promise<void> => {
    series.running = true;
    while (series.waiting.length > 0) {
      const batch = series.waiting.splice(0, MAX_BATCH);
      await insertBatch(tenantId, name, series, batch);
    }
    series.running = false;
  };

  return {
    insert: (tenantId, name, make) =>
      new Promise((resolve, reject) => {
        const key = `${tenantId}\n${name}`;
        const series = allSeries.get(key) ?? { waiting: [], next: undefined, running: false };
        allSeries.set(key, series);
        series.waiting.push({ make, resolve, reject, conflicts: 0 });
        if (!series.running) void drain(tenantId, name, series);
      }),
  };
};
