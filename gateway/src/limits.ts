import { isDomainError } from '@riparo/shared/errors/domain-error';
import { createTokenVerifier, TOKEN_AUDIENCE, TOKEN_ISSUER, type TokenVerifier } from '@riparo/shared/http/authenticate';
import type { KeySource } from '@riparo/shared/http/key-source';
import { createRateLimit, RATE_LIMITED } from '@riparo/shared/http/rate-limit';
import type { LimitClass } from '@riparo/shared/http/reference/limit-class';
import { createRevocationList } from '@riparo/shared/http/revocations';
import { systemClock, type Clock } from '@riparo/shared/runtime/clock';
import type { Request, RequestHandler } from 'express';

/** People behind one address (an office, a school, a phone network) share its limit, so it is ten times the limit of a session. */
const ADDRESS_FACTOR = 10;

const limitClass = (name: string, requests: string): LimitClass => ({
  name,
  code: RATE_LIMITED,
  about: `${requests}, each minute. The header \`RateLimit-Policy\` tells how many.`,
});
/** Under the names that they have in `RateLimit-Policy`. */
const LIMITS = {
  address: limitClass('address', 'Requests with a token from one network address'),
  token: limitClass('token', 'Requests of one session'),
  anonymous: limitClass('anonymous', 'Requests without a token of Riparo from one network address'),
};

/** The limits that an operation is held to when it is asked for as it is meant to be. */
export const limitsOf = (needsToken: boolean): readonly LimitClass[] => (needsToken ? [LIMITS.token, LIMITS.address] : [LIMITS.anonymous]);

const BEARER = 'Bearer ';

const bearerOf = ({ headers }: Request): string | undefined =>
  headers.authorization?.startsWith(BEARER) === true ? headers.authorization.slice(BEARER.length) : undefined;

/** The gateway hears of no ended sessions: such a token is counted like any other, and its service refuses it. */
const createVerifier = (keys: KeySource, clock: Clock): TokenVerifier =>
  createTokenVerifier({ keys, clock, audience: TOKEN_AUDIENCE, issuer: TOKEN_ISSUER, revocations: createRevocationList(clock) });

/** The session of a token that auth has signed, with its tenant: sessions of two tenants never count together. */
const sessionOf = async (token: string, verifier: TokenVerifier): Promise<string | undefined> => {
  try {
    const { tenantId, sessionId } = await verifier.verify(token);
    return `${tenantId} ${sessionId}`;
  } catch (error) {
    // Also 503, before auth's keys are known: nobody can tell then whether the token is invented.
    if (isDomainError(error)) return undefined;
    throw error;
  }
};

/**
 * Limits requests per minute. A request with a token that auth has signed counts for its session, any other for
 * its address, so that an invented token gains nothing. Requests with tokens count for their address too, before a
 * signature is checked. With 600 per minute, one session may make 600 requests and all sessions of one address together
 * 6,000; an address without a signed token may make 600.
 */
export const createLimits = (perMinute: number, keys: KeySource, clock: Clock = systemClock): readonly RequestHandler[] => {
  if (perMinute === 0) return [];
  const verifier = createVerifier(keys, clock);
  const sessions = new WeakMap<Request, string>();
  const checkToken: RequestHandler = async (request, _response, next) => {
    const token = bearerOf(request);
    const session = token === undefined ? undefined : await sessionOf(token, verifier);
    if (session !== undefined) sessions.set(request, session);
    next();
  };
  return [
    createRateLimit({ name: LIMITS.address.name, limit: perMinute * ADDRESS_FACTOR, skip: (request) => bearerOf(request) === undefined }),
    checkToken,
    createRateLimit({
      name: LIMITS.token.name,
      limit: perMinute,
      keyOf: (request) => sessions.get(request) ?? '',
      skip: (request) => !sessions.has(request),
    }),
    createRateLimit({ name: LIMITS.anonymous.name, limit: perMinute, skip: (request) => sessions.has(request) }),
  ];
};
