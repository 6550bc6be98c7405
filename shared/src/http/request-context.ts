import type { RequestHandler } from 'express';
import { contextFrom, runInContext } from '../runtime/context.js';

const single = (value: string | string[] | undefined): string | undefined => (typeof value === 'string' ? value : undefined);

/** Opens the request's context and returns its id in `X-Request-Id`. The first handler of an app. */
export const requestContext = (): RequestHandler => (request, response, next) => {
  const context = contextFrom(single(request.headers['x-request-id']), single(request.headers.traceparent));
  response.setHeader('X-Request-Id', context.requestId);
  runInContext(context, next);
};
