import type { Document, Filter } from 'mongodb';
import type { Connection } from 'mongoose';
import { collectionOf } from './collection.js';
import type { DomainEvent, EventEnvelope } from '../contracts/event.js';
import { stale, unavailable } from '../errors/common-errors.js';
import { isDomainError, type DomainError, type ErrorKind } from '../errors/domain-error.js';
import type { Clock } from '../runtime/clock.js';
import { createBatchedWrites } from './batched-writes.js';
import { createDistinctElements } from './distinct-elements.js';
import { changesBetween, toState, toStoredFilter, toStoredSort, type StoredDocument } from './documents.js';
import { duplicateFields, translateDuplicate } from './duplicate-key.js';
import { toEnvelopes } from './envelopes.js';
import { ensureIndexes, keyOf, type IndexDeclaration } from './indexes.js';
import { createKeyedQueue } from '../concurrency/keyed-queue.js';
import { allows, type IfMatch } from './if-match.js';
import { createNumberedInsert, NUMBER_INDEX } from './numbered-insert.js';
import { createOutboxDocuments, OUTBOX_INDEX } from './outbox-documents.js';
import { createPageCount, type CountBounds } from './page-count.js';
import type { OutboxRelay } from './outbox-store.js';
import type { Decision, Draft, Entity, IndexKey, Repository, SaveOnce, TenantRepository } from './repository.js';

const MAX_LOST_RACES = 100;
/** Preparing takes longer than deciding, and loses more races; each lost one means that somebody else got on. */
const MAX_PREPARATIONS = 50;
/** Events that are kept for each entity. A replica that is rebuilt needs no older ones. */
const MAX_KEPT_EVENTS = 200;

const tooMany = (): DomainError => unavailable('This entry is being changed by too many at once; it', 1);

const hinted = (hint: IndexKey | undefined) => (hint === undefined ? {} : { hint: keyOf({ fields: hint }) });

/** Refusals that come before every other: the entity is not there for this caller, or is not the caller's to change. */
const HIDING: readonly ErrorKind[] = ['not-found', 'forbidden'];
const hides = (error: unknown): boolean => isDomainError(error) && HIDING.includes(error.kind);

/**
 * Decides on the version that the caller has read. Decisions look at ownership first, and a stranger must not learn from 412
 * that an entity exists or which version it has; so a stale version is refused after the decision has had its say.
 */
const decideAt = <T extends { readonly version: number }, D>(ifMatch: IfMatch | undefined, before: T, decide: (state: T) => D): D => {
  if (allows(ifMatch, before.version)) return decide(before);
  try {
    decide(before);
  } catch (error) {
    if (hides(error)) throw error;
  }
  throw stale(before.version);
};

export interface MongoRepositoryOptions<A> {
  readonly connection: Connection;
  /** Name of the service, for `source` in events. */
  readonly service: string;
  readonly collection: string;
  readonly clock: Clock;
  readonly relay: OutboxRelay;
  /** Indexes without the tenant, which is added in front. Fields are the state's own; `id` means `_id`. */
  readonly indexes?: readonly IndexDeclaration[];
  /** Arrays that only grow, such as a timeline. Decisions neither load nor rewrite them. */
  readonly appendOnly?: readonly (A & string)[];
  /** True when entities are deleted by `deletedAt`: such entities are missing from every answer. */
  readonly softDelete?: boolean;
  /** Keeps the last 200 events of each entity for services that rebuild their replicas; see `TenantRepository.keptEventsAfter`. */
  readonly keepEvents?: boolean;
  /** Bounds of totals; default: 100,000 index entries, 20,000 documents. */
  readonly countBounds?: CountBounds;
}

