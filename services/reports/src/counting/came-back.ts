import type { Document } from 'mongodb';
import type { Connection } from 'mongoose';
import { compact } from '@riparo/shared/json/compact';
import { collectionOf } from '@riparo/shared/persistence/collection';
import { DAY_MS } from '@riparo/shared/time/units';
import { groupBy } from '../collect.js';
import type { Repair } from '../replica/repair.js';
import { COMMENT, type Note, type Stored } from './subject.js';

/** The longest that a report may ask for, in days: who comes back later counts nowhere. */
export const MOST_DAYS = 365;
const MOST_MS = MOST_DAYS * DAY_MS;

type Fields = 'status' | 'createdAt' | 'outcome' | 'customerId' | 'assetId' | 'serialKey' | 'collectedAt' | 'claimOf';

/** A repair, with what counting has noted of it. */
export interface Taken extends Stored, Pick<Repair, Fields> {
  /** The first repair of the same device that was taken in after this one was collected, and when. */
  readonly backBy?: string;
  readonly backAt?: Date;
  /** A repair that is a claim because of this one. */
  readonly claimedBy?: string;
}

/** What came after a repair that was completed. */
export interface Aftermath {
  readonly back?: { readonly by: string; readonly at: Date; readonly days: number };
  readonly claimedBy?: string;
}

const PROJECTION = { customerId: 1, assetId: 1, serialKey: 1, createdAt: 1, backAt: 1, collectedAt: 1 };

type Keyed = Pick<Taken, 'customerId' | 'assetId' | 'serialKey'>;
/** Two repairs are of one device of one customer when they have one of these in common. */
const keysOf = ({ customerId = '', assetId, serialKey }: Keyed): readonly string[] => [
  ...(serialKey === undefined ? [] : [`${customerId}\ns${serialKey}`]),
  ...(assetId === undefined ? [] : [`${customerId}\na${assetId}`]),
];

const byKey = (all: readonly Taken[]): ReadonlyMap<string, readonly Taken[]> => {
  const groups = groupBy(
    all.flatMap((one) => keysOf(one).map((key) => ({ key, one }))),
    ({ key }) => key,
  );
  const sorted = (some: readonly { readonly one: Taken }[]): readonly Taken[] =>
    some.map(({ one }) => one).sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  return new Map([...groups].map(([key, some]) => [key, sorted(some)]));
};

const isCompleted = ({ outcome }: Taken): boolean => outcome?.type === 'COMPLETED';
const distinct = <T>(all: readonly (T | undefined)[]): readonly T[] => [...new Set(all.filter((one) => one !== undefined))];
const moments = (all: readonly (Date | undefined)[]): readonly number[] => all.flatMap((at) => (at === undefined ? [] : [at.getTime()]));

/** A repair that was called off says nothing about the one before it. */
const NOT_CANCELED = { $ne: 'CANCELED' };

export interface CameBack {
  /** Repairs whose aftermath these may have changed, by what they are now and by what was noted when they were counted. */
  before(tenantId: string, changed: readonly Taken[]): Promise<readonly string[]>;
  /** What came after each, by id. */
  after(tenantId: string, firsts: readonly Taken[]): Promise<ReadonlyMap<string, Aftermath>>;
}

const backOf = (first: Taken, laters: ReadonlyMap<string, readonly Taken[]>): Aftermath['back'] => {
  const { _id, collectedAt } = first;
  if (collectedAt === undefined) return undefined;
  const found = keysOf(first).flatMap((key) => laters.get(key)?.find((it) => it._id !== _id && it.createdAt > collectedAt) ?? []);
  const [next] = found.sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  if (next === undefined) return undefined;
  // 90 days to the millisecond are 90, and a millisecond more is 91.
  const days = Math.ceil((next.createdAt.getTime() - collectedAt.getTime()) / DAY_MS);
  return days > MOST_DAYS ? undefined : { by: next._id, at: next.createdAt, days };
};

