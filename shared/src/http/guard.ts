import type { Request } from 'express';
import type { Caller } from '../contracts/caller.js';
import { roleMay, type Permission } from '../contracts/permissions.js';
import { forbidden, unauthenticated } from '../errors/common-errors.js';
import type { Access } from './route.js';
import type { TokenVerifier } from './authenticate.js';
import { givenCookies, type PageCookies } from './page-session.js';
import type { ServiceTokens } from './service-token.js';

/** Checks a request against a route's access and resolves to the caller; `undefined` on public and internal routes. */
export type Guard = (request: Request) => Promise<Caller | undefined>;

export interface GuardOptions {
  readonly verifier: TokenVerifier;
  readonly serviceTokens: ServiceTokens;
}

const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i;
/** Characters. No token of Riparo has nearly as many; hashing a longer one would waste time. */
const MAX_TOKEN = 8_192;

/** The token of the `Authorization` header; 401 without one. */
export const bearerToken = (request: Request): string => {
  const header = request.headers.authorization;
  const token = header === undefined || header.length > MAX_TOKEN ? undefined : BEARER.exec(header)?.[1];
  if (token === undefined) throw unauthenticated();
  return token;
};

/** The token in the cookie of a page that is signed in to; 401 without one. The `Authorization` header does not count there. */
export const cookieToken =
  (cookies: PageCookies) =>
  ({ headers }: Request): string => {
    const { session } = givenCookies(headers.cookie, cookies);
    if (session === undefined) throw unauthenticated();
    return session;
  };

const permissionsOf = (access: Access): readonly Permission[] => {
  if (access === 'signed-in' || access === 'public' || access === 'internal') return [];
  return typeof access === 'string' ? [access] : access;
};

/**
 * Answers 401 first, then 403, before anything else of the request is read. `tokenOf` tells where a person's access token is:
 * in a cookie for pages that are signed in to, in the header for everything else.
 */
export const createGuard = (access: Access, { verifier, serviceTokens }: GuardOptions, tokenOf = bearerToken): Guard => {
  if (access === 'public') return () => Promise.resolve(undefined);
  if (access === 'internal') {
    return (request) => {
      serviceTokens.verify(bearerToken(request));
      return Promise.resolve(undefined);
    };
  }
  const permissions = permissionsOf(access);
  return async (request) => {
    const caller = await verifier.verify(tokenOf(request));
    if (permissions.length === 0 || permissions.some((permission) => roleMay(caller.role, permission))) return caller;
    throw forbidden(`Your role ${caller.role} lacks the permission ${permissions.map((permission) => `"${permission}"`).join(' or ')}.`);
  };
};
