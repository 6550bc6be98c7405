import { file, ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { inboundMailNotFound } from './inbound-mail.errors.js';
import type { InboundMails, RawMails } from './inbound-mail.repository.js';
import { inboundMailView } from './inbound-mail.view.js';

interface Deps {
  readonly inboundMails: InboundMails;
  readonly rawMails: RawMails;
}

type OneCall = Call<unknown, unknown, { id: string }>;

export const getInboundMail =
  ({ inboundMails }: Pick<Deps, 'inboundMails'>) =>
  async ({ caller, params }: OneCall): Promise<Reply> => {
    const mail = await inboundMails.in(caller.tenantId).find(params.id);
    if (mail === undefined) throw inboundMailNotFound();
    return ok(inboundMailView(mail));
  };

/** The message byte for byte, for a mail program. Strangers wrote it: no browser shows or runs anything of it. */
export const getRawInboundMail =
  ({ inboundMails, rawMails }: Deps) =>
  async ({ caller, params: { id } }: OneCall): Promise<Reply> => {
    const mail = await inboundMails.in(caller.tenantId).find(id);
    const raw = mail === undefined ? undefined : await rawMails.get(caller.tenantId, id, 'raw');
    if (raw === undefined) throw inboundMailNotFound();
    const reply = file(raw.bytes, 'message/rfc822', `${id}.eml`);
    const guards = { 'X-Content-Type-Options': 'nosniff', 'Content-Security-Policy': "default-src 'none'; sandbox" };
    return { ...reply, headers: { ...reply.headers, ...guards } };
  };
