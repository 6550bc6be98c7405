import type { Filter, Sort, Document } from 'mongodb';
import { isDeepStrictEqual } from 'node:util';
import type { EventEnvelope } from '../contracts/event.js';
import type { Entity } from './repository.js';

/** How an entity lies in its collection: `id` as `_id`, plus what only the plumbing sees. */
export interface StoredDocument extends Document {
  _id: string;
  tenantId: string;
  version: number;
  outbox: EventEnvelope[];
  told?: EventEnvelope[];
}

/** What only the plumbing sees. */
const HIDDEN: ReadonlySet<string> = new Set(['_id', 'tenantId', 'outbox', 'told', 'numberSeries', 'numberSeq']);

/** The entity in a document. By a loop: rest and spread take three times as long, and lists have a hundred of them. */
export const toState = <S extends Entity>(document: StoredDocument): S => {
  const state: Record<string, unknown> = { id: document._id };
  for (const field of Object.keys(document)) if (!HIDDEN.has(field)) state[field] = document[field];
  return state as unknown as S;
};

/** Filters speak of `id`; the collection of `_id`. Looks into `$and`/`$or`/`$nor` too. */
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

/** The top-level fields that a decision changed; only these are written, so that nothing else is touched. */
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
