import { forbidden } from '@riparo/shared/errors/common-errors';
import { upgradeOf } from '@riparo/shared/http/web-socket';
import cors from 'cors';
import type { Request, RequestHandler } from 'express';

const EXPOSED = [
  'ETag',
  'Location',
  'Retry-After',
  'X-Request-Id',
  'Idempotent-Replayed',
  'RateLimit',
  'RateLimit-Policy',
  'Content-Disposition',
];
/** Seconds for which browsers may remember the answer to a preflight request. */
const PREFLIGHT_S = 600;

const isOwnPage = (origin: string, request: Request): boolean => URL.canParse(origin) && new URL(origin).host === request.host;

/**
 * Browsers let every page open a WebSocket and only say which page it is. A foreign one gains nothing here, because a cookie
 * opens nothing but pages; it is refused all the same, as its other requests are.
 */
const refuseForeignPages =
  (allowed: readonly string[]): RequestHandler =>
  (request, response, next) => {
    const { origin } = request.headers;
    const isFine = upgradeOf(response) === undefined || origin === undefined || allowed.includes('*') || allowed.includes(origin);
    next(isFine || isOwnPage(origin, request) ? undefined : forbidden('Pages of this origin may not open WebSockets here.'));
  };

/** `CORS_ORIGIN` is a list with commas, or `*`. Tokens travel in a header, so other sites may never send cookies. */
export const createCrossOrigin = (origins: string): readonly RequestHandler[] => {
  const allowed = origins
    .split(',')
    .map((origin) => origin.trim().replace(/\/$/, ''))
    .filter((origin) => origin !== '');
  if (allowed.length === 0) return [refuseForeignPages(allowed)];
  return [
    refuseForeignPages(allowed),
    cors({ origin: allowed.includes('*') ? '*' : allowed, exposedHeaders: EXPOSED, maxAge: PREFLIGHT_S }),
  ];
};
