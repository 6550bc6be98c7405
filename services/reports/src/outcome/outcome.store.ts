import type { Document } from 'mongodb';
import { collectionOf } from '@riparo/shared/persistence/collection';
import { duplicateFields } from '@riparo/shared/persistence/duplicate-key';
import { ensureIndexes } from '@riparo/shared/persistence/indexes';
import type { Platform } from '@riparo/shared/composition/platform';
import type { TicketOutcome } from './outcome.js';

interface StoredOutcome extends Document, Omit<TicketOutcome, 'id'> {
  readonly _id: string;
  readonly tenantId: string;
}

/** Half-open: `from` belongs to it, `to` does not. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

export interface OutcomeStore {
  /** One that is there already stays as it is. */
  add(tenantId: string, outcomes: readonly TicketOutcome[]): Promise<void>;
  /** In order of time; read in batches, since a year can hold a million. */
  between(tenantId: string, span: Span): AsyncIterable<TicketOutcome>;
  ensureIndexes(): Promise<void>;
}

export const createOutcomeStore = ({ connection }: Platform): OutcomeStore => {
  const collection = collectionOf<StoredOutcome>(connection, 'outcomes');

  const addOne = async (tenantId: string, { id, ...outcome }: TicketOutcome): Promise<void> => {
    try {
      await collection.insertOne({ ...outcome, _id: id, tenantId });
    } catch (error) {
      if (duplicateFields(error) === undefined) throw error;
    }
  };

  return {
    add: async (tenantId, outcomes) => {
      for (const outcome of outcomes) await addOne(tenantId, outcome);
    },
    between: async function* (tenantId, { from, to }) {
      const cursor = collection.find({ tenantId, at: { $gte: from, $lt: to } }, { projection: { tenantId: 0 } }).sort({ at: 1, _id: 1 });
      for await (const { _id, ...outcome } of cursor) yield { ...outcome, id: _id };
    },
    ensureIndexes: () => ensureIndexes(collection, [{ fields: { at: 1, id: 1 } }]),
  };
};
