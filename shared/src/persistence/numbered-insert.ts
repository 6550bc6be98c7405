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

/** Makes the document of a number; `before` is the document of the number before it. */
type Make = (sequence: number, before: StoredDocument | undefined) => StoredDocument;

interface Waiting {
  readonly make: Make;
  readonly resolve: (document: StoredDocument) => void;
  readonly reject: (error: unknown) => void;
  conflicts: number;
}

interface Last {
  readonly sequence: number;
  readonly document: StoredDocument | undefined;
}

interface Series {
  readonly waiting: Waiting[];
  /** The highest known number and its document; unknown after a lost race. */
  last: Last | undefined;
  running: boolean;
}

export interface NumberedInsert {
  insert(tenantId: string, series: string, make: Make): Promise<StoredDocument>;
}

/**
 * Numbers without gaps and without transactions: documents that wait together are inserted by one *ordered* insertMany
 * with consecutive numbers, and the next batch starts after it has ended. A crash leaves a prefix of the batch; a batch
 * that another instance overtook is stopped by the unique index at its first document and goes again behind it.
 */
export const createNumberedInsert = (collection: Collection<StoredDocument>): NumberedInsert => {
  const allSeries = new Map<string, Series>();

  const highest = async (tenantId: string, numberSeries: string): Promise<Last> => {
    const [document] = await collection
      .find({ tenantId, numberSeries, numberSeq: { $exists: true } })
      .sort({ tenantId: -1, numberSeries: -1, numberSeq: -1 })
      .limit(1)
      .toArray();
    return { sequence: typeof document?.numberSeq === 'number' ? document.numberSeq : 0, document };
  };

  const insertBatch = async (tenantId: string, name: string, series: Series, batch: readonly Waiting[]): Promise<void> => {
    const documents: StoredDocument[] = [];
    try {
      let last = (series.last ??= await highest(tenantId, name));
      for (const { make } of batch) {
        const sequence = last.sequence + 1;
        const document = { ...make(sequence, last.document), numberSeries: name, numberSeq: sequence };
        documents.push(document);
        last = { sequence, document };
      }
      await collection.insertMany(documents, { ordered: true });
      series.last = last;
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
    series.last = undefined;
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
        const series = allSeries.get(key) ?? { waiting: [], last: undefined, running: false };
        allSeries.set(key, series);
        series.waiting.push({ make, resolve, reject, conflicts: 0 });
        if (!series.running) void drain(tenantId, name, series);
      }),
  };
};
