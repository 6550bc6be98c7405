import { created } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { code, oneOf, paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { attachmentIds } from '../../conversation/attachment/attach-files.js';
import type { RepairDeps } from '../../repair/dependencies.js';
import { repairNotFound } from '../../repair/repair.errors.js';
import { replyToRepair } from '../../repair/reply/reply-to-repair.js';
import type { TicketDeps } from '../../ticket/dependencies.js';
import { addNote } from '../../ticket/reply/add-note.js';
import { replyToTicket } from '../../ticket/reply/reply-to-ticket.js';
import { ticketNotFound } from '../../ticket/ticket.errors.js';
import { callerOfSender, senderFields, type Sender } from './mail-sender.js';

const KINDS = ['TICKET', 'REPAIR'] as const;
type Kind = (typeof KINDS)[number];

interface MailReply extends Sender {
  /** By `id`, or by the `number` that people read. */
  readonly subject: { readonly kind: Kind; readonly id?: string; readonly number?: string };
  readonly body: string;
  readonly attachmentIds?: readonly string[];
  /** A note of staff, which customers never see; of tickets only. */
  readonly isInternal: boolean;
}

export const mailReplyBody = Joi.object<MailReply>({
  ...senderFields,
  subject: Joi.object({ kind: oneOf(KINDS).required(), id: uuid(), number: code(40).uppercase() })
    .xor('id', 'number')
    .required(),
  body: paragraph().required(),
  attachmentIds: attachmentIds(),
  isInternal: Joi.boolean().default(false),
});

type Deps = TicketDeps & Pick<RepairDeps, 'repairs'>;

const idOf = async ({ tickets, repairs }: Deps, { tenantId, subject: { kind, id, number = '' } }: MailReply): Promise<string> => {
  if (id !== undefined) return id;
  const found =
    kind === 'TICKET' ? await tickets.in(tenantId).findOne({ ticketNumber: number }) : await repairs.in(tenantId).findOne({ number });
  if (found === undefined) throw kind === 'TICKET' ? ticketNotFound() : repairNotFound();
  return found.id;
};

const permissionOf = ({ subject: { kind }, isInternal }: MailReply) =>
  isInternal ? 'note:tickets' : kind === 'TICKET' ? 'reply:tickets' : 'reply:repairs';

/**
 * `POST /internal/mail-replies`: a mail becomes a reply of whoever sent it, by the very use case of a reply through the API:
 * what the sender may not see is not found, what is closed refuses it.
 */
export const takeMailReply = (deps: Deps) => {
  const toTicket = replyToTicket(deps);
  const [toRepair, toNote] = [replyToRepair(deps), addNote(deps)];
  return async (call: PublicCall<MailReply>): Promise<Reply> => {
    const { body: mail } = call;
    const caller = await callerOfSender(deps, mail, permissionOf(mail));
    const { body, attachmentIds, isInternal, subject } = mail;
    const id = await idOf(deps, mail);
    const words = { body, ...(attachmentIds === undefined ? {} : { attachmentIds }) };
    const asked = { ...call, caller, params: { id } };
    const isTicket = isInternal || subject.kind === 'TICKET';
    if (isInternal) await toNote({ ...asked, body: { ...words, isInternal } });
    else if (isTicket) await toTicket({ ...asked, body: words });
    else await toRepair({ ...asked, body: words });
    return created(`${isTicket ? '/tickets' : '/repairs'}/${id}/activities`, { id });
  };
};
