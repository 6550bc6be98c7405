import type { Connection } from 'mongoose';
import type { Repair } from '../replica/repair.js';
import { createContributing, NOW, type Contribution } from './contribution.js';
import type { DayOf } from './days.js';
import { nameOf } from './figures.js';
import { createSubject, type Subject } from './subject.js';
import { addValue } from './times.js';

type Counted = Pick<Repair, 'status' | 'active' | 'assigned' | 'createdAt' | 'outcome'>;

const contributionOf = ({ status, active, assigned, createdAt, outcome }: Counted, dayOf: DayOf): Contribution => {
  const contributing = createContributing();
  const { add, contribution } = contributing;
  add(dayOf(createdAt), 'received');
  if (active) add(NOW, nameOf('open', status));
  if (active && !assigned) add(NOW, nameOf('unassigned', status));
  if (outcome === undefined) return contribution;
  const { type, at, technicianId, hours, revenue, cost } = outcome;
  const alike = [technicianId, type, revenue.currency, cost?.currency ?? ''];
  const day = dayOf(at);
  add(day, nameOf('outcomes', ...alike));
  add(day, nameOf('revenue', ...alike), revenue.amount);
  if (cost !== undefined) add(day, nameOf('cost', ...alike), cost.amount);
  addValue(contributing, day, nameOf('hours', technicianId), hours);
  return contribution;
};

/** Repairs, by the days on which they were taken in and decided, and what lies at the desk now. */
export const createRepairSubject = (connection: Connection): Subject =>
  createSubject<Counted>(connection, {
    name: 'repairs',
    scheme: 1,
    collection: 'repairs',
    fields: ['status', 'active', 'assigned', 'createdAt', 'outcome'],
    contributionOf,
  });
