import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import type { WorkDeps } from '../appointment/work.js';

interface Query {
  readonly tenantId: string;
}

export const countOpenWorkInput = { query: Joi.object<Query>({ tenantId: Joi.string().max(64).default(DEFAULT_TENANT) }) };

/** Counts a customer's open tickets and repairs. Auth asks before it closes a customer. */
export const countOpenWork =
  ({ tickets, repairs }: WorkDeps) =>
  async ({ params: { customerId }, query: { tenantId } }: PublicCall<unknown, Query, { customerId: string }>): Promise<Reply> => {
    const open = { customerId, active: true };
    const [openTickets, openRepairs] = await Promise.all([tickets.in(tenantId).count(open), repairs.in(tenantId).count(open)]);
    return ok({ tickets: openTickets, repairs: openRepairs });
  };
