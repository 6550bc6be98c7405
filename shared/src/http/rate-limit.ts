import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { DomainError } from '../errors/domain-error.js';
import { clientAddress } from './client-address.js';

/**
 * The key under which a client's address is counted. An IPv6 address counts by its /56 network, because one client may
 * own the whole network.
 */
export const addressKey = (ip: string): string => ipKeyGenerator(ip);

export const RATE_LIMITED = 'RATE_LIMITED';

export interface RateLimitOptions {
  /** Names the policy in the `RateLimit-Policy` header. */
  readonly name: string;
  /** Requests per key and window. */
  readonly limit: number;
  /** Default one minute. */
  readonly windowMs?: number;
  /** The key that is counted; default: the client's address (IPv6 by its /56 network). */
  readonly keyOf?: (request: Request) => string;
  readonly skip?: (request: Request) => boolean;
}

/**
 * Limits requests. The counts are in this process's memory: two instances with a limit of 100 let 200 requests through.
 * Answers carry `RateLimit` and `RateLimit-Policy` (IETF draft 8); a request over the limit gets 429 RATE_LIMITED with
 * `Retry-After`.
 */
export const createRateLimit = ({ name, limit, windowMs = 60_000, keyOf, skip }: RateLimitOptions): RequestHandler =>
  rateLimit({
    windowMs,
    limit,
    identifier: name,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: keyOf ?? ((request) => addressKey(clientAddress(request))),
    ...(skip === undefined ? {} : { skip }),
    handler: (_request, response, next) => {
      const retryAfter = Number(response.getHeader('Retry-After') ?? Math.ceil(windowMs / 1000));
      next(new DomainError('throttled', RATE_LIMITED, `Too many requests. Wait ${retryAfter} seconds.`, { retryAfter }));
    },
  });
