import type { Document, Filter } from 'mongodb';
import { compact } from '@riparo/shared/json/compact';
import { collectionOf } from '@riparo/shared/persistence/collection';
import { duplicateFields } from '@riparo/shared/persistence/duplicate-key';
import { ensureIndexes } from '@riparo/shared/persistence/indexes';
import type { Platform } from '@riparo/shared/composition/platform';
import { newMark, UNCOUNTED_INDEX } from '../counting/marking.js';
import type { TicketOutcome } from './outcome.js';

interface StoredOutcome extends Document, Omit<TicketOutcome, 'id'> {
  readonly _id: string;
  readonly tenantId: string;
  readonly uncounted?: string;
  /** When the next resolution of the ticket was, as far as it was counted. */
  readonly supersededAt?: Date;
}

/** Half-open: `from` belongs to it, `to` does not. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

export interface OutcomeStore {
  /** One that is there already stays as it is. */
  add(tenantId: string, outcomes: readonly TicketOutcome[]): Promise<void>;
  /**
   * Adds what is missing of what the owner tells of a ticket, puts right who is named and how long it took, and removes what
   * the owner does not tell, if that is older than `wrongBefore`. Mark the ticket as not counted afterwards.
   */
  restore(tenantId: string, ticketId: string, told: readonly TicketOutcome[], wrongBefore: Date): Promise<void>;
  /** The newest resolutions of a span by each technician (`''`: nobody), of each ticket the last one alone. */
  newest(tenantId: string, span: Span, resolvedOf: ReadonlyMap<string, number>, limit: number): Promise<readonly TicketOutcome[]>;
  ensureIndexes(): Promise<void>;
}

/** So many are read at once rather than technician by technician. */
const FEW = 200;

/** A ticket is rated once, and earlier versions kept the moment of the event for that of the rating. */
const keyOf = ({ type, at }: Pick<TicketOutcome, 'type' | 'at'>): string => (type === 'RATED' ? type : `${type} ${at.getTime()}`);

const isSame = (one: Partial<TicketOutcome>, { technicianId, minutes, score, at }: TicketOutcome): boolean =>
  one.technicianId === technicianId && one.minutes === minutes && one.score === score && one.at?.getTime() === at.getTime();

export const createOutcomeStore = ({ connection }: Platform): OutcomeStore => {
  const collection = collectionOf<StoredOutcome>(connection, 'outcomes');

  const addOne = async (tenantId: string, { id, ...outcome }: TicketOutcome): Promise<void> => {
    try {
      await collection.insertOne({ ...outcome, _id: id, tenantId, uncounted: newMark(tenantId) });
    } catch (error) {
      if (duplicateFields(error) === undefined) throw error;
    }
  };

  /** What an event told of the promise and the title of that time stays. */
  const putRight = (tenantId: string, _id: string, { technicianId, minutes, score, at }: TicketOutcome) => {
    const [$set, gone] = [compact({ minutes, at, technicianId, score }), Object.entries({ technicianId, score })];
    const $unset = Object.fromEntries(gone.flatMap(([field, value]) => (value === undefined ? [[field, ''] as const] : [])));
    return collection.updateOne({ _id, tenantId }, { $set: { ...$set, uncounted: newMark(tenantId) }, $unset });
  };

  const projection = Object.fromEntries(
    ['type', 'ticketId', 'ticketNumber', 'title', 'at', 'technicianId', 'minutes'].map((field) => [field, 1]),
  );
  const lastIn = (tenantId: string, { from, to }: Span, technicians: readonly string[]): Filter<StoredOutcome> => ({
    ...{ tenantId, type: 'RESOLVED', at: { $gte: from, $lt: to } },
    technicianId: { $in: technicians.map((technician) => (technician === '' ? null : technician)) as string[] },
    // One that was followed by another within the span is not the last.
    $or: [{ supersededAt: { $exists: false } }, { supersededAt: { $gte: to } }],
  });

  return {
    add: async (tenantId, outcomes) => {
      for (const outcome of outcomes) await addOne(tenantId, outcome);
    },
    restore: async (tenantId, ticketId, told, wrongBefore) => {
      const found = await collection.find({ tenantId, ticketId }).toArray();
      const [known, right] = [new Map(found.map((outcome) => [keyOf(outcome), outcome])), new Set(told.map(keyOf))];
      const wrong = found.filter((outcome) => !right.has(keyOf(outcome)) && outcome.at < wrongBefore).map(({ _id }) => _id);
      if (wrong.length > 0) await collection.deleteMany({ _id: { $in: wrong }, tenantId });
      for (const outcome of told) {
        const before = known.get(keyOf(outcome));
        if (before === undefined) await addOne(tenantId, outcome);
        else if (!isSame(before, outcome)) await putRight(tenantId, before._id, outcome);
      }
    },
    newest: async (tenantId, span, resolvedOf, limit) => {
      const everybody = [...resolvedOf.keys()];
      const total = [...resolvedOf.values()].reduce((sum, count) => sum + count, 0);
      const groups = total <= FEW ? [everybody] : everybody.map((technician) => [technician]);
      const found: TicketOutcome[] = [];
      for (const group of total === 0 ? [] : groups) {
        const cursor = collection.find(lastIn(tenantId, span, group), { projection }).sort({ at: -1, _id: 1 });
        for (const { _id, ...outcome } of await cursor.limit(group.length === 1 ? limit : FEW).toArray())
          found.push({ ...outcome, id: _id });
      }
      return found;
    },
    ensureIndexes: () =>
      ensureIndexes(
        collection,
        [{ fields: { technicianId: 1, at: -1, id: 1 }, partial: { type: 'RESOLVED' } }, { fields: { ticketId: 1 } }],
        [UNCOUNTED_INDEX],
      ),
  };
};
