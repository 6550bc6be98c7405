import type { Connection } from 'mongoose';
import type { Consumption } from '../replica/consumption.js';
import { createContributing } from './contribution.js';
import { nameOf } from './figures.js';
import { createSubject, type Subject } from './subject.js';

/** Parts that were built in, by day: pieces, what they brought and cost, and what they were called. */
export const createPartSubject = (connection: Connection): Subject =>
  createSubject<Consumption>(connection, {
    name: 'parts',
    scheme: 1,
    collection: 'consumptions',
    fields: ['partId', 'sku', 'name', 'at', 'pieces', 'revenue', 'cost'],
    contributionOf: ({ partId, sku, name, at, pieces, revenue, cost }, dayOf) => {
      const { add, contribution } = createContributing();
      const [day, alike] = [dayOf(at), [partId, revenue.currency] as const];
      add(day, nameOf('pieces', ...alike), pieces);
      add(day, nameOf('revenue', ...alike), revenue.amount);
      add(day, nameOf('cost', ...alike), cost.amount);
      // Last in the name, because a text can have any sign in it.
      add(day, nameOf('called', ...alike, JSON.stringify([sku, name])));
      return contribution;
    },
  });
