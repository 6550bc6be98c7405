import { hash } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { LRUCache } from 'lru-cache';
import type { Caller } from '../contracts/caller.js';
import { isCustomerRole, ROLES, type Role } from '../contracts/roles.js';
import { unauthenticated } from '../errors/common-errors.js';
import type { DomainError } from '../errors/domain-error.js';
import type { Clock } from '../runtime/clock.js';
import type { KeySource } from './key-source.js';
import type { RevocationList } from './revocations.js';
import { atMost } from '../runtime/at-most.js';

/** Checks an access token's signature, audience, expiry and revocation; throws `unauthenticated` and names the fault. */
export interface TokenVerifier {
  verify(token: string): Promise<Caller>;
}

/** `iss` and `aud` of access tokens. */
export const TOKEN_ISSUER = 'riparo';
export const TOKEN_AUDIENCE = 'riparo-api';

/** The claims of an access token. Auth issues exactly these (RS256, header `kid`); `createTokenVerifier` refuses a token that lacks one. */
export interface AccessClaims {
  /** The user's id. */
  readonly sub: string;
  readonly tenant: string;
  readonly role: Role;
  /** Present for customer roles, absent for all others. */
  readonly customer?: string;
  readonly name: string;
  readonly email: string;
  /** Id of the session. */
  readonly sid: string;
  /** The user's epoch when the token was issued. A higher epoch of the user voids every earlier token of that user. */
  readonly epoch: number;
  /** Tells access tokens from the other tokens of the same key (refresh, approval). */
  readonly typ: 'access';
  readonly iss: string;
  readonly aud: string;
  /** Seconds since 1970. */
  readonly exp: number;
}

export interface TokenVerifierOptions {
  readonly keys: KeySource;
  readonly audience: string;
  readonly issuer: string;
  readonly clock: Clock;
  readonly revocations: RevocationList;
  /** How many verified tokens are remembered; default 10,000. */
  readonly cacheSize?: number;
}

interface Verified {
  readonly caller: Caller;
  readonly epoch: number;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

const expired = (): DomainError => unauthenticated('The access token has expired. Refresh it or sign in again.');

/** Verifies the signature once per token, and expiry and revocation on every request. */
export const createTokenVerifier = (options: TokenVerifierOptions): TokenVerifier => {
  const { clock, revocations, cacheSize = 10_000 } = options;
  const cache = new LRUCache<string, Verified>(atMost(cacheSize));
  return {
    verify: async (token) => {
      // The cache key is a hash of the token: a heap dump must not hold usable tokens.
      const digest = hash('sha256', token, 'base64');
      let verified = cache.get(digest);
      if (verified === undefined) {
        verified = await checkSignature(token, options);
        cache.set(digest, verified);
      }
      if (verified.expiresAt <= clock.now().getTime()) {
        cache.delete(digest);
        throw expired();
      }
      if (revocations.isRevoked({ ...verified.caller, epoch: verified.epoch })) {
        throw unauthenticated('This session has ended. Sign in again.');
      }
      return verified.caller;
    },
  };
};

const notValid = (): DomainError => unauthenticated('The access token is not valid.');

const kidOf = (token: string): string | undefined => {
  try {
    const header = jsonwebtoken.decode(token, { complete: true })?.header;
    return header?.alg === 'RS256' ? header.kid : undefined;
  } catch {
    return undefined; // no JSON in the token: treated like a token without a key
  }
};

const checkSignature = async (token: string, { keys, audience, issuer, clock }: TokenVerifierOptions): Promise<Verified> => {
  const kid = kidOf(token);
  const key = typeof kid === 'string' ? await keys.find(kid) : undefined;
  if (key === undefined) throw notValid();
  const clockTimestamp = Math.floor(clock.now().getTime() / 1000);
  let claims: unknown;
  try {
    claims = jsonwebtoken.verify(token, key, { algorithms: ['RS256'], audience, issuer, clockTimestamp });
  } catch (error) {
    throw error instanceof jsonwebtoken.TokenExpiredError ? expired() : notValid();
  }
  if (!isAccessClaims(claims)) throw unauthenticated('This is not an access token.');
  return { caller: callerOf(claims), epoch: claims.epoch, expiresAt: claims.exp * 1000 };
};

const TEXT_CLAIMS = ['sub', 'tenant', 'name', 'email', 'sid'] as const;

const isAccessClaims = (value: unknown): value is AccessClaims => {
  if (typeof value !== 'object' || value === null) return false;
  const claims = value as Partial<Record<keyof AccessClaims, unknown>>;
  return (
    claims.typ === 'access' &&
    TEXT_CLAIMS.every((name) => typeof claims[name] === 'string' && claims[name] !== '') &&
    Number.isSafeInteger(claims.epoch) &&
    typeof claims.exp === 'number' &&
    ROLES.some((role) => role === claims.role) &&
    isCustomerRole(claims.role as Role) === (typeof claims.customer === 'string' && claims.customer !== '')
  );
};

const callerOf = ({ tenant, sub, role, name, email, customer, sid }: AccessClaims): Caller => ({
  tenantId: tenant,
  userId: sub,
  role,
  name,
  email,
  ...(customer === undefined ? {} : { customerId: customer }),
  sessionId: sid,
});
