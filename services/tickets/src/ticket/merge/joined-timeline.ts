import type { TicketName } from '@riparo/shared/contracts/tickets.events';
import type { TenantRepository } from '@riparo/shared/persistence/repository';
import type { Ticket } from '../ticket.js';
import type { Activity } from '../../conversation/timeline.js';

type TenantTickets = TenantRepository<Ticket, 'activities'>;
type Loaded = ReadonlyMap<string, Ticket>;

export interface JoinedTimeline {
  /** In the order in which they happened. */
  readonly activities: readonly Activity[];
  /** What is merged into it now, directly or by way of another. */
  readonly mergedFrom: readonly (TicketName & { readonly title: string })[];
}

const MAX_JOINED = 300;

const loadInto = async (tickets: TenantTickets, loaded: Map<string, Ticket>, ids: readonly string[]): Promise<readonly Ticket[]> => {
  const missing = [...new Set(ids)].filter((id) => !loaded.has(id)).slice(0, Math.max(0, MAX_JOINED - loaded.size));
  const found = (await Promise.all(missing.map((id) => tickets.findWhole(id)))).filter((ticket) => ticket !== undefined);
  for (const ticket of found) loaded.set(ticket.id, ticket);
  return found;
};

/** Whatever was announced as a source, and of those that are one, their sources. */
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

/** Replies that came through a merged ticket lie where its conversation went on at that time. */
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

/** That it was merged into this ticket, and that this was undone, is part of this ticket's story too. */
const tellsOf = (id: string, { metadata }: Activity): boolean => named(metadata?.mergedInto) === id || named(metadata?.unmergedFrom) === id;

const withOrigin = (activity: Activity, { id, ticketNumber }: TicketName): Activity => ({
  ...activity,
  metadata: { ...activity.metadata, fromTicketId: id, fromTicketNumber: ticketNumber },
});

/**
 * A ticket's timeline with everything that came along from tickets merged into it. Nothing is ever copied: an entry
 * belongs to the ticket it was written through, wherever it lies, and is shown where that ticket's conversation goes on.
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
  // Stable: what happened at the same moment stays in the order in which it was written.
  return { activities: [...joined.values()].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime()), mergedFrom };
};
