import type { Caller } from '@riparo/shared/contracts/caller';
import { compact } from '@riparo/shared/json/compact';
import { otherOf, relationFrom, type Link } from './link.js';
import { isStaffCaller, maySee } from '../../kernel/held.js';
import type { LinkDeps } from '../dependencies.js';

/** Limit of links of a ticket; their list has no pages. */
export const MAX_LINKS = 100;

/** A ticket's links to tickets that the caller may see; other links are left out. */
export const viewLinks = async (
  { tickets, replicas }: Pick<LinkDeps, 'tickets' | 'replicas'>,
  caller: Caller,
  ticketId: string,
  links: readonly Link[],
) => {
  const { tenantId } = caller;
  const ids = links.map((link) => otherOf(link, ticketId));
  const [others, people] = await Promise.all([
    ids.length === 0 ? [] : tickets.in(tenantId).list({ id: { $in: ids } }, { limit: ids.length }),
    replicas.users.findMany(
      tenantId,
      links.map(({ byUserId }) => byUserId),
    ),
  ]);
  return links.flatMap((link) => {
    const other = others.find(({ id }) => id === otherOf(link, ticketId));
    if (other === undefined || !maySee(caller, other)) return [];
    const { id, ticketNumber, title, status, stage } = other;
    return [
      compact({
        relation: relationFrom(link, ticketId),
        ticket: { id, ticketNumber, title, status, stage },
        since: link.since,
        by: isStaffCaller(caller) ? { id: link.byUserId, name: people.get(link.byUserId)?.name ?? '' } : undefined,
      }),
    ];
  });
};
