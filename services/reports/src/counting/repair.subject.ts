import type { Connection } from 'mongoose';
import { collectionOf } from '@riparo/shared/persistence/collection';
import type { Repair } from '../replica/repair.js';
import { aftermathNotes, createCameBack, type Aftermath, type Taken } from './came-back.js';
import { createContributing, NOW, type Contributing, type Contribution } from './contribution.js';
import type { DayOf } from './days.js';
import { nameOf } from './figures.js';
import { addLeft } from './left-to-pay.js';
import { notCounted } from './marking.js';
import { COMMENT, marksOf, type Countable, type Subject } from './subject.js';
import { addValue } from './times.js';

type Counted = Taken & Pick<Repair, 'active' | 'assigned' | 'open' | 'openSince'>;

/** Since this way of counting there are sheets of what came back and of what is left to pay. */
export const SINCE_AFTERMATH = 2;

const addOutcome = (contributing: Contributing, { outcome }: Counted, { back, claimedBy }: Aftermath, dayOf: DayOf): void => {
  if (outcome === undefined) return;
  const { add } = contributing;
  const { type, at, technicianId, hours, revenue, cost } = outcome;
  const alike = [technicianId, type, revenue.currency, cost?.currency ?? ''];
  const day = dayOf(at);
  add(day, nameOf('outcomes', ...alike));
  add(day, nameOf('revenue', ...alike), revenue.amount);
  if (cost !== undefined) add(day, nameOf('cost', ...alike), cost.amount);
  addValue(contributing, day, nameOf('hours', technicianId), hours);
  // Somebody may ask for those that came back within 30 days, and a repair that failed in both ways has failed once.
  const isClaimed = claimedBy !== undefined;
  if (isClaimed) add(day, nameOf('claimed', technicianId));
  if (back !== undefined) addValue(contributing, day, nameOf('back', isClaimed ? 'claimed' : 'alone', technicianId), back.days);
};

const contributionOf = (repair: Counted, aftermath: Aftermath, dayOf: DayOf): Contribution => {
  const contributing = createContributing();
  const { add, contribution } = contributing;
  const { status, active, assigned, createdAt } = repair;
  add(dayOf(createdAt), 'received');
  if (active) add(NOW, nameOf('open', status));
  if (active && !assigned) add(NOW, nameOf('unassigned', status));
  addOutcome(contributing, repair, aftermath, dayOf);
  addLeft(contributing, repair, dayOf);
  return contribution;
};

const FIELDS = [
  ...['tenantId', 'uncounted', 'status', 'active', 'assigned', 'createdAt', 'outcome', 'customerId', 'assetId', 'serialKey', 'collectedAt'],
  ...['claimOf', 'open', 'openSince', 'backBy', 'backAt', 'claimedBy'],
];

/**
 * Repairs, by the days on which they were taken in and decided, what lies at the desk now, what is left to pay, and which
 * ones came back. A repair that changes may say something about earlier ones: they are counted with it.
 */
export const createRepairSubject = (connection: Connection): Subject => {
  const repairs = collectionOf<Counted>(connection, 'repairs');
  const cameBack = createCameBack(connection);
  const projection = Object.fromEntries(FIELDS.map((field) => [field, 1]));

  const read = async (tenantId: string, ids: readonly string[], marked: readonly Counted[]): Promise<readonly Countable[]> => {
    if (ids.length === 0) return [];
    const found = await repairs.find({ _id: { $in: ids }, tenantId }, { projection, comment: COMMENT }).toArray();
    const aftermaths = await cameBack.after(tenantId, found);
    const markedOf = new Map(marked.map((repair) => [repair._id, repair]));
    return found.map((repair) => {
      const [mark, aftermath] = [markedOf.get(repair._id), aftermaths.get(repair._id)];
      return {
        id: repair._id,
        // The mark that was there before all this was read.
        marks: mark === undefined ? [] : marksOf('repairs', mark),
        notes: aftermathNotes(repair, aftermath),
        contribution: (dayOf) => contributionOf(repair, aftermath ?? {}, dayOf),
      };
    });
  };

  return {
    name: 'repairs',
    scheme: SINCE_AFTERMATH,
    collections: ['repairs'],
    uncounted: async (tenantId, limit) => {
      const marked = await repairs.find(notCounted(tenantId), { projection, comment: COMMENT }).limit(limit).toArray();
      const before = await cameBack.before(tenantId, marked);
      return read(tenantId, [...new Set([...marked.map(({ _id }) => _id), ...before])], marked);
    },
    page: async (tenantId, after, limit) => {
      const page = await repairs
        .find({ _id: { $gt: after }, tenantId }, { projection: { _id: 1 }, comment: COMMENT })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      // Marks stay: a repair that has changed meanwhile may say something about one on a page before it.
      return read(
        tenantId,
        page.map(({ _id }) => _id),
        [],
      );
    },
  };
};
