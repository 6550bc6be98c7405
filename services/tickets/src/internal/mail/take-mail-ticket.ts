import type { Caller } from '@riparo/shared/contracts/caller';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { line, paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { createTicketOf } from '../../assignment/open-ticket.js';
import type { AssignmentDeps } from '../../assignment/dependencies.js';
import { attachmentIds } from '../../conversation/attachment/attach-files.js';
import { callerOfSender, senderFields, type Sender } from './mail-sender.js';

interface MailTicket extends Sender {
  readonly title: string;
  readonly description: string;
  /** Whom staff open it for; a customer's own mail is always for their own customer. */
  readonly customerId?: string;
  readonly attachmentIds?: readonly string[];
}

export const mailTicketBody = Joi.object<MailTicket>({
  ...senderFields,
  title: line(200).required(),
  description: paragraph().required(),
  customerId: uuid(),
  attachmentIds: attachmentIds(),
});

/** `POST /internal/mail-tickets`: a mail opens a ticket of whoever sent it. What it is about, nobody has said yet: OTHER. */
export const takeMailTicket = (deps: AssignmentDeps) => {
  const create = createTicketOf(deps);
  return async (call: PublicCall<MailTicket>): Promise<Reply> => {
    const caller: Caller = await callerOfSender(deps, call.body, 'write:tickets');
    const { title, description, customerId, attachmentIds } = call.body;
    const body = { title, description, customerId, attachmentIds, category: 'OTHER', priority: 'MEDIUM', source: 'EMAIL' } as const;
    return create({ ...call, caller, body });
  };
};
