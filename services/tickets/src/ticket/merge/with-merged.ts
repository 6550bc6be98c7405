import type { Tickets } from '../ticket.repository.js';
import type { TicketState } from '../ticket.js';

const MAX_TICKETS = 200;

type Merging = Pick<TicketState, 'id' | 'merge' | 'mergedIntoId'>;

/** The ticket and all tickets merged into it, directly or through others: their appointments are about the same work. */
export const withMerged = async (tickets: Tickets, tenantId: string, ticket: Merging): Promise<readonly string[]> => {
  const found = new Set([ticket.id]);
  for (let next: readonly Merging[] = [ticket]; next.length > 0 && found.size < MAX_TICKETS;) {
    const announced = next.flatMap(({ merge }) => merge?.sources.map(({ ticketId }) => ticketId) ?? []);
    const sources = await Promise.all(announced.filter((id) => !found.has(id)).map((id) => tickets.in(tenantId).find(id)));
    next = sources.filter((source) => source?.mergedIntoId !== undefined && found.has(source.mergedIntoId)) as readonly Merging[];
    for (const { id } of next) found.add(id);
  }
  return [...found];
};
