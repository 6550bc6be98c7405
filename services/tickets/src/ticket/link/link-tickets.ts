import { TICKET_RELATIONS, type TicketRelation } from '@riparo/shared/contracts/tickets.events';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { created } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { oneOf, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { TicketCall } from '../change-ticket.js';
import { visibleTo } from '../ticket.access.js';
import { linkEvents, newLink, relate, type Link, type NewLink } from './link.js';
import { tooManyLinks } from './link.errors.js';
import { MAX_LINKS, viewLinks } from './link.view.js';
import type { LinkDeps } from '../dependencies.js';
import { linkIdOf } from './link.repository.js';

interface Body {
  readonly ticketId: string;
  readonly relation: TicketRelation;
}

export const linkTicketsBody = Joi.object<Body>({
  ticketId: uuid().required(),
  relation: oneOf(TICKET_RELATIONS).default('RELATES_TO'),
});

const save = async ({ ticketLinks }: Pick<LinkDeps, 'ticketLinks'>, tenantId: string, wanted: NewLink): Promise<Link> => {
  const draft = newLink(wanted);
  const known = await ticketLinks.in(tenantId).update(draft.id, (before) => relate(before, wanted));
  if (known !== undefined) return known;
  const inserted = await ticketLinks.in(tenantId).insert(draft, () => linkEvents(wanted));
  // Another request may have linked the same tickets at this moment, with another relation.
  return (await ticketLinks.in(tenantId).update(inserted.id, (before) => relate(before, wanted))) ?? inserted;
};

/** Links a ticket to another one. Both tickets show the link. A repeated request changes nothing. */
export const linkTickets =
  (deps: LinkDeps) =>
  async ({ caller, params: { id }, body, now }: TicketCall<Body>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    if (id === body.ticketId) throw invalidInput([{ path: 'ticketId', message: 'must be another ticket' }]);
    const tickets = deps.tickets.in(tenantId);
    const [ticket, other] = [visibleTo(caller, await tickets.find(id)), visibleTo(caller, await tickets.find(body.ticketId))];
    for (const each of [ticket, other]) {
      if ((await deps.ticketLinks.in(tenantId).count({ ticketIds: each.id, linked: true })) >= MAX_LINKS) throw tooManyLinks(MAX_LINKS);
    }
    const name = (of: typeof ticket) => ({ id: of.id, ticketNumber: of.ticketNumber });
    const link = await save(deps, tenantId, {
      id: linkIdOf(ticket.id, other.id),
      ticket: name(ticket),
      other: name(other),
      relation: body.relation,
      byUserId: userId,
      at: now,
    });
    const [view] = await viewLinks(deps, caller, id, [link]);
    return created(`/tickets/${id}/links`, view);
  };