export const createCameBack = (connection: Connection): CameBack => {
  const repairs = collectionOf<Taken>(connection, 'repairs');
  const find = (filter: Document, projection: Document = PROJECTION) =>
    repairs.find(filter as object, { projection, comment: COMMENT }).toArray() as Promise<readonly Taken[]>;

  /** Repairs of the devices of some others. */
  const ofSameDevices = async (tenantId: string, some: readonly Taken[], filter: Document): Promise<readonly Taken[]> => {
    const [customerIds, serialKeys, assetIds] = [
      distinct(some.map(({ customerId }) => customerId)),
      distinct(some.map(({ serialKey }) => serialKey)),
      distinct(some.map(({ assetId }) => assetId)),
    ];
    const found = await Promise.all([
      serialKeys.length === 0 ? [] : find({ tenantId, customerId: { $in: customerIds }, serialKey: { $in: serialKeys }, ...filter }),
      assetIds.length === 0 ? [] : find({ tenantId, assetId: { $in: assetIds }, ...filter }),
    ]);
    return [...new Map(found.flat().map((one) => [one._id, one])).values()];
  };

  /** Completed repairs after which one of these comes sooner than what was noted. */
  const sooner = async (tenantId: string, laters: readonly Taken[]): Promise<readonly string[]> => {
    const times = moments(laters.map(({ createdAt }) => createdAt));
    if (times.length === 0) return [];
    const collectedAt = { $gte: new Date(Math.min(...times) - MOST_MS), $lt: new Date(Math.max(...times)) };
    const firsts = await ofSameDevices(tenantId, laters, { collectedAt, 'outcome.type': 'COMPLETED' });
    const groups = byKey(laters);
    const isSooner = ({ _id, collectedAt: from, backAt }: Taken, { _id: id, createdAt }: Taken): boolean =>
      id !== _id && from !== undefined && createdAt > from && (backAt === undefined || createdAt < backAt);
    return firsts
      .filter((first) => keysOf(first).some((key) => groups.get(key)?.some((later) => isSooner(first, later))))
      .map(({ _id }) => _id);
  };

  return {
    before: async (tenantId, changed) => {
      if (changed.length === 0) return [];
      const ids = changed.map(({ _id }) => _id);
      const [bySooner, byBack, byClaim] = await Promise.all([
        sooner(
          tenantId,
          changed.filter(({ status }) => status !== 'CANCELED'),
        ),
        find({ tenantId, backBy: { $in: ids } }, { _id: 1 }),
        find({ tenantId, claimedBy: { $in: ids } }, { _id: 1 }),
      ]);
      return [...bySooner, ...[...byBack, ...byClaim].map(({ _id }) => _id), ...distinct(changed.map(({ claimOf }) => claimOf))];
    },
    after: async (tenantId, all) => {
      const firsts = all.filter(isCompleted);
      if (firsts.length === 0) return new Map();
      const collected = moments(firsts.map(({ collectedAt }) => collectedAt));
      const createdAt = { $gt: new Date(Math.min(...collected)), $lte: new Date(Math.max(...collected) + MOST_MS) };
      const claimOf = { $in: firsts.map(({ _id }) => _id) };
      const [laters, claims] = await Promise.all([
        collected.length === 0 ? [] : ofSameDevices(tenantId, firsts, { createdAt, status: NOT_CANCELED }),
        find({ tenantId, claimOf, status: NOT_CANCELED }, { claimOf: 1 }),
      ]);
      const [groups, claimOfEach] = [byKey(laters), new Map(claims.map((claim) => [claim.claimOf, claim._id]))];
      return new Map(firsts.map((first) => [first._id, compact({ back: backOf(first, groups), claimedBy: claimOfEach.get(first._id) })]));
    },
  };
};

/** What is noted otherwise than it is now. */
export const aftermathNotes = ({ _id: id, backBy, backAt, claimedBy }: Taken, aftermath: Aftermath = {}): readonly Note[] => {
  const note = (field: string, now: Pick<Note, 'moment' | 'text'>): Note => ({ collection: 'repairs', id, field, ...now });
  const { by: text, at } = aftermath.back ?? {};
  return [
    ...(text === backBy ? [] : [note('backBy', compact({ text }))]),
    ...(at?.getTime() === backAt?.getTime() ? [] : [note('backAt', compact({ moment: at?.getTime() }))]),
    ...(aftermath.claimedBy === claimedBy ? [] : [note('claimedBy', compact({ text: aftermath.claimedBy }))]),
  ];
};