/** The repository over one MongoDB collection; `repository.ts` states its promises. */
export const createMongoRepository = <S extends Entity, A extends keyof S = never>(
  options: MongoRepositoryOptions<A>,
): Repository<S, A> => {
  const { service, clock, relay, appendOnly = [], softDelete = false, keepEvents = false, indexes = [] } = options;
  const name = options.collection;
  const collection = collectionOf<StoredDocument>(options.connection, name);
  const outbox = createOutboxDocuments(collection);
  const writes = createBatchedWrites(collection);
  const numbered = createNumberedInsert(collection);
  const countMatches = createPageCount(collection, options.countBounds);
  const elementsOf = createDistinctElements(collection);
  const writers = createKeyedQueue();
  relay.register(outbox);

  const lean = Object.fromEntries([...appendOnly, 'outbox', 'told'].map((field) => [field, 0]));
  const whole = { outbox: 0, told: 0 };

  const offer = (tenantId: string, aggregateId: string, envelopes: readonly EventEnvelope[]): void => {
    if (envelopes.length > 0)
      relay.offer(
        outbox,
        envelopes.map((event) => ({ tenantId, aggregateId, event })),
      );
  };

  const inTenant = (tenantId: string): TenantRepository<S, A> => {
    type Lean = Omit<S, A>;
    const scope = (filter: object): Filter<StoredDocument> => ({
      tenantId,
      ...toStoredFilter(filter),
      ...(softDelete ? { deletedAt: null } : {}),
    });
    const leanState = (document: StoredDocument | null): Lean | undefined => (document === null ? undefined : toState<S>(document));

    const firstDocument = (draft: Draft<S>, events: ((state: S) => readonly DomainEvent[]) | undefined): StoredDocument => {
      const now = clock.now();
      const state = { ...draft, version: 1, createdAt: now, updatedAt: now } as unknown as S;
      const { id, ...fields } = state;
      const envelopes = toEnvelopes(events?.(state) ?? [], { service, tenantId, aggregateId: id, version: 1, time: now });
      return { ...fields, _id: id, tenantId, version: 1, outbox: envelopes, ...(keepEvents ? { told: envelopes } : {}) };
    };

    const stored = (document: StoredDocument): S => {
      offer(tenantId, document._id, document.outbox);
      return toState<S>(document);
    };

    const insert: TenantRepository<S, A>['insert'] = async (draft, events) => {
      const document = firstDocument(draft, events);
      try {
        await writes.insert(document);
      } catch (error) {
        const existing =
          duplicateFields(error)?.includes('_id') === true ? await collection.findOne({ _id: document._id, tenantId }) : null;
        if (existing) return toState<S>(existing);
        throw translateDuplicate(name, error);
      }
      return stored(document);
    };

    const insertNumbered: TenantRepository<S, A>['insertNumbered'] = (series, make, events) =>
      numbered
        .insert(tenantId, series, (sequence, before) => firstDocument(make(sequence, before && toState<S>(before)), events))
        .then(stored, (error: unknown) => {
          throw translateDuplicate(name, error);
        });

    /** One conditional write; `undefined` when another writer was faster. */
    const save = async (before: Lean & Entity, decision: Decision<S, A>): Promise<Lean | undefined> => {
      const { set, unset } = changesBetween(before, decision.state);
      const events = decision.events ?? [];
      const append = Object.entries(decision.append ?? {}).filter(([, items]) => Array.isArray(items) && items.length > 0);
      if (Object.keys(set).length + Object.keys(unset).length + events.length + append.length === 0) return before;
      const [version, now] = [before.version + 1, clock.now()];
      const counted = { version, ...(decision.unseen === true ? { unseenWrites: (before.unseenWrites ?? 0) + 1 } : { updatedAt: now }) };
      const envelopes = toEnvelopes(events, { service, tenantId, aggregateId: before.id, version, time: now });
      const published = envelopes.length === 0 ? [] : [['outbox', { $each: envelopes }] as const];
      const kept = keepEvents ? published.map(([, { $each }]) => ['told', { $each, $slice: -MAX_KEPT_EVENTS }] as const) : [];
      const pushes = [...append.map(([field, items]) => [field, { $each: items }] as const), ...published, ...kept];
      const update = {
        $set: { ...set, ...counted },
        ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}),
        ...(pushes.length > 0 ? { $push: Object.fromEntries(pushes) } : {}),
      };
      const result = await collection.updateOne({ _id: before.id, tenantId, version: before.version }, update as object);
      if (result.matchedCount === 0) return undefined;
      offer(tenantId, before.id, envelopes);
      return { ...decision.state, ...counted };
    };

    const find = async (id: string): Promise<(Lean & Entity) | undefined> =>
      leanState(await collection.findOne(scope({ id }), { projection: lean })) as (Lean & Entity) | undefined;

    const update: TenantRepository<S, A>['update'] = (id, decide, { ifMatch } = {}) =>
      writers.run(`${tenantId}\n${id}`, async () => {
        for (let attempt = 0; attempt < MAX_LOST_RACES; attempt++) {
          const before = await find(id);
          if (before === undefined) return undefined;
          const saved = await save(before, decideAt(ifMatch, before, decide)).catch((error: unknown) => {
            throw translateDuplicate(name, error);
          });
          if (saved !== undefined) return saved;
        }
        throw tooMany();
      });

    const updateAfter: TenantRepository<S, A>['updateAfter'] = async (id, prepare) => {
      for (let attempt = 0; attempt < MAX_PREPARATIONS; attempt++) {
        const before = await find(id);
        if (before === undefined) return undefined;
        const overtaken = stale(before.version);
        const saveOnce: SaveOnce<S, A> = async (decide) => {
          const saved = await writers
            .run(`${tenantId}\n${id}`, () => save(before, decide(before)))
            .catch((error: unknown) => {
              throw translateDuplicate(name, error);
            });
          if (saved === undefined) throw overtaken;
          return saved;
        };
        try {
          return await prepare(before, saveOnce);
        } catch (error) {
          if (error !== overtaken) throw error;
        }
      }
      throw tooMany();
    };

    return {
      insert,
      insertNumbered,
      update,
      updateAfter,
      find,
      findWhole: async (id) => {
        const document = await collection.findOne(scope({ id }), { projection: whole });
        return document === null ? undefined : toState<S>(document);
      },
      findOne: async (filter) => leanState(await collection.findOne(scope(filter), { projection: lean })),
      list: async (filter, { sort = { id: -1 }, limit }) => {
        const documents = await collection.find(scope(filter), { projection: lean }).sort(toStoredSort(sort)).limit(limit).toArray();
        return documents.map((document) => toState<S>(document));
      },
      page: async ({ filter, besides, hint, counted, sort, page, pageSize, leaveOut = [] }) => {
        const by = { filter: scope(filter), ...hinted(hint) };
        const rest = besides === undefined ? undefined : toStoredFilter(besides as Filter<Document>);
        const query = rest === undefined ? by.filter : { $and: [by.filter, rest] };
        const projection = { ...lean, ...Object.fromEntries(leaveOut.map((field) => [field, 0])) };
        const cursor = collection.find(query, { projection, ...hinted(hint) }).sort(toStoredSort(sort));
        const skipped = (page - 1) * pageSize;
        const documents = await cursor.skip(skipped).limit(pageSize).toArray();
        const seen = skipped + documents.length;
        // A page that is not full is the last one, so its own items give the total: 40 skipped and 7 read are 47.
        const last = documents.length < pageSize && (documents.length > 0 || page === 1);
        const asRead = [{ ...by, ...(rest === undefined ? {} : { besides: rest }) }];
        const parts = counted?.map((part) => ({ filter: scope(part.filter), ...hinted(part.hint) })) ?? asRead;
        const total = last ? { totalCount: seen } : await countMatches(parts);
        // A count that stopped at its bound may be lower than the items seen so far. The total then says one more, so that the
        // client reads the next page.
        const least = total.totalIsLowerBound === true ? seen + 1 : seen;
        const totalCount = documents.length === 0 ? total.totalCount : Math.max(total.totalCount, least);
        return { ...total, items: documents.map((document) => toState<S>(document)), page, pageSize, totalCount };
      },
      keptEventsAfter: async (after, limit) => {
        const filter = { tenantId, ...(after === undefined ? {} : { _id: { $gt: after } }) };
        const documents = await collection
          .find(filter, { projection: { told: 1 } })
          .sort({ _id: 1 })
          .limit(limit)
          .toArray();
        return documents.map(({ _id, told = [] }) => ({ id: _id, events: told }));
      },
      count: (filter, { upTo, hint } = {}) =>
        collection.countDocuments(scope(filter), { ...(upTo === undefined ? {} : { limit: upTo }), ...hinted(hint) }),
      elements: ({ filter, hint, ...wanted }) => elementsOf({ ...wanted, filter: scope(filter), hint: keyOf({ fields: hint }) }),
    };
  };

  return {
    in: inTenant,
    ensureIndexes: () => ensureIndexes(collection, indexes, [OUTBOX_INDEX, NUMBER_INDEX]),
  };
};
