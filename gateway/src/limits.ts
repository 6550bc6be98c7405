import { createRateLimit } from '@riparo/shared/http/rate-limit';
import type { Request, RequestHandler } from 'express';

/** People behind one address (an office, a school, a phone network) share its limit, so it is ten times the limit of a token. */
const ADDRESS_FACTOR = 10;
const SIGNATURE_LENGTH = 43;

const bearerOf = ({ headers }: Request): string | undefined =>
  headers.authorization?.startsWith('Bearer ') === true ? headers.authorization.slice(-SIGNATURE_LENGTH) : undefined;

/**
 * Limits requests per minute. A request with a token counts for the token, any other for its address. The gateway does
 * not verify tokens, so requests with tokens count for their address too: a new invented token per request gains
 * nothing. With 600 per minute, one token may make 600 requests and all tokens of one address together 6,000.
 */
export const createLimits = (perMinute: number): readonly RequestHandler[] => {
  if (perMinute === 0) return [];
  const hasNoToken = (request: Request): boolean => bearerOf(request) === undefined;
  return [
    createRateLimit({ name: 'address', limit: perMinute * ADDRESS_FACTOR, skip: hasNoToken }),
    createRateLimit({ name: 'token', limit: perMinute, keyOf: (request) => bearerOf(request) ?? '', skip: hasNoToken }),
    createRateLimit({ name: 'anonymous', limit: perMinute, skip: (request) => !hasNoToken(request) }),
  ];
};
