import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { currentContext } from '../runtime/context.js';
import { clientAddress } from './client-address.js';

const levelOf = (status: number, finished: boolean): 'error' | 'warn' | 'info' => {
  if (status >= 500) return 'error';
  return status >= 400 || !finished ? 'warn' : 'info';
};

/**
 * An id in a path has 36 characters. The tokens of links that work without a login have more than 80, and those that a
 * mail program cut short may still have most of them.
 */
const TOKENS = /[^/]{40,}/g;

/**
 * Writes one JSON line per request, when the answer is sent or the client has gone (`aborted`). The path is logged
 * without its query, because a query may hold an e-mail address or a token; tokens inside the path become `…`. Headers
 * and bodies are not logged. Nothing is left to redact, so redaction is off: it would cost several times the line
 * itself, as would pino-http's logger per request.
 */
export const accessLog = (parent: Logger): RequestHandler => {
  const log = parent.child({}, { redact: [] });
  return (request, response, next) => {
    const startedAt = performance.now();
    const context = currentContext();
    // Once the connection is cut, nobody knows its address any more.
    const ip = clientAddress(request);
    response.once('close', () => {
      const path = (request.originalUrl.split('?', 1)[0] ?? '').replace(TOKENS, '…');
      if (path.startsWith('/health/') || path === '/metrics') return;
      // A stream ends when its client leaves it.
      const finished = response.writableFinished || response.locals.streamed === true;
      const route: unknown = response.locals.route;
      const line = {
        requestId: context?.requestId,
        traceId: context?.traceparent?.slice(3, 35),
        method: request.method,
        path,
        route: typeof route === 'string' ? route : undefined,
        status: response.statusCode,
        ms: Math.round((performance.now() - startedAt) * 100) / 100,
        ip,
        ...(finished ? {} : { aborted: true }),
      };
      log[levelOf(response.statusCode, finished)](line, 'request');
    });
    next();
  };
};
