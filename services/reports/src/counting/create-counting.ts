import type { Document } from 'mongodb';
import type { Platform } from '@riparo/shared/composition/platform';
import { collectionOf } from '@riparo/shared/persistence/collection';
import { createCashSubject } from './cash.subject.js';
import { createCountingStore } from './counting.store.js';
import { createDaysOfZones } from './days.js';
import { createDocumentSubject } from './document.subject.js';
import { createFigures } from './figures.js';
import { createMakeAnew } from './make-anew.js';
import { createPartSubject } from './part.subject.js';
import { createQuoteSubject } from './quote.subject.js';
import { createRepairSubject } from './repair.subject.js';
import { createSheetStore } from './sheet.store.js';
import { NOT_COUNTED } from './marking.js';
import { createTicketSubject } from './ticket.subject.js';
import { createCountAll, createCountSome, createUpToDate, type ZoneOf } from './up-to-date.js';

/** Everything about adding up. */
export const createCounting = ({ connection, clock }: Platform, zoneOf: ZoneOf) => {
  const sheets = createSheetStore(connection);
  const dayOfIn = createDaysOfZones();
  const deps = { sheets, countings: createCountingStore(connection), dayOfIn, clock };
  const subjects = {
    cashSubject: createCashSubject(connection),
    documentSubject: createDocumentSubject(connection),
    partSubject: createPartSubject(connection),
    quoteSubject: createQuoteSubject(connection),
    repairSubject: createRepairSubject(connection),
    ticketSubject: createTicketSubject(connection),
  };
  const tenantsIn = (collection: string, filter: Document): Promise<readonly string[]> =>
    collectionOf(connection, collection).distinct('tenantId', filter) as Promise<string[]>;
  const all = Object.values(subjects);
  const countSome = createCountSome(deps);
  return {
    ...subjects,
    dayOfIn,
    figures: createFigures(sheets, createUpToDate(countSome), deps.countings),
    /** For a rebuild. */
    makeAnew: createMakeAnew(deps, zoneOf, all),
    /** Adds up what was received; for the job. */
    addUp: createCountAll(deps, countSome, zoneOf, all, {
      everybody: () => tenantsIn('users', {}),
      uncounted: async ({ collections }) => (await Promise.all(collections.map((name) => tenantsIn(name, NOT_COUNTED)))).flat(),
    }),
  };
};
