import type { Filter, Sort } from 'mongodb';
import type { DomainEvent, EventEnvelope } from '../contracts/event.js';
import type { IfMatch } from './if-match.js';

/** Fields of every entity. Dates are `Date` in state and ISO 8601 in JSON. */
export interface Entity {
  readonly id: string;
  /** Counts the writes of the entity, from 1; `ETag` carries it. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** How many of the writes were `unseen`; missing: none. */
  readonly unseenWrites?: number;
  readonly deletedAt?: Date;
}

/** An entity before its first save. */
export type Draft<S extends Entity> = Omit<S, 'version' | 'createdAt' | 'updatedAt' | 'unseenWrites' | 'deletedAt'>;

/**
 * What a pure decision returns: the new state and the events. `append` adds to arrays that grow without end (a
 * timeline); decisions neither load nor rewrite such arrays.
 */
export interface Decision<S extends Entity, A extends keyof S = never> {
  readonly state: Omit<S, A>;
  readonly events?: readonly DomainEvent[];
  readonly append?: { readonly [K in A]?: S[K] };
  /**
   * True: customers see nothing of the change. `updatedAt` then stays, and `unseenWrites` counts the write. `version` counts
   * it as well, for it guards every write; views subtract `unseenWrites` for customers.
   */
  readonly unseen?: boolean;
}

export interface UpdateOptions {
  /**
   * Versions from `If-Match`. When the entity has another version, the update is refused with 412 instead of deciding again;
   * what the decision refuses as not found or forbidden is refused so all the same.
   */
  readonly ifMatch?: IfMatch;
}

/** The key of a declared index as it was declared: fields of the state, without the tenant. */
export type IndexKey = Readonly<Record<string, 1 | -1>>;

export interface PageQuery<S, L extends keyof S = never> {
  readonly filter: Filter<S>;
  /**
   * Further conditions that no index answers, so that documents must be read. The total is then counted among the first
   * 20,000 documents that meet `filter`.
   */
  readonly besides?: Filter<S>;
  /** Parts that make the total, where the page's own filter is too slow to count. No document may meet two of them. */
  readonly counted?: readonly { readonly filter: Filter<S>; readonly hint: IndexKey }[];
  /** The index to use, where the database would choose a worse one. */
  readonly hint?: IndexKey;
  /** Fields that the list does not show, so they are not read. */
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
  /** There may be more than `totalCount`: counting stops where it would cost more than the page. */
  readonly totalIsLowerBound?: true;
}

export interface CountOptions {
  /** Counting stops at this number. */
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
 * A repository inside one tenant; there is no way to read across tenants with it. Filters use the state's field names
 * (`id`, not `_id`); the repository adds the tenant and "not deleted". Values in filters are compared as values: the
 * route's schema has already refused an object where a scalar belongs.
 */
export interface TenantRepository<S extends Entity, A extends keyof S = never> {
  /**
   * Saves a new entity with its events in one write. Under an Idempotency-Key a second run finds the entity with its own
   * `id` and gets the stored one. A duplicate in a unique index throws `DuplicateKeyError`.
   */
  insert(draft: Draft<S>, events?: (state: S) => readonly DomainEvent[]): Promise<S>;
  /**
   * Like `insert`, with the next number of a gap-free series (`'2026'`): number n+1 is given only after n is stored.
   * `make` builds the draft for a number; `before` is the entity of the number before it, as it was when that number was given
   * or later. `make` may be called again with another number, so it must be pure.
   */
  insertNumbered(
    series: string,
    make: (sequence: number, before: S | undefined) => Draft<S>,
    events?: (state: S) => readonly DomainEvent[],
  ): Promise<S>;
  /** `undefined` when the entity does not exist or is deleted. Append-only arrays are left out. */
  find(id: string): Promise<Omit<S, A> | undefined>;
  /** Like `find`, with the append-only arrays. */
  findWhole(id: string): Promise<S | undefined>;
  findOne(filter: Filter<S>): Promise<Omit<S, A> | undefined>;
  /** Without pages, for small sets; `limit` is required. */
  list(filter: Filter<S>, options: { readonly sort?: Sort; readonly limit: number }): Promise<readonly Omit<S, A>[]>;
  /**
   * `totalCount` stops at 100,000, or after 20,000 read documents (`totalIsLowerBound`). A total of more than 1,000 may
   * be some seconds old. To count a million entities for every page would cost more than the page.
   */
  page<L extends keyof S = never>(query: PageQuery<S, L>): Promise<Page<Omit<S, A | L>>>;
  count(filter: Filter<S>, options?: CountOptions): Promise<number>;
  /**
   * The kept events of each entity with an id greater than `after`, by id; the events oldest first. Empty where the
   * repository keeps none.
   */
  keptEventsAfter(after: string | undefined, limit: number): Promise<readonly KeptEvents[]>;
  /**
   * The different elements of an array between two texts; `undefined` when there are more than `most`, or too many to
   * find in a few queries.
   */
  elements(query: ElementsQuery<S>): Promise<readonly string[] | undefined>;
  /**
   * Loads the entity, decides, and saves state and events in one atomic write guarded by `version`. After a lost race it
   * decides again, so `decide` must be pure. Throws the errors of `decide`; `undefined` when there is no entity with that
   * id. A decision without changes and events writes nothing.
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
  /** Creates missing indexes; called once at the start. */
  ensureIndexes(): Promise<void>;
}
