import { createHash, timingSafeEqual } from 'node:crypto';
import type { Draft, Entity } from '@riparo/shared/persistence/repository';
import { HOUR_MS } from '@riparo/shared/time/units';
import Joi from 'joi';
import type { UserState } from '../user/user.js';

export const LINK_PURPOSES = ['RESET_PASSWORD', 'VERIFY_EMAIL', 'ACCEPT_INVITATION'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/**
 * A link that was mailed to somebody. It is never marked as used: what it is for ends its validity in the very write
 * that uses it (a new password raises the epoch, an accepted invitation is no longer open), so that of two uses at once
 * only one can succeed. A verified e-mail is verified, however often its link is opened.
 */
export interface Link extends Entity {
  readonly userId: string;
  readonly purpose: LinkPurpose;
  /** The user's epoch when it was made. */
  readonly epoch: number;
  readonly secretHash: string;
  readonly expiresAt: Date;
}

const LIFETIME_MS: Readonly<Record<LinkPurpose, number>> = {
  RESET_PASSWORD: HOUR_MS,
  VERIFY_EMAIL: 3 * 24 * HOUR_MS,
  ACCEPT_INVITATION: 7 * 24 * HOUR_MS,
};

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

const ID_BYTES = 16;
export const SECRET_BYTES = 24;

/** The token goes into the mail and nowhere else; `secret` has `SECRET_BYTES` random bytes. */
export const newLink = (
  id: string,
  secret: Buffer,
  user: UserState,
  purpose: LinkPurpose,
  now: Date,
): { readonly draft: Draft<Link>; readonly token: string } => ({
  draft: {
    id,
    userId: user.id,
    purpose,
    epoch: user.epoch,
    secretHash: sha256(secret).toString('base64url'),
    expiresAt: new Date(now.getTime() + LIFETIME_MS[purpose]),
  },
  token: Buffer.concat([Buffer.from(id.replaceAll('-', ''), 'hex'), secret]).toString('base64url'),
});

/** The token of a mailed link, as the page it leads to sends it on. */
export const linkToken = (): Joi.StringSchema => Joi.string().max(512).required();

export interface PresentedLink {
  readonly id: string;
  readonly secret: Buffer;
}

export const parseLinkToken = (token: string): PresentedLink | undefined => {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== ID_BYTES + SECRET_BYTES) return undefined;
  const id = bytes
    .subarray(0, ID_BYTES)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { id, secret: bytes.subarray(ID_BYTES) };
};

export const opens = (link: Link, { secret }: PresentedLink, purpose: LinkPurpose, now: Date): boolean =>
  link.purpose === purpose && link.expiresAt > now && timingSafeEqual(Buffer.from(link.secretHash, 'base64url'), sha256(secret));
