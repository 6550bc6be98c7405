import type { Caller } from '@riparo/shared/contracts/caller';
import { isStaff } from '@riparo/shared/contracts/roles';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { line, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { notFound } from '@riparo/shared/errors/common-errors';
import { handOverReply, handOverTicket, type As, type HandedOver } from './hand-over.js';
import { letGo, concludeByHand, takeInHand, type InboundMail } from './inbound-mail.js';
import { customerNeeded, inboundMailNotFound, inboundMailRefused } from './inbound-mail.errors.js';
import { inboundMailView } from './inbound-mail.view.js';
import type { ProcessDeps } from './process-mail.js';
import { readMail, type ReadMail } from './read-mail.js';
import { userOf } from './route-mail.js';
import { visibleText } from './visible-text.js';

type Deps = Pick<ProcessDeps, 'inboundMails' | 'rawMails' | 'tickets' | 'users' | 'clock'>;
type ById<Body> = Call<Body, unknown, { id: string }>;

export interface Attach {
  readonly ticketId: string;
}
export const attachInboundMailBody = Joi.object<Attach>({ ticketId: uuid().required() });

export interface OpenFrom {
  /** For whom, where the sender is nobody's user. */
  readonly customerId?: string;
  readonly title?: string;
}
export const openTicketBody = Joi.object<OpenFrom>({ customerId: uuid(), title: line(200) });

/** The sender as a customer's user. Mails of staff are the doing of whoever settles them. */
const customerUser = async (deps: Deps, tenantId: string, { fromAddress }: ReadMail) => {
  const user = fromAddress === undefined ? undefined : await userOf(deps, tenantId, fromAddress);
  return user === undefined || isStaff(user.role) ? undefined : user;
};

/** What was not taken is refused to the member of staff, with the code that the tickets service gave. */
const orThrow = (handed: HandedOver, missing: 'ticket' | 'customer'): HandedOver => {
  const { status, reason = '' } = handed.outcome;
  if (status === 'QUARANTINED') throw notFound(missing);
  if (status === 'REFUSED') throw inboundMailRefused(reason);
  return handed;
};

const headed = ({ fromAddress = '—', fromName, subject }: ReadMail, text: string): string =>
  `${fromName === undefined ? fromAddress : `${fromName} <${fromAddress}>`}: ${subject}\n\n${text}`;

type HandOver = (read: ReadMail, mail: InboundMail, caller: Caller) => Promise<HandedOver>;

/** Takes the mail in hand, hands it over, and writes down what became of it. */
const handleWith = async (
  deps: Deps,
  missing: 'ticket' | 'customer',
  { caller, params: { id }, now }: ById<unknown>,
  handOver: HandOver,
): Promise<Reply> => {
  const mails = deps.inboundMails.in(caller.tenantId);
  const mail = await mails.update(id, (before) => takeInHand(before, caller.userId, now));
  if (mail === undefined) throw inboundMailNotFound();
  const raw = await deps.rawMails.get(caller.tenantId, id, 'raw');
  const read = await readMail(raw?.bytes ?? Buffer.alloc(0));
  const handed = await handOver(read, mail, caller)
    .then((each) => orThrow(each, missing))
    .catch(async (error: unknown) => {
      await mails.update(id, (before) => letGo(before, caller.userId));
      throw error;
    });
  const after = await mails.update(id, (before) => concludeByHand(before, handed, caller.userId, now));
  if (after === undefined) throw inboundMailNotFound();
  return ok(inboundMailView(after));
};

/**
 * `POST /inbound-mail/:id/attach`: the mail becomes a reply of its sender where the sender may see the ticket. Else it becomes an
 * internal note of whoever attaches it: what a stranger wrote is not shown to the customer. The key names that person, since a
 * colleague who tries after a refusal asks for another note.
 */
export const attachInboundMail =
  (deps: Deps) =>
  (call: ById<Attach>): Promise<Reply> =>
    handleWith(deps, 'ticket', call, async (read, { id }, { tenantId, userId }) => {
      const about = { kind: 'TICKET' as const, id: call.body.ticketId };
      const text = visibleText(read.text);
      const key = `mail:${id}:${about.id}`;
      const sender = await customerUser(deps, tenantId, read);
      if (sender !== undefined) {
        const as: As = { tenantId, userId: sender.id, locale: sender.locale };
        const handed = await handOverReply(deps.tickets, as, about, read, { text }, key);
        if (handed.outcome.status !== 'QUARANTINED') return handed;
      }
      return handOverReply(
        deps.tickets,
        { tenantId, userId },
        about,
        read,
        { text: headed(read, text), isInternal: true },
        `${key}:note:${userId}`,
      );
    });

/** `POST /inbound-mail/:id/open-ticket`: in the name of the sender, or for the customer that the member of staff names. */
export const openTicketFromMail =
  (deps: Deps) =>
  (call: ById<OpenFrom>): Promise<Reply> =>
    handleWith(deps, 'customer', call, async (read, { id }, { tenantId, userId }) => {
      const { customerId, title = read.subject } = call.body;
      const text = visibleText(read.text);
      const sender = await customerUser(deps, tenantId, read);
      if (sender !== undefined && (customerId === undefined || customerId === sender.customerId)) {
        const as: As = { tenantId, userId: sender.id, locale: sender.locale };
        return handOverTicket(deps.tickets, as, read, { text, title }, `mail:${id}:ticket`);
      }
      if (customerId === undefined) throw customerNeeded();
      const words = { text: headed(read, text), title, customerId };
      return handOverTicket(deps.tickets, { tenantId, userId }, read, words, `mail:${id}:ticket:${customerId}:${userId}`);
    });

/** `POST /inbound-mail/:id/discard`: nothing becomes of it. It stays readable. */
export const discardInboundMail =
  ({ inboundMails }: Pick<Deps, 'inboundMails'>) =>
  async ({ caller, params: { id }, now }: ById<unknown>): Promise<Reply> => {
    const after = await inboundMails.in(caller.tenantId).update(id, (before) => {
      if (before.status === 'DISCARDED') return { state: before };
      return concludeByHand(before, { outcome: { status: 'DISCARDED' } }, caller.userId, now);
    });
    if (after === undefined) throw inboundMailNotFound();
    return ok(inboundMailView(after));
  };
