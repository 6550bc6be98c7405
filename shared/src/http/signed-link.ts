import { createSecretKey, hkdfSync } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { linkInvalid } from '../errors/common-errors.js';
import { systemClock, type Clock } from '../runtime/clock.js';

/** What a link allows to whoever opens it, without a login. */
export interface LinkGrant {
  readonly tenantId: string;
  /** Id of the one thing that the link is about, such as a ticket. */
  readonly subjectId: string;
  /** A value that must still be the same when the link is used, such as the start of the appointment; the use case compares it. */
  readonly state?: string;
}

/**
 * Links in mails that work without a login. A link is signed, not stored: every service of an installation can make and
 * check it, so no event, database or log carries one. When a link may be used once only, the subject remembers the use:
 * a ticket knows that it has been rated.
 */
export interface SignedLinks {
  /** A token of letters, digits, `-`, `_` and `.` for one purpose, such as `rating`. */
  sign(purpose: string, grant: LinkGrant, expiresAt: Date): string;
  /** Returns what the token allows; throws `LINK_NOT_VALID` when the token is for another purpose, is forged or has expired. */
  verify(purpose: string, token: string): LinkGrant;
}

export interface SignedLinkOptions {
  /** `INTERNAL_SECRET`. The key of links is derived from it, so that no link passes for a service token. */
  readonly secret: string;
  readonly clock?: Clock;
}

const audienceOf = (purpose: string): string => `link:${purpose}`;
const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);

export const createSignedLinks = ({ secret, clock = systemClock }: SignedLinkOptions): SignedLinks => {
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'riparo signed links', 32)));
  return {
    sign: (purpose, { tenantId, subjectId, state }, expiresAt) =>
      jsonwebtoken.sign(
        { aud: audienceOf(purpose), sub: subjectId, tid: tenantId, ...(state === undefined ? {} : { state }), exp: secondsOf(expiresAt) },
        key,
        { algorithm: 'HS256', noTimestamp: true },
      ),
    verify: (purpose, token) => {
      try {
        const options = { algorithms: ['HS256' as const], audience: audienceOf(purpose), clockTimestamp: secondsOf(clock.now()) };
        const claims = jsonwebtoken.verify(token, key, options);
        if (typeof claims === 'object' && typeof claims.sub === 'string' && typeof claims.tid === 'string')
          return { tenantId: claims.tid, subjectId: claims.sub, ...(typeof claims.state === 'string' ? { state: claims.state } : {}) };
      } catch (error) {
        if (!(error instanceof jsonwebtoken.JsonWebTokenError)) throw error;
      }
      throw linkInvalid();
    },
  };
};
