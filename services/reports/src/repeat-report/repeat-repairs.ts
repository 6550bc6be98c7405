import type { Document } from 'mongodb';
import type { Platform } from '@riparo/shared/composition/platform';
import { DAY_MS } from '@riparo/shared/time/units';
import type { Span } from '../outcome/outcome.store.js';
import { within } from '../replica/repair.queries.js';

/** A repair that was completed in the period. */
interface Completed extends Document {
  readonly _id: string;
  readonly customerId?: string;
  readonly assetId?: string;
  readonly serialKey?: string;
  readonly collectedAt?: Date;
  readonly outcome: { readonly technicianId: string };
}

/** A repair that may have followed another one of the same device. */
interface Later extends Document {
  readonly _id: string;
  readonly customerId: string;
  readonly assetId?: string;
  readonly serialKey: string;
  readonly createdAt: Date;
}

/** Of one technician. */
export interface RepeatCounts {
  readonly completed: number;
  /** Whose device came back within the days after its collection. */
  readonly repeated: number;
  /** Because of which somebody claimed the centre's warranty. */
  readonly claimed: number;
  /** Either of the two. */
  readonly failed: number;
}

/** By the technician who did the first repair. */
export type RepeatRepairs = (tenantId: string, span: Span, days: number) => Promise<ReadonlyMap<string, RepeatCounts>>;

/** So many are read and looked up at once: others have their turn in between. */
const BATCH = 200;
const NOTHING: RepeatCounts = { completed: 0, repeated: 0, claimed: 0, failed: 0 };

const isLater = (first: Completed, later: Later, days: number): boolean => {
  const { collectedAt, customerId, assetId, serialKey } = first;
  if (collectedAt === undefined || later._id === first._id || later.customerId !== customerId) return false;
  const waited = later.createdAt.getTime() - collectedAt.getTime();
  const isSame = later.serialKey === serialKey || (assetId !== undefined && later.assetId === assetId);
  return isSame && waited > 0 && waited <= days * DAY_MS;
};

const groupedBy = (laters: readonly Later[]): ReadonlyMap<string, readonly Later[]> => {
  const groups = new Map<string, Later[]>();
  for (const later of laters)
    for (const key of [later.serialKey, later.assetId]) {
      if (key === undefined) continue;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [later]);
      else group.push(later);
    }
  return groups;
};

/** A repair that was called off says nothing about the one before it. */
const NOT_CANCELED = { $ne: 'CANCELED' };

export const createRepeatRepairs = ({ connection }: Pick<Platform, 'connection'>): RepeatRepairs => {
  const collection = connection.collection('repairs');
  /** Repairs of the same devices that were taken in after the first of them was collected. */
  const findLater = async (tenantId: string, firsts: readonly Completed[], days: number) => {
    const collected = firsts.flatMap(({ collectedAt }) => (collectedAt === undefined ? [] : [collectedAt.getTime()]));
    if (collected.length === 0) return new Map<string, readonly Later[]>();
    const createdAt = { $gt: new Date(Math.min(...collected)), $lte: new Date(Math.max(...collected) + days * DAY_MS) };
    const projection = { customerId: 1, assetId: 1, serialKey: 1, createdAt: 1 };
    const among = (field: 'serialKey' | 'assetId') => {
      const values = [...new Set(firsts.map((first) => first[field]).filter((value) => value !== undefined))];
      return collection
        .find<Later>({ tenantId, [field]: { $in: values }, createdAt, status: NOT_CANCELED } as Document, { projection })
        .toArray();
    };
    const [bySerial, byAsset] = await Promise.all([among('serialKey'), among('assetId')]);
    return groupedBy([...bySerial, ...byAsset]);
  };
  const findClaimed = async (tenantId: string, firsts: readonly Completed[]): Promise<ReadonlySet<string>> => {
    const ids = firsts.map(({ _id }) => _id);
    const claims = await collection
      .find({ tenantId, claimOf: { $in: ids }, status: NOT_CANCELED }, { projection: { claimOf: 1 } })
      .toArray();
    return new Set(claims.map(({ claimOf }) => claimOf as string));
  };
  return async (tenantId, span, days) => {
    const counts = new Map<string, RepeatCounts>();
    const countAll = async (firsts: readonly Completed[]): Promise<void> => {
      const [laters, claims] = await Promise.all([findLater(tenantId, firsts, days), findClaimed(tenantId, firsts)]);
      for (const first of firsts) {
        const near = [first.serialKey, first.assetId].flatMap((key) => (key === undefined ? [] : (laters.get(key) ?? [])));
        const [isRepeated, isClaimed] = [near.some((later) => isLater(first, later, days)), claims.has(first._id)];
        const { completed, repeated, claimed, failed } = counts.get(first.outcome.technicianId) ?? NOTHING;
        counts.set(first.outcome.technicianId, {
          completed: completed + 1,
          repeated: repeated + Number(isRepeated),
          claimed: claimed + Number(isClaimed),
          failed: failed + Number(isRepeated || isClaimed),
        });
      }
    };
    const projection = { customerId: 1, assetId: 1, serialKey: 1, collectedAt: 1, 'outcome.technicianId': 1 };
    const filter = { tenantId, 'outcome.at': within(span), 'outcome.type': 'COMPLETED' };
    let batch: Completed[] = [];
    for await (const first of collection.find<Completed>(filter as Document, { projection, batchSize: BATCH })) {
      batch.push(first);
      if (batch.length < BATCH) continue;
      await countAll(batch);
      batch = [];
    }
    if (batch.length > 0) await countAll(batch);
    return counts;
  };
};
