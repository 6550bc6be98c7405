import cors from 'cors';
import type { RequestHandler } from 'express';

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

/** `CORS_ORIGIN` is a list with commas, or `*`. Tokens travel in a header, so cookies are never allowed. */
export const createCrossOrigin = (origins: string): readonly RequestHandler[] => {
  const allowed = origins
    .split(',')
    .map((origin) => origin.trim().replace(/\/$/, ''))
    .filter((origin) => origin !== '');
  if (allowed.length === 0) return [];
  return [cors({ origin: allowed.includes('*') ? '*' : allowed, exposedHeaders: EXPOSED, maxAge: PREFLIGHT_S })];
};
