import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Document } from 'mongodb';
import type { Platform } from '@riparo/shared/composition/platform';
import { collectionOf } from '@riparo/shared/persistence/collection';
import { KNOWLEDGE_COLLECTION } from '../knowledge.repository.js';
import { createCaseIndex, type CaseIndex, type CaseText } from './case-index.js';
import { createStem } from './case-words.js';

interface StoredCase extends Document, Omit<CaseText, 'id'> {
  readonly _id: string;
  readonly tenantId: string;
}

/** The indexes of words of the tenants that search, each as current as the database. */
export interface CaseIndexes {
  of(tenantId: string): Promise<CaseIndex>;
}

interface Kept {
  readonly index: CaseIndex;
  /** Changes since this moment may be missing. */
  asOf: Date | undefined;
  /** Under way, and the one that begins once it has ended. */
  current?: Promise<void>;
  next?: Promise<void>;
}

/** The driver decodes what comes at once in one go: 16 MB without this bound. */
const BATCH = 100;
/** The event loop is held no longer than this at a time. */
const SLICE_MS = 10;
/**
 * A write is seen by another instance some moments after the time that it is stamped with, and clocks differ: what was
 * written within this time before the last look is looked at once more.
 */
const OVERLAP_MS = 30_000;
/** Cases of all tenants together; beyond, the tenant that searched longest ago is forgotten and read anew when it searches again. */
const MOST_CASES = 150_000;

const MOST_OUTDATED = 10_000;

const PROJECTION = Object.fromEntries(
  ['version', 'brandKey', 'modelKey', 'status', 'public', 'tags', 'usefulCount', 'device', 'symptom', 'cause', 'solution', 'parts'].map(
    (field) => [field, 1],
  ),
);

export const createCaseIndexes = ({ connection, clock }: Pick<Platform, 'connection' | 'clock'>, mostCases = MOST_CASES): CaseIndexes => {
  const collection = collectionOf<StoredCase>(connection, KNOWLEDGE_COLLECTION);
  const stem = createStem();
  const byTenant = new Map<string, Kept>();

  /** In slices: 50,000 cases take seconds, and others wait for none of them longer than a slice. */
  const read = async (tenantId: string, kept: Kept): Promise<void> => {
    const startedAt = clock.now();
    const since = kept.asOf === undefined ? {} : { updatedAt: { $gte: new Date(kept.asOf.getTime() - OVERLAP_MS) } };
    let sliceBegan = performance.now();
    for await (const { _id: id, ...text } of collection.find({ tenantId, ...since }, { projection: PROJECTION, batchSize: BATCH })) {
      kept.index.put({ ...text, id });
      if (performance.now() - sliceBegan < SLICE_MS) continue;
      await nextTurn();
      sliceBegan = performance.now();
    }
    kept.asOf = startedAt;
  };

  /** What was written before the question is in the answer: a look that is under way may have passed it, so one more follows. */
  const refresh = (tenantId: string, kept: Kept): Promise<void> => {
    const begin = (): Promise<void> => {
      const running = read(tenantId, kept).finally(() => {
        kept.current = undefined;
      });
      kept.current = running;
      return running;
    };
    if (kept.current === undefined) return begin();
    const after = (): Promise<void> => {
      kept.next = undefined;
      return begin();
    };
    return (kept.next ??= kept.current.then(after, after));
  };

  const forgetOldest = (): void => {
    const count = (): number => [...byTenant.values()].reduce((sum, { index }) => sum + index.size, 0);
    for (const tenantId of byTenant.keys()) {
      if (byTenant.size < 2 || count() <= mostCases) return;
      byTenant.delete(tenantId);
    }
  };

  return {
    of: async (tenantId) => {
      const kept = byTenant.get(tenantId) ?? { index: createCaseIndex(stem), asOf: undefined };
      // Last in the order of the map: it searched last.
      byTenant.delete(tenantId);
      byTenant.set(tenantId, kept);
      await refresh(tenantId, kept);
      // Of cases that are edited again and again, more is outdated than there: it is read anew with the next search.
      if (kept.index.outdated > MOST_OUTDATED + kept.index.size) byTenant.delete(tenantId);
      forgetOldest();
      return kept.index;
    },
  };
};
