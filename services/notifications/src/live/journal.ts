import type { Platform } from '@riparo/shared/composition/platform';
import { createBatcher, type BatchEnd } from '@riparo/shared/concurrency/batcher';
import { collectionOf } from '@riparo/shared/persistence/collection';
import { duplicateFields } from '@riparo/shared/persistence/duplicate-key';
import { ensureIndexes } from '@riparo/shared/persistence/indexes';
import type { Signal } from './signal.js';

/** A signal in its place. */
export interface Placed extends Signal {
  readonly position: number;
}

interface JournalDocument {
  /** Tenant and signal: an event that comes twice finds itself here. */
  readonly _id: string;
  readonly tenantId: string;
  readonly position: number;
  readonly signal: Signal;
  readonly keptAt: Date;
}

/**
 * The signals of the last hour of each tenant, in one order for all instances. Positions have no gaps: whoever has read
 * up to 17 and reads what is behind 17 misses nothing, on whichever instance.
 */
export interface Journal {
  append(tenantId: string, signals: readonly Signal[]): Promise<void>;
  /** The position of the newest signal. */
  last(tenantId: string): Promise<number>;
  /** The next signals behind a position. */
  after(tenantId: string, position: number, limit: number): Promise<readonly Placed[]>;
  /** Whether everything behind the position is still there. */
  reachesBack(tenantId: string, position: number): Promise<boolean>;
  ensureIndexes(): Promise<void>;
}

/** Seconds for which a client can resume. */
export const RESUME_S = 3_600;
/** Seconds. Longer, so that nothing of the hour is missing while the database clears up. */
const KEEP_S = RESUME_S + 600;
/** Another instance wrote at the same position so many times in a row. */
const MAX_LOST_RACES = 1_000;

interface Item {
  readonly tenantId: string;
  readonly signal: Signal;
}

interface InsertFailure {
  readonly insertedCount?: number;
  readonly result?: { readonly insertedCount?: number };
}

const insertedBefore = (error: unknown): number => {
  const { insertedCount, result } = error as InsertFailure;
  return insertedCount ?? result?.insertedCount ?? 0;
};

export const createJournal = ({ connection, clock }: Pick<Platform, 'connection' | 'clock'>): Journal => {
  const collection = collectionOf<JournalDocument>(connection, 'liveSignals');

  const newest = async (tenantId: string): Promise<number | undefined> => {
    const found = await collection
      .find({ tenantId }, { projection: { position: 1 } })
      .sort({ position: -1 })
      .limit(1)
      .next();
    return found?.position;
  };
  // A journal that has emptied itself goes on behind every position that it ever had: nobody writes a thousand signals
  // of one tenant each second.
  const last = async (tenantId: string): Promise<number> => (await newest(tenantId)) ?? clock.now().getTime();

  /** Each position is taken by whoever writes it first; who comes second takes the next one. */
  const write = async (tenantId: string, signals: readonly Signal[]): Promise<void> => {
    let open = signals;
    for (let attempt = 0; open.length > 0 && attempt < MAX_LOST_RACES; attempt++) {
      const [position, keptAt] = [await last(tenantId), clock.now()];
      const documents = open.map((signal, index) => ({
        _id: `${tenantId}/${signal.id}`,
        tenantId,
        position: position + 1 + index,
        signal,
        keptAt,
      }));
      try {
        await collection.insertMany(documents, { ordered: true });
        return;
      } catch (error) {
        const fields = duplicateFields(error);
        if (fields === undefined) throw error;
        // What is there already has its position; what lost a race is written again.
        open = open.slice(insertedBefore(error) + (fields.includes('_id') ? 1 : 0));
      }
    }
    if (open.length > 0) throw new Error('the journal of live updates is written by too many at once');
  };

  const send = async (items: readonly Item[]): Promise<readonly BatchEnd<true>[]> => {
    const tenants = [...new Set(items.map(({ tenantId }) => tenantId))];
    const ends = new Map<string, BatchEnd<true>>();
    for (const tenantId of tenants) {
      const own = new Map(items.filter((item) => item.tenantId === tenantId).map(({ signal }) => [signal.id, signal]));
      ends.set(
        tenantId,
        await write(tenantId, [...own.values()]).then(
          () => ({ value: true }) as const,
          (error: unknown) => ({ error }),
        ),
      );
    }
    return items.map(({ tenantId }) => ends.get(tenantId) ?? { value: true });
  };
  // One batch at a time: two of one process would only fight for positions.
  const add = createBatcher<Item, true>({ send, maxRunning: 1 });

  return {
    append: async (tenantId, signals) => {
      await Promise.all(signals.map((signal) => add({ tenantId, signal })));
    },
    last,
    after: async (tenantId, position, limit) => {
      const found = await collection
        .find({ tenantId, position: { $gt: position } })
        .sort({ position: 1 })
        .limit(limit)
        .toArray();
      return found.map((document) => ({ ...document.signal, position: document.position }));
    },
    reachesBack: async (tenantId, position) => {
      if (position > (await last(tenantId))) return false;
      // Positions count from a time in ms and grow slower than it, so this one was given out within the hour.
      if (position >= clock.now().getTime() - RESUME_S * 1_000) return true;
      const next = await collection.findOne({ tenantId, position: position + 1 });
      if (next === null) return (await newest(tenantId)) === position;
      return next.keptAt.getTime() >= clock.now().getTime() - RESUME_S * 1_000;
    },
    ensureIndexes: () =>
      ensureIndexes(collection, [
        { fields: { position: 1 }, unique: true },
        { fields: { keptAt: 1 }, expireAfterSeconds: KEEP_S },
      ]),
  };
};
