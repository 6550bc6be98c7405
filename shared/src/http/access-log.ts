import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { currentContext } from '../runtime/context.js';

const level = (_request: Request, response: Response, error?: Error): 'error' | 'warn' | 'info' => {
  if (error !== undefined || response.statusCode >= 500) return 'error';
  return response.statusCode >= 400 ? 'warn' : 'info';
};

/**
 * One JSON line per request. The path is logged without its query, which may hold an e-mail address or a token; headers
 * and bodies are not logged at all.
 */
export const accessLog = (log: Logger): RequestHandler =>
  pinoHttp<Request, Response>({
    logger: log,
    genReqId: () => currentContext()?.requestId ?? '',
    wrapSerializers: false,
    quietReqLogger: true,
    autoLogging: { ignore: (request) => request.path.startsWith('/health/') || request.path === '/metrics' },
    customLogLevel: level,
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request',
    customAttributeKeys: { reqId: 'requestId', responseTime: 'ms' },
    customProps: (_request, response) => {
      const route: unknown = response.locals.route;
      const traceId = currentContext()?.traceparent?.slice(3, 35);
      return { ...(typeof route === 'string' ? { route } : {}), ...(traceId === undefined ? {} : { traceId }) };
    },
    serializers: {
      req: (request: Request) => ({ method: request.method, path: request.originalUrl.split('?', 1)[0], ip: request.ip }),
      res: (response: Response) => ({ status: response.statusCode }),
    },
  });
