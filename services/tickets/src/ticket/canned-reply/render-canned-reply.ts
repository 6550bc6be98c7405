import { cut } from '@riparo/shared/text/cut';
import type { Caller } from '@riparo/shared/contracts/caller';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { customerName } from '../../replica/replicas.js';
import { visibleTo } from '../ticket.access.js';
import { readable } from './canned-reply.access.js';
import { fillIn } from './placeholders.js';
import type { CannedReplyDeps } from '../dependencies.js';

interface Body {
  readonly ticketId: string;
}
export const renderCannedReplyBody = Joi.object<Body>({ ticketId: uuid().required() });

/** Characters; the limit of a reply. */
const MAX_LENGTH = 10_000;

/** The text with its placeholders filled in, for a ticket that the caller may see. An unknown value is left empty. */
export const renderFor = async (
  { cannedReplies, tickets, replicas }: CannedReplyDeps,
  caller: Caller,
  cannedReplyId: string,
  ticketId: string,
): Promise<string> => {
  const { tenantId } = caller;
  const { body } = readable(caller, await cannedReplies.in(tenantId).find(cannedReplyId));
  const { ticketNumber, title, customerId, assetId, assignedToUserId } = visibleTo(caller, await tickets.in(tenantId).find(ticketId));
  const [customer, asset, technician, settings] = await Promise.all([
    replicas.customers.find(tenantId, customerId),
    assetId === undefined ? undefined : replicas.assets.find(tenantId, assetId),
    assignedToUserId === undefined ? undefined : replicas.users.find(tenantId, assignedToUserId),
    replicas.settings.find(tenantId, tenantId),
  ]);
  const text = fillIn(body, {
    'customer.name': customer === undefined ? '' : customerName(customer),
    'ticket.number': ticketNumber,
    'ticket.title': title,
    // A ticket without an assignee gets the name of the caller, who answers for the later assignee.
    'technician.name': technician?.name ?? caller.name,
    'asset.name': asset?.friendlyName ?? '',
    'company.name': settings?.companyName ?? '',
  });
  return cut(text, MAX_LENGTH);
};

export const renderCannedReply =
  (deps: CannedReplyDeps) =>
  async ({ caller, params, body }: Call<Body, unknown, { id: string }>): Promise<Reply> =>
    ok({ body: await renderFor(deps, caller, params.id, body.ticketId) });
