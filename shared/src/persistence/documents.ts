import type { Filter, Sort, Document } from 'mongodb';
import { isDeepStrictEqual } from 'node:util';
import type { EventEnvelope } from '../contracts/event.js';
import type { Entity } from './repository.js';

/** A stored entity: `id` as `_id`, and fields that only the persistence code sees. */
export interface StoredDocument extends Document {
  _id: string;
  tenantId: string;
  version: number;
  outbox: EventEnvelope[];
  told?: EventEnvelope[];
}

/** Fields that only the persistence code sees. */
const HIDDEN: ReadonlySet<string> = new Set(['_id', 'tenantId', 'outbox', 'told', 'numberSeries', 'numberSeq']);

/** The entity in a document. A loop, because rest and spread take three times as long, and a page has up to 100 entities. */
export const toState = <S extends Entity>(document: StoredDocument): S => {
  const state: Record<string, unknown> = { id: document._id };
  for (const field of Object.keys(document)) if (!HIDDEN.has(field)) state[field] = document[field];
  return state as unknown as S;
};

/** Filters name `id`, the collection `_id`; nested filters in `$and`, `$or` and `$nor` are converted too. */
export const toStoredFilter = (filter: Filter<Document>): Filter<StoredDocument> =>
  Object.fromEntries(
    Object.entries(filter).map(([key, value]) => {
      if (key === 'id') return ['_id', value as unknown];
      if (key === '$and' || key === '$or' || key === '$nor') return [key, (value as Filter<Document>[]).map(toStoredFilter)];
      return [key, value as unknown];
    }),
  );

export const toStoredSort = (sort: Sort): Sort =>
  Object.fromEntries(Object.entries(sort as Record<string, 1 | -1>).map(([key, direction]) => [key === 'id' ? '_id' : key, direction]));

export interface FieldChanges {
  readonly set: Record<string, unknown>;
  readonly unset: Record<string, ''>;
}

/** The top-level fields that a decision changed. Only these are written, so that no other field is touched. */
export const changesBetween = (before: Record<string, unknown>, after: Record<string, unknown>): FieldChanges => {
  const set: Record<string, unknown> = {};
  const unset: Record<string, ''> = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (isDeepStrictEqual(before[key], after[key])) continue;
    if (after[key] === undefined) unset[key] = '';
    else set[key] = after[key];
  }
  return { set, unset };
};
