import type { Collection, Document } from 'mongodb';
import type { Connection } from 'mongoose';
import {
  IDEMPOTENCY_LEASE_MS,
  IDEMPOTENCY_TTL_MS,
  type IdempotencyStart,
  type IdempotencyStore,
  type StoredAnswer,
} from '../http/idempotency.js';
import { createBatchedWrites } from './batched-writes.js';
import { duplicateFields } from './duplicate-key.js';
import { ensureIndexes } from './indexes.js';

interface KeyDocument extends Document {
  _id: string;
  bodyHash: string;
  startedAt: Date;
  leaseUntil: Date;
  expiresAt: Date;
  answer?: StoredAnswer;
}

export interface MongoIdempotencyStore extends IdempotencyStore {
  ensureIndexes(): Promise<void>;
}

const leaseFrom = (now: Date): Date => new Date(now.getTime() + IDEMPOTENCY_LEASE_MS);

/** Idempotency keys in the service's own database; the `_id` index decides who is first. */
export const createIdempotencyStore = (connection: Connection): MongoIdempotencyStore => {
  const collection = connection.collection<KeyDocument>('idempotency_keys') as unknown as Collection<KeyDocument>;
  const writes = createBatchedWrites(collection);

  const claim = async (scopeHash: string, bodyHash: string, now: Date): Promise<boolean> => {
    const expiresAt = new Date(now.getTime() + IDEMPOTENCY_TTL_MS);
    try {
      await writes.insert({ _id: scopeHash, bodyHash, startedAt: now, leaseUntil: leaseFrom(now), expiresAt });
      return true;
    } catch (error) {
      if (duplicateFields(error) === undefined) throw error;
      return false;
    }
  };

  /** Continues what a crashed or refused run began; only one of many may. */
  const takeOver = async ({ _id, leaseUntil, startedAt }: KeyDocument, now: Date): Promise<IdempotencyStart> => {
    const result = await collection.updateOne({ _id, leaseUntil, answer: { $exists: false } }, { $set: { leaseUntil: leaseFrom(now) } });
    return result.matchedCount === 1 ? { kind: 'first', startedAt } : { kind: 'running', retryAfter: 1 };
  };

  const begin = async (scopeHash: string, bodyHash: string, now: Date): Promise<IdempotencyStart> => {
    if (await claim(scopeHash, bodyHash, now)) return { kind: 'first', startedAt: now };
    const known = await collection.findOne({ _id: scopeHash });
    if (known === null || known.expiresAt <= now) {
      // The key is 24 hours old and the database's own clean-up has not come by yet.
      await collection.deleteOne({ _id: scopeHash, expiresAt: { $lte: now } });
      return begin(scopeHash, bodyHash, now);
    }
    if (known.bodyHash !== bodyHash) return { kind: 'mismatch' };
    if (known.answer !== undefined) return { kind: 'replay', answer: known.answer };
    const rest = known.leaseUntil.getTime() - now.getTime();
    return rest > 0 ? { kind: 'running', retryAfter: Math.ceil(rest / 1000) } : takeOver(known, now);
  };

  return {
    begin,
    finish: async (scopeHash, answer) => {
      await writes.update({ _id: scopeHash }, { $set: { answer } });
    },
    release: async (scopeHash) => {
      await writes.update({ _id: scopeHash, answer: { $exists: false } }, { $set: { leaseUntil: new Date(0) } });
    },
    ensureIndexes: () => ensureIndexes(collection, [{ fields: { expiresAt: 1 }, expireAfterSeconds: 0 }]),
  };
};
