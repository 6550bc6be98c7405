import { collectionOf } from '@riparo/shared/persistence/collection';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Document } from 'mongodb';
import { repairWords } from '../repair/intake/decide-open.js';
import type { RepairDeps } from '../repair/dependencies.js';
import type { RepairState } from '../repair/repair.js';
import type { TicketDeps } from '../ticket/dependencies.js';
import { customerWords, ticketSearchWords } from '../kernel/customer-and-device.js';
import type { TicketState } from '../ticket/ticket.js';
import { numberWords } from '../kernel/search-words.js';

type Stored = Document & { readonly _id: string; readonly tenantId: string; readonly version: number };

interface Worded {
  readonly id: string;
  readonly version: number;
  readonly words: readonly string[];
}

/** The search words of the ticket or repair as it is now; `undefined` when a later change has written its own words. */
type WordsOf<T> = (now: T) => readonly string[] | undefined;

const MAX_LOST_RACES = 5;

const same = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((word, index) => word === right[index]);

/**
 * Writes search words anew, past the repository: nobody has changed the ticket or repair, so version, ETag and
 * `updatedAt` stay. The write succeeds only on the version that was read, so that the words of an edit in between are
 * not lost.
 */
const createRefreshWords =
  <T extends Worded>(
    { connection }: Platform,
    collection: 'tickets' | 'repairs',
    find: (tenantId: string, id: string) => Promise<T | undefined>,
    createWordsOf: (tenantId: string, found: T) => Promise<WordsOf<T>>,
  ) =>
  async (tenantId: string, found: T): Promise<void> => {
    const stored = collectionOf<Stored>(connection, collection);
    const wordsOf = await createWordsOf(tenantId, found);
    let now: T | undefined = found;
    for (let tries = 0; tries < MAX_LOST_RACES && now !== undefined; tries++) {
      const words = wordsOf(now);
      if (words === undefined || same(words, now.words)) return;
      const result = await stored.updateOne({ _id: now.id, tenantId, version: now.version }, { $set: { words } });
      if (result.matchedCount > 0) return;
      now = await find(tenantId, now.id);
    }
  };

/** Renews a ticket's search words after its customer or device was renamed. */
export const createRefreshTicketWords = (platform: Platform, { tickets, replicas }: Pick<TicketDeps, 'tickets' | 'replicas'>) =>
  createRefreshWords<TicketState>(
    platform,
    'tickets',
    (tenantId, id) => tickets.in(tenantId).find(id),
    async (tenantId, { customerId, assetId }) => {
      const [customer, asset] = await Promise.all([
        replicas.customers.find(tenantId, customerId),
        assetId === undefined ? undefined : replicas.assets.find(tenantId, assetId),
      ]);
      return (now) =>
        now.assetId === assetId ? [...numberWords(now.ticketNumber), ...ticketSearchWords(now, customer, asset)] : undefined;
    },
  );

/** Renews a repair's search words after its customer was renamed. The device on a sheet has its own description. */
export const createRefreshRepairWords = (platform: Platform, { repairs, replicas }: Pick<RepairDeps, 'repairs' | 'replicas'>) =>
  createRefreshWords<RepairState>(
    platform,
    'repairs',
    (tenantId, id) => repairs.in(tenantId).find(id),
    async (tenantId, { customerId }) => {
      const customer = await replicas.customers.find(tenantId, customerId);
      return (now) => repairWords(now, customerWords(customer));
    },
  );
