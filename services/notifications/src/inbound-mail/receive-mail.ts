import { createHash, timingSafeEqual } from 'node:crypto';
import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { invalidInput, unauthenticated } from '@riparo/shared/errors/common-errors';
import { accepted } from '@riparo/shared/http/reply';
import type { PublicCall, Reply, SignedRule } from '@riparo/shared/http/route';
import { inboundMailNotFound } from './inbound-mail.errors.js';
import { MAX_MAIL_BYTES, type KeepMail } from './keep-mail.js';

/** The header with the token of whoever delivers mails. */
export const TOKEN_HEADER = 'authorization';

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Turns away whoever does not know the token, before a byte of the mail is read; without a token there is no such door. */
export const mailDoor = (token: string | undefined): SignedRule => {
  const expected = sha256(`Bearer ${token ?? ''}`);
  return {
    maxBytes: MAX_MAIL_BYTES,
    admit: (header) => {
      if (token === undefined) throw inboundMailNotFound();
      if (!timingSafeEqual(sha256(header), expected))
        throw unauthenticated('Send the token of the mail door as "Authorization: Bearer <token>".');
    },
  };
};

interface Deps {
  readonly keepMail: KeepMail;
  readonly wakeMails: () => void;
}

/**
 * `POST /inbound-mail`: takes a raw message of a mail server. It is stored before the answer, and gone through after it. A
 * mailbox belongs to the installation, not to a tenant.
 */
export const receiveMail =
  ({ keepMail, wakeMails }: Deps) =>
  async ({ signed }: PublicCall): Promise<Reply> => {
    const bytes = signed?.bytes ?? Buffer.alloc(0);
    if (bytes.length === 0) throw invalidInput([{ path: '', message: 'must be a message (message/rfc822)' }]);
    const { id, status } = await keepMail(DEFAULT_TENANT, bytes);
    wakeMails();
    return accepted({ id, status });
  };
