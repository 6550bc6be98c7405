import type { Document } from 'mongodb';
import type { Connection } from 'mongoose';
import { collectionOf } from './collection.js';
import { duplicateFields } from './duplicate-key.js';
import { ensureIndexes } from './indexes.js';

/** Remembers which approvals are spent, in the service's own database. */
export interface SpentApprovals {
  /** True for the first use of the approval, and for the same use again. */
  spend(approvalId: string, use: string, until: Date): Promise<boolean>;
}

interface SpentDocument extends Document {
  _id: string;
  use: string;
  until: Date;
}

export interface MongoSpentApprovals extends SpentApprovals {
  ensureIndexes(): Promise<void>;
}

/** Seconds. A spent approval is kept a little longer than the approval lives, because the clocks of instances differ. */
const KEPT_AFTER_S = 300;

/** Keeps spent approvals in the service's own database. The unique `_id` decides which of two uses at the same time is the first. */
export const createSpentApprovals = (connection: Connection): MongoSpentApprovals => {
  const collection = collectionOf<SpentDocument>(connection, 'spent_approvals');
  return {
    spend: async (approvalId, use, until) => {
      try {
        await collection.insertOne({ _id: approvalId, use, until });
        return true;
      } catch (error) {
        if (duplicateFields(error) === undefined) throw error;
        return (await collection.findOne({ _id: approvalId }))?.use === use;
      }
    },
    ensureIndexes: () => ensureIndexes(collection, [{ fields: { until: 1 }, expireAfterSeconds: KEPT_AFTER_S }]),
  };
};
