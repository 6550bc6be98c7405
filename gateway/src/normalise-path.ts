import { DomainError } from '@riparo/shared/errors/domain-error';
import type { RequestHandler } from 'express';

/** `.` and `..` as segments, also written as `%2e`, and `\`, which some programs take for `/`. */
const UNSETTLED = /\\|(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;

/** The path without dot segments: `/api/v1/tickets/../assets` is `/api/v1/assets`. `undefined` when it is no path. */
export const normalPath = (url: string): string | undefined => {
  const [path = ''] = url.split('?', 1);
  if (path.startsWith('/') && !UNSETTLED.test(path)) return url;
  const whole = path.startsWith('/') ? `http://gateway${url}` : url;
  if (!URL.canParse(whole)) return undefined;
  const { pathname, search } = new URL(whole);
  return `${pathname}${search}`;
};

/**
 * Settles the path once, before anything looks at it: the route table and the service behind it must read the same.
 * Otherwise `/api/v1/tickets/../../../internal/x` would pass the table as a ticket.
 */
export const normalisePath: RequestHandler = (request, _response, next) => {
  const url = normalPath(request.url);
  if (url === undefined) {
    next(new DomainError('malformed', 'MALFORMED_REQUEST', 'The address of the request is not well-formed.'));
    return;
  }
  if (url !== request.url) request.url = request.originalUrl = url;
  next();
};
