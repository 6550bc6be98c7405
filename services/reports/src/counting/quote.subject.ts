import type { Connection } from 'mongoose';
import { isDecided, type QuoteVersion } from '../replica/quote-version.js';
import { createContributing } from './contribution.js';
import { nameOf } from './figures.js';
import { createSubject, type Subject } from './subject.js';
import { addValue } from './times.js';

/** Versions of quotes, by the day on which they were sent: what has become of them, and what acceptances added. */
export const createQuoteSubject = (connection: Connection): Subject =>
  createSubject<QuoteVersion>(connection, {
    name: 'quotes',
    scheme: 1,
    collection: 'quote_versions',
    fields: ['status', 'sentAt', 'currency', 'hours', 'added'],
    contributionOf: ({ status, sentAt, currency, hours, added }, dayOf) => {
      const contributing = createContributing();
      const day = dayOf(sentAt);
      contributing.add(day, nameOf('versions', status, currency));
      if (status === 'ACCEPTED' && added !== undefined) contributing.add(day, nameOf('added', currency), added);
      if (isDecided(status) && hours !== undefined) addValue(contributing, day, 'hours', hours);
      return contributing.contribution;
    },
  });
