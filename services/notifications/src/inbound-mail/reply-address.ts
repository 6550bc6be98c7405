import { createHash, timingSafeEqual } from 'node:crypto';
import { REPLY_ADDRESS } from '@riparo/shared/contracts/links';
import type { SignedLinks } from '@riparo/shared/http/signed-link';
import type { MailSubject } from './inbound-mail.js';

/** A reply is welcome for as long as the ticket takes one; whether it does is for the ticket to say. */
const NO_END = new Date('9999-01-01T00:00:00Z');
/** 80 bits: nobody guesses them, and the local part of an address has 64 characters. */
const SIGNATURE_LENGTH = 16;
const LETTERS = { TICKET: 't', REPAIR: 'r' } as const;

/** Where replies go to, for one subject and one reader. */
export interface ReplyAddresses {
  /** `undefined` when no mail is read. */
  of(tenantId: string, subject: { readonly kind: MailSubject['kind']; readonly id: string }, recipient: string): string | undefined;
  /** The subject that an address names, and whether it was made for this very recipient. */
  read(tenantId: string, address: string, recipient: string): { readonly subject: MailSubject; readonly isSigned: boolean } | undefined;
}

/** Ids in 25 letters and digits: addresses do not keep upper and lower case apart. */
const shortId = (id: string): string =>
  BigInt(`0x${id.replaceAll('-', '')}`)
    .toString(36)
    .padStart(25, '0');

const longId = (short: string): string | undefined => {
  const value = Array.from(short).reduce((sum, digit) => sum * 36n + BigInt(parseInt(digit, 36)), 0n);
  const hex = value.toString(16).padStart(32, '0');
  return hex.length === 32 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : undefined;
};

const PLUS = /\+([tr])\.([0-9a-z]{25})\.([0-9a-z]{16})@/;

/**
 * The signature is taken from a signed link, so it hangs on the installation's secret, on the tenant, on the subject and on the
 * recipient: an address that was sent to one person is another person's address for nobody.
 */
export const createReplyAddresses = (links: SignedLinks, inbox: string | undefined): ReplyAddresses => {
  const sign = (tenantId: string, kind: MailSubject['kind'], id: string, recipient: string): string => {
    const token = links.sign(REPLY_ADDRESS, { tenantId, subjectId: `${kind}:${id}`, state: recipient.toLowerCase() }, NO_END);
    const digest = createHash('sha256').update(token).digest('hex');
    return BigInt(`0x${digest}`).toString(36).padStart(50, '0').slice(-SIGNATURE_LENGTH);
  };
  return {
    of: (tenantId, { kind, id }, recipient) => {
      if (inbox === undefined) return undefined;
      const [local, domain] = inbox.split('@');
      return `${local}+${LETTERS[kind]}.${shortId(id)}.${sign(tenantId, kind, id, recipient)}@${domain}`;
    },
    read: (tenantId, address, recipient) => {
      const [, letter, short = '', signature = ''] = PLUS.exec(address.toLowerCase()) ?? [];
      const id = letter === undefined ? undefined : longId(short);
      if (id === undefined) return undefined;
      const kind = letter === 't' ? 'TICKET' : 'REPAIR';
      return { subject: { kind, id }, isSigned: timingSafeEqual(Buffer.from(signature), Buffer.from(sign(tenantId, kind, id, recipient))) };
    },
  };
};
