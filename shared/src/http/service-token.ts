import { createSecretKey } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { unauthenticated } from '../errors/common-errors.js';
import { systemClock, type Clock } from '../runtime/clock.js';

/** Proves one Riparo service to another one. */
export interface ServiceTokens {
  /** A token of this service, valid for a minute. */
  mint(): string;
  /** Returns the calling service's name; throws `unauthenticated`. */
  verify(token: string): string;
}

export interface ServiceTokenOptions {
  /** `INTERNAL_SECRET`, the same for every service of an installation; at least 32 characters. */
  readonly secret: string;
  /** This service's name. */
  readonly service: string;
  readonly clock?: Clock;
}

const AUDIENCE = 'internal';
const LIFETIME_S = 60;

/** HS256 tokens for the audience `internal`. No user's token has that audience, and no route for users takes HS256. */
export const createServiceTokens = ({ secret, service, clock = systemClock }: ServiceTokenOptions): ServiceTokens => {
  const key = createSecretKey(Buffer.from(secret, 'utf8'));
  const seconds = (): number => Math.floor(clock.now().getTime() / 1000);
  let current: { readonly token: string; readonly renewAt: number } | undefined;
  return {
    mint: () => {
      const now = seconds();
      if (current === undefined || now >= current.renewAt) {
        const claims = { iss: service, aud: AUDIENCE, iat: now, exp: now + LIFETIME_S };
        current = { token: jsonwebtoken.sign(claims, key, { algorithm: 'HS256' }), renewAt: now + LIFETIME_S / 2 };
      }
      return current.token;
    },
    verify: (token) => {
      try {
        const claims = jsonwebtoken.verify(token, key, {
          algorithms: ['HS256'],
          audience: AUDIENCE,
          clockTimestamp: seconds(),
          clockTolerance: 10,
        });
        if (typeof claims === 'object' && typeof claims.iss === 'string' && claims.exp !== undefined) return claims.iss;
      } catch (error) {
        if (!(error instanceof jsonwebtoken.JsonWebTokenError)) throw error;
      }
      throw unauthenticated('This path is for Riparo services only.');
    },
  };
};
