import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { DomainError } from '../errors/domain-error.js';

/** Whom a client's address stands for: IPv6 counts by its /56 network, since one client may have all of that. */
export const addressKey = (ip: string): string => ipKeyGenerator(ip);

export interface RateLimitOptions {
  /** Names the policy in the `RateLimit-Policy` header. */
  readonly name: string;
  /** Requests per key and window. */
  readonly limit: number;
  /** Default one minute. */
  readonly windowMs?: number;
  /** Who is counted; default the client's address (IPv6 by its /56 network). */
  readonly keyOf?: (request: Request) => string;
  readonly skip?: (request: Request) => boolean;
}

/**
 * Counts in this process's memory: with several instances each allows the limit on its own. Answers carry `RateLimit`
 * and `RateLimit-Policy` (IETF draft 8); beyond the limit 429 RATE_LIMITED with `Retry-After`.
 */
export const createRateLimit = ({ name, limit, windowMs = 60_000, keyOf, skip }: RateLimitOptions): RequestHandler =>
  rateLimit({
    windowMs,
    limit,
    identifier: name,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: keyOf ?? ((request) => ipKeyGenerator(request.ip ?? '')),
    ...(skip === undefined ? {} : { skip }),
    handler: (_request, response, next) => {
      const retryAfter = Number(response.getHeader('Retry-After') ?? Math.ceil(windowMs / 1000));
      next(new DomainError('throttled', 'RATE_LIMITED', `Too many requests. Wait ${retryAfter} seconds.`, { retryAfter }));
    },
  });
