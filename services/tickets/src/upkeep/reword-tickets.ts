import type { Platform } from '@riparo/shared/runtime/platform';
import type { Collection, Document } from 'mongodb';
import type { TicketDeps } from '../ticket/deps.js';
import { searchWords } from '../ticket/subject.js';
import type { TicketState } from '../ticket/ticket.js';

type Stored = Document & { readonly _id: string; readonly tenantId: string; readonly version: number };

const MAX_LOST_RACES = 5;

const same = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((word, index) => word === right[index]);

/**
 * Writes a ticket's search words anew when its customer or device is called something else. Not through the repository:
 * nobody has changed the ticket, so its version, its ETag and `updatedAt` stay. It is written only as it was read, so that
 * the words of an edit that comes in between are not lost.
 */
export const createRewordTicket = ({ connection }: Platform, { tickets, replicas }: Pick<TicketDeps, 'tickets' | 'replicas'>) => {
  const collection = connection.collection('tickets') as unknown as Collection<Stored>;
  return async (tenantId: string, found: TicketState): Promise<void> => {
    const [customer, asset] = await Promise.all([
      replicas.customers.find(tenantId, found.customerId),
      found.assetId === undefined ? undefined : replicas.assets.find(tenantId, found.assetId),
    ]);
    let ticket: TicketState | undefined = found;
    for (let tries = 0; tries < MAX_LOST_RACES && ticket !== undefined; tries++) {
      // Another device meanwhile: that change has written its own words.
      if (ticket.assetId !== found.assetId) return;
      const words = [ticket.ticketNumber.toLowerCase(), ...searchWords(ticket, customer, asset)];
      if (same(words, ticket.words)) return;
      const result = await collection.updateOne({ _id: ticket.id, tenantId, version: ticket.version }, { $set: { words } });
      if (result.matchedCount > 0) return;
      ticket = await tickets.in(tenantId).find(ticket.id);
    }
  };
};
