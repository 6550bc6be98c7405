import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import type { RetoldTicket } from '@riparo/shared/contracts/retold-tickets';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { published } from '../ticket/ticket.js';
import type { Tickets } from '../ticket/ticket.repository.js';
import { stepsOf } from './steps-of.js';

interface Query {
  readonly tenantId: string;
  /** The last id of the page before. */
  readonly after?: string;
  readonly limit: number;
}

export const retellTicketsInput = {
  query: Joi.object<Query>({
    tenantId: Joi.string().max(64).default(DEFAULT_TENANT),
    after: uuid(),
    limit: Joi.number().integer().min(1).max(200).default(100),
  }),
};

/** Every ticket with what has happened to it, by id, for services that make their copies anew. */
export const retellTickets =
  ({ tickets }: { readonly tickets: Tickets }) =>
  async ({ query: { tenantId, after, limit } }: PublicCall<unknown, Query>): Promise<Reply> => {
    const tenant = tickets.in(tenantId);
    const page = await tenant.list(after === undefined ? {} : { id: { $gt: after } }, { sort: { id: 1 }, limit });
    const retold: RetoldTicket[] = [];
    // One by one: timelines may be long, and nobody waits for a rebuild.
    for (const { id } of page) {
      const whole = await tenant.findWhole(id);
      if (whole !== undefined) retold.push({ ticket: published(whole), version: whole.version, steps: stepsOf(whole.activities) });
    }
    return ok(retold);
  };
