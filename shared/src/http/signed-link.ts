import { createSecretKey, hkdfSync } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { linkInvalid } from '../errors/common-errors.js';
import { systemClock, type Clock } from '../runtime/clock.js';

/** What a link lets whoever holds it do, without signing in. */
export interface LinkGrant {
  readonly tenantId: string;
  /** The one thing it is about, such as a ticket's id. */
  readonly subjectId: string;
  /** What must still hold when it is used, such as the start of the appointment it confirms; the use case compares it. */
  readonly state?: string;
}

/**
 * Links that go into mails and work without login. They are signed, not stored: every service of an installation can make
 * and check them, so no event, database or log has to carry one. What may be done once only, the subject itself remembers.
 */
export interface SignedLinks {
  /** A token of letters, digits, `-`, `_` and `.` for one purpose, such as `rating`. */
  sign(purpose: string, grant: LinkGrant, expiresAt: Date): string;
  /** What the token grants; throws `LINK_NOT_VALID` when it is not one for this purpose or has expired. */
  verify(purpose: string, token: string): LinkGrant;
}

export interface SignedLinkOptions {
  /** `INTERNAL_SECRET`; the links' own key is derived from it, so that no link can pass for a service token. */
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
