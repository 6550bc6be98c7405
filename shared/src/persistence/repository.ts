import type { Filter, Sort } from 'mongodb';
import type { DomainEvent, EventEnvelope } from '../contracts/event.js';

/** What every entity has. Dates are `Date` in state and ISO 8601 in JSON. */
export interface Entity {
  readonly id: string;
  /** Counts writes, starts at 1; what `ETag` carries. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletedAt?: Date;
}

/** An entity before its first save. */
export type Draft<S extends Entity> = Omit<S, 'version' | 'createdAt' | 'updatedAt' | 'deletedAt'>;

/**
 * What a pure decision returns: the state as it should be and what has happened. `append` adds to arrays that grow
 * without end (a timeline) and that decisions therefore neither load nor rewrite.
 */
export interface Decision<S extends Entity, A extends keyof S = never> {
  readonly state: Omit<S, A>;
  readonly events?: readonly DomainEvent[];
  readonly append?: { readonly [K in A]?: S[K] };
}

export interface UpdateOptions {
  /** From `If-Match`: another version is refused with 412 instead of deciding again. */
  readonly ifMatch?: number;
}

/** The key of a declared index, as it was declared: fields of the state, without the tenant. */
export type IndexKey = Readonly<Record<string, 1 | -1>>;

export interface PageQuery<S, L extends keyof S = never> {
  readonly filter: Filter<S>;
  /** Further conditions, which documents have to be looked at for: the total is then counted among the first of the others. */
  readonly besides?: Filter<S>;
  /** The total is the sum of these, if it cannot be counted as the page is read; nothing meets two of them. */
  readonly counted?: readonly { readonly filter: Filter<S>; readonly hint: IndexKey }[];
  /** The index to use, where the database should not choose by itself. */
  readonly hint?: IndexKey;
  /** Fields that a list does not show and that need not be read for it. */
  readonly leaveOut?: readonly (L & string)[];
  readonly sort: Sort;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly page: number;
  readonly pageSize: number;
  readonly totalCount: number;
  /** There may be more than `totalCount`: counting ends where it would cost more than the page. */
  readonly totalIsLowerBound?: true;
}

export interface CountOptions {
  /** Ends there. */
  readonly upTo?: number;
  readonly hint?: IndexKey;
}

export interface KeptEvents {
  readonly id: string;
  readonly events: readonly EventEnvelope[];
}

export interface ElementsQuery<S> {
  /** A field that is an array of strings. */
  readonly field: keyof S & string;
  readonly filter: Filter<S>;
  readonly from: string;
  /** Not included. */
  readonly to: string;
  /** An index over the filter's fields and then `field`. */
  readonly hint: IndexKey;
  readonly most: number;
}

/**
 * A repository inside one tenant: there is no other way to ask. Filters use the state's own field names (`id`, not
 * `_id`); the tenant, and "not deleted", are added here. Values in filters are compared as values: an object where a
 * scalar belongs has been refused by the route's schema before.
 */
export interface TenantRepository<S extends Entity, A extends keyof S = never> {
  /**
   * Saves a new entity with its events in one write. Under an Idempotency-Key, a second run finds its own `id` there
   * already and gets what is stored. A duplicate of a unique index throws `DuplicateKeyError`.
   */
  insert(draft: Draft<S>, events?: (state: S) => readonly DomainEvent[]): Promise<S>;
  /**
   * As `insert`, with the next number of a gap-free series (`'2026'`): number n+1 is only given once n is stored. `make`
   * builds the draft for a number and may be called again with another one, so it must be pure.
   */
  insertNumbered(series: string, make: (sequence: number) => Draft<S>, events?: (state: S) => readonly DomainEvent[]): Promise<S>;
  /** `undefined` when it is not there or deleted; append-only arrays are left out. */
  find(id: string): Promise<Omit<S, A> | undefined>;
  /** As `find`, with the append-only arrays. */
  findWhole(id: string): Promise<S | undefined>;
  findOne(filter: Filter<S>): Promise<Omit<S, A> | undefined>;
  /** Unpaged, for small sets: `limit` is not optional. */
  list(filter: Filter<S>, options: { readonly sort?: Sort; readonly limit: number }): Promise<readonly Omit<S, A>[]>;
  /**
   * `totalCount` ends at 100,000, or after 20,000 documents that had to be looked at (`totalIsLowerBound`), and one of more than
   * 1,000 may be some seconds old: counting a million on every page would cost more than the page.
   */
  page<L extends keyof S = never>(query: PageQuery<S, L>): Promise<Page<Omit<S, A | L>>>;
  count(filter: Filter<S>, options?: CountOptions): Promise<number>;
  /** The events that were kept of each entity, by id; oldest first. Empty where the repository keeps none. */
  keptEventsAfter(after: string | undefined, limit: number): Promise<readonly KeptEvents[]>;
  /** The different elements of an array between two texts; `undefined` when there are more than `most`. */
  elements(query: ElementsQuery<S>): Promise<readonly string[] | undefined>;
  /**
   * Loads, decides, saves state and events in one atomic write guarded by `version`; a lost race decides again, so
   * `decide` must be pure. Throws what `decide` throws; `undefined` when there is nothing with that id. A decision that
   * changes nothing and tells nothing writes nothing.
   */
  update(id: string, decide: (state: Omit<S, A>) => Decision<S, A>, options?: UpdateOptions): Promise<Omit<S, A> | undefined>;
  /**
   * As `update`, for a decision that has to read something first. `prepare` gets the state and may read, wait and ask; it
   * saves through `save`. When somebody else has written in between, `save` throws, and `prepare` runs again from the newest
   * state: what it read still held when its decision was written. It may save once. `If-Match` is for `prepare` to check,
   * after it has seen whose the entity is. Answers what `prepare` answers, `undefined` when there is nothing with that id.
   */
  updateAfter<T>(id: string, prepare: (state: Omit<S, A>, save: SaveOnce<S, A>) => Promise<T>): Promise<T | undefined>;
}

/** Saves what was decided on the version that the preparation was given; throws 412 when that version is no longer the newest. */
export type SaveOnce<S extends Entity, A extends keyof S = never> = (decide: (state: Omit<S, A>) => Decision<S, A>) => Promise<Omit<S, A>>;

export interface Repository<S extends Entity, A extends keyof S = never> {
  in(tenantId: string): TenantRepository<S, A>;
  /** Creates what indexes are missing; called once at start. */
  ensureIndexes(): Promise<void>;
}
