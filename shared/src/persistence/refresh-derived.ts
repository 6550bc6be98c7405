import type { Document, Filter } from 'mongodb';
import type { Connection } from 'mongoose';
import { isDeepStrictEqual } from 'node:util';
import { collectionOf } from './collection.js';
import { toState, type StoredDocument } from './documents.js';
import type { Entity } from './repository.js';

type Versioned = Pick<Entity, 'id' | 'version'>;

/** Fields of stored entities that are made from other fields, and perhaps from what belongs to others. */
export interface DerivedFields<S> {
  readonly collection: string;
  /** Fields that nothing is made from and that can be long, such as timelines. */
  readonly leaveOut?: readonly string[];
  /**
   * Reads what the fields are made from, and answers how they should be in a state; `undefined` leaves a state alone, because
   * a later change has written its own.
   */
  readonly derive: (tenantId: string, found: S) => Promise<(now: S) => Partial<S> | undefined>;
}

/** Writes the derived fields of one entity anew. */
export interface RefreshDerived<S extends Versioned = Versioned> {
  readonly collection: string;
  /** What is read of a document. */
  readonly projection: Document;
  /** Writes nothing when the fields are as they should be. */
  refresh(tenantId: string, found: S): Promise<void>;
}

const MAX_LOST_RACES = 5;

/**
 * Writes past the repository: nobody has changed the entity, so version, ETag and `updatedAt` stay. The write succeeds only on
 * the version that was read, so that what an edit in between has derived is not lost.
 */
export const createRefreshDerived = <S extends Versioned>(
  { connection }: { readonly connection: Connection },
  { collection: name, leaveOut = [], derive }: DerivedFields<S>,
): RefreshDerived<S> => {
  const collection = collectionOf<StoredDocument>(connection, name);
  const projection = Object.fromEntries([...leaveOut, 'outbox', 'told'].map((field) => [field, 0]));
  const read = async (id: Filter<StoredDocument>): Promise<S | undefined> => {
    const document = await collection.findOne(id, { projection });
    return document === null ? undefined : (toState(document) as unknown as S);
  };
  return {
    collection: name,
    projection,
    refresh: async (tenantId, found) => {
      const wantedOf = await derive(tenantId, found);
      const id = { _id: found.id, tenantId };
      let now: S | undefined = found;
      for (let tries = 0; tries < MAX_LOST_RACES && now !== undefined; tries++) {
        const state: S = now;
        const wanted = Object.entries(wantedOf(state) ?? {});
        const changes = wanted.filter(([field, value]) => !isDeepStrictEqual(state[field as keyof S], value));
        if (changes.length === 0) return;
        const written = await collection.updateOne({ ...id, version: state.version }, { $set: Object.fromEntries(changes) });
        if (written.matchedCount > 0) return;
        now = await read(id);
      }
    },
  };
};
