import type { TicketEventV1 } from '@riparo/shared/contracts/tickets.events';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import Joi from 'joi';
import type { Replicas } from '../../replica/replicas.js';
import { isStaffCaller, readable, visibleTicket } from '../knowledge.access.js';
import { knowledgeNotPublished, knowledgeRetired } from '../knowledge.errors.js';
import type { KnowledgeCases } from '../knowledge.repository.js';
import type { Uses } from './uses.js';

interface Deps extends Pick<Replicas, 'tickets' | 'users'> {
  readonly knowledgeCases: KnowledgeCases;
  readonly uses: Uses;
}

export interface UsefulBody {
  readonly ticketId?: string;
}
export const usefulBody = Joi.object<UsefulBody>({ ticketId: uuid() });

/**
 * "This helped", once for each person and ticket. A customer who says so before there is a ticket needs none: that counts as
 * deflected at once; with a ticket it does when the customer closes it.
 */
export const markUseful =
  ({ knowledgeCases, uses, tickets }: Deps) =>
  async ({ caller, params, body, now }: Call<UsefulBody, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const found = readable(caller, await knowledgeCases.in(tenantId).find(params.id));
    if (body.ticketId !== undefined) visibleTicket(caller, await tickets.in(tenantId).find(body.ticketId));
    if (found.status === 'RETIRED') throw knowledgeRetired(found);
    if (found.status === 'DRAFT') throw knowledgeNotPublished();
    const byCustomer = !isStaffCaller(caller);
    const { ticketId } = body;
    const of = ticketId === undefined ? {} : { ticketId };
    await uses.add(tenantId, { caseId: found.id, userId, ...of, byCustomer, deflected: byCustomer && ticketId === undefined, at: now });
    return ok({ id: found.id, usefulCount: await uses.recount(tenantId, found) });
  };

/** A customer closed a ticket of theirs: what they said helped with it counts as deflected. */
export const onTicketClosed =
  ({ knowledgeCases, uses, users }: Deps): EventHandler<TicketEventV1> =>
  async ({ tenantid, data: { ticket, actorUserId } }) => {
    if (ticket.status !== 'CLOSED' || ticket.mergedIntoId !== undefined || actorUserId === undefined) return;
    const actor = await users.in(tenantid).find(actorUserId);
    if (actor?.customerId !== ticket.customerId) return;
    const cases = knowledgeCases.in(tenantid);
    for (const id of await uses.deflect(tenantid, ticket.id)) {
      let found = await cases.find(id);
      while (found?.mergedIntoId !== undefined) found = await cases.find(found.mergedIntoId);
      if (found !== undefined) await uses.recount(tenantid, found);
    }
  };
