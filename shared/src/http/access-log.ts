import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { currentContext } from '../runtime/context.js';

const levelOf = (status: number, finished: boolean): 'error' | 'warn' | 'info' => {
  if (status >= 500) return 'error';
  return status >= 400 || !finished ? 'warn' : 'info';
};

/** No id or file name is as long as this; the tokens of links that work without login are. */
const TOKENS = /[^/]{80,}/g;

/**
 * One JSON line per request, written when its answer is out or its client has gone (`aborted`). The path is logged
 * without its query, which may hold an e-mail address or a token, and without tokens in it; headers and bodies are not logged at all. Hence no
 * redaction here, which costs several times the line itself; so does pino-http's logger per request.
 */
export const accessLog = (parent: Logger): RequestHandler => {
  const log = parent.child({}, { redact: [] });
  return (request, response, next) => {
    const startedAt = performance.now();
    const context = currentContext();
    response.once('close', () => {
      const path = (request.originalUrl.split('?', 1)[0] ?? '').replace(TOKENS, '…');
      if (path.startsWith('/health/') || path === '/metrics') return;
      const finished = response.writableFinished;
      const route: unknown = response.locals.route;
      const line = {
        requestId: context?.requestId,
        traceId: context?.traceparent?.slice(3, 35),
        method: request.method,
        path,
        route: typeof route === 'string' ? route : undefined,
        status: response.statusCode,
        ms: Math.round((performance.now() - startedAt) * 100) / 100,
        ip: request.ip,
        ...(finished ? {} : { aborted: true }),
      };
      log[levelOf(response.statusCode, finished)](line, 'request');
    });
    next();
  };
};
