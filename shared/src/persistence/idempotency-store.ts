import type { Document } from 'mongodb';
import type { Connection } from 'mongoose';
import { collectionOf } from './collection.js';
import { createBatchedWrites } from './batched-writes.js';
import { duplicateFields } from './duplicate-key.js';
import { ensureIndexes } from './indexes.js';

/** An answer is kept under its key for 24 hours. */
export const IDEMPOTENCY_TTL_MS = 24 * 60 * 60 * 1000;
/** How long a run may take, in ms. After that its process is taken for dead, and another run with the same key takes over. */
export const IDEMPOTENCY_LEASE_MS = 10_000;

/** An answer as it was sent; `body` is the JSON text. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * What `begin` found. `first`: run the use case. `startedAt` is the moment of the key's very first run, also when this
 * run takes over from a run that crashed or was released: both runs thus make the same ids.
 */
export type IdempotencyStart =
  | { readonly kind: 'first'; readonly startedAt: Date }
  | { readonly kind: 'replay'; readonly answer: StoredAnswer }
  /** Another run holds the lease; try again in `retryAfter` whole seconds. */
  | { readonly kind: 'running'; readonly retryAfter: number }
  /** The key was used with another body. */
  | { readonly kind: 'mismatch' };

/** Remembers keys for `IDEMPOTENCY_TTL_MS`. Both hashes are hex SHA-256. The scope's hash contains tenant, caller, method and path. */
export interface IdempotencyStore {
  /** Claims the key atomically: of many calls at once, one gets `first`. */
  begin(scopeHash: string, bodyHash: string, now: Date): Promise<IdempotencyStart>;
  /** Stores the answer. From then on `begin` finds `replay`. */
  finish(scopeHash: string, answer: StoredAnswer): Promise<void>;
  /**
   * Ends the lease without an answer. Key, body hash and `startedAt` stay, so the next run gets `first` with the same
   * moment. Never removes an answer.
   */
  release(scopeHash: string): Promise<void>;
}

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

/** Keeps idempotency keys in the service's own database. The unique `_id` decides which of several runs is first. */
export const createIdempotencyStore = (connection: Connection): MongoIdempotencyStore => {
  const collection = collectionOf<KeyDocument>(connection, 'idempotency_keys');
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

  /** Continues a run that crashed or was refused; one of many callers at once succeeds. */
  const takeOver = async ({ _id, leaseUntil, startedAt }: KeyDocument, now: Date): Promise<IdempotencyStart> => {
    const result = await collection.updateOne({ _id, leaseUntil, answer: { $exists: false } }, { $set: { leaseUntil: leaseFrom(now) } });
    return result.matchedCount === 1 ? { kind: 'first', startedAt } : { kind: 'running', retryAfter: 1 };
  };

  const begin = async (scopeHash: string, bodyHash: string, now: Date): Promise<IdempotencyStart> => {
    if (await claim(scopeHash, bodyHash, now)) return { kind: 'first', startedAt: now };
    const known = await collection.findOne({ _id: scopeHash });
    if (known === null || known.expiresAt <= now) {
      // The key is 24 hours old, and the database's own clean-up has not removed it yet.
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
