import { createRateLimit } from '@riparo/shared/http/rate-limit';
import type { Request, RequestHandler } from 'express';

/** People behind one address share it: an office, a school, a phone network. */
const ADDRESS_FACTOR = 10;
const SIGNATURE_LENGTH = 43;

const bearerOf = ({ headers }: Request): string | undefined =>
  headers.authorization?.startsWith('Bearer ') === true ? headers.authorization.slice(-SIGNATURE_LENGTH) : undefined;

/**
 * Requests with a token count by the token, others by their address. Tokens are not verified here, so inventing one per
 * request must not help: what comes from one address is limited too.
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
