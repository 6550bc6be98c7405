import type { TicketName } from '@riparo/shared/contracts/tickets.events';
import type { TenantRepository } from '@riparo/shared/persistence/repository';
import type { Ticket } from '../ticket.js';
import type { Activity } from '../../conversation/timeline.js';

type TenantTickets = TenantRepository<Ticket, 'activities'>;
type Loaded = ReadonlyMap<string, Ticket>;

export interface JoinedTimeline {
  /** In the order of their times. */
  readonly activities: readonly Activity[];
  /** Tickets that are merged into this one now, directly or through another one. */
  readonly mergedFrom: readonly (TicketName & { readonly title: string })[];
}

const MAX_JOINED = 300;

const loadInto = async (tickets: TenantTickets, loaded: Map<string, Ticket>, ids: readonly string[]): Promise<readonly Ticket[]> => {
  const missing = [...new Set(ids)].filter((id) => !loaded.has(id)).slice(0, Math.max(0, MAX_JOINED - loaded.size));
  const found = (await Promise.all(missing.map((id) => tickets.findWhole(id)))).filter((ticket) => ticket !== undefined);
  for (const ticket of found) loaded.set(ticket.id, ticket);
  return found;
};

/** The announced sources that are really merged, and their sources in turn. */
const originsOf = async (tickets: TenantTickets, loaded: Map<string, Ticket>, ticket: Ticket): Promise<Loaded> => {
  const origins = new Map([[ticket.id, ticket]]);
  for (let next: readonly Ticket[] = [ticket]; next.length > 0;) {
    const found = await loadInto(
      tickets,
      loaded,
      next.flatMap(({ merge }) => merge?.sources.map(({ ticketId }) => ticketId) ?? []),
    );
    next = found.filter(({ mergedIntoId }) => mergedIntoId !== undefined && origins.has(mergedIntoId));
    for (const source of next) origins.set(source.id, source);
  }
  return origins;
};

/** Replies through a merged ticket are stored in the ticket in which its conversation went on at that time. */
const loadTargets = async (tickets: TenantTickets, loaded: Map<string, Ticket>, origins: Loaded): Promise<void> => {
  for (let next = [...origins.values()]; next.length > 0;)
    next = [
      ...(await loadInto(
        tickets,
        loaded,
        next.flatMap(({ merge }) => merge?.targets ?? []),
      )),
    ];
};

const named = (value: unknown): string | undefined => (value as TicketName | undefined)?.id;

/**
 * True for entries that say that the other ticket was merged into this one, or that this was undone: they belong to
 * this ticket's history too.
 */
const tellsOf = (id: string, { metadata }: Activity): boolean => named(metadata?.mergedInto) === id || named(metadata?.unmergedFrom) === id;

const withOrigin = (activity: Activity, { id, ticketNumber }: TicketName): Activity => ({
  ...activity,
  metadata: { ...activity.metadata, fromTicketId: id, fromTicketNumber: ticketNumber },
});

/**
 * A ticket's timeline with the entries of all tickets merged into it. No entry is ever copied. An entry belongs to the
 * ticket through which it was written, wherever it is stored, and is shown where that ticket's conversation goes on.
 */
export const joinedTimeline = async (tickets: TenantTickets, ticket: Ticket): Promise<JoinedTimeline> => {
  if (ticket.merge === undefined) return { activities: ticket.activities, mergedFrom: [] };
  const loaded = new Map([[ticket.id, ticket]]);
  const origins = await originsOf(tickets, loaded, ticket);
  await loadTargets(tickets, loaded, origins);
  const joined = new Map<string, Activity>();
  for (const home of loaded.values()) {
    for (const activity of home.activities) {
      const originId = (activity.metadata?.fromTicketId as string | undefined) ?? home.id;
      if (originId === ticket.id) joined.set(activity.id, activity);
      else if (origins.has(originId)) joined.set(activity.id, withOrigin(activity, loaded.get(originId) ?? home));
      else if (originId === home.id && tellsOf(ticket.id, activity)) joined.set(activity.id, withOrigin(activity, home));
    }
  }
  const mergedFrom = [...origins.values()]
    .filter(({ id }) => id !== ticket.id)
    .map(({ id, ticketNumber, title }) => ({ id, ticketNumber, title }));
  // The sort is stable: entries of the same moment stay in the order in which they were written.
  return { activities: [...joined.values()].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime()), mergedFrom };
};
