import { createHash, timingSafeEqual } from 'node:crypto';
import { Router, type RequestHandler } from 'express';
import type { ReadinessCheck, Service } from './service.js';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { unauthenticated } from '../errors/common-errors.js';
import { DomainError } from '../errors/domain-error.js';

export interface OperationsOptions {
  readonly log: Logger;
  readonly metrics: Registry;
  /** Without a token `GET /metrics` does not exist. */
  readonly metricsToken?: string | undefined;
  readonly services: readonly Service[];
  /** Further checks for `/health/ready`: a broker, services behind the gateway. */
  readonly checks?: (() => Promise<readonly ReadinessCheck[]>) | undefined;
}

/** What `operationsRouter` serves. */
export const OPERATIONS_PATHS = ['/health/live', '/health/ready', '/metrics'] as const;

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Both hashes have the same length, so the time of the comparison reveals nothing about the token. */
const tokenGuard = (token: string): RequestHandler => {
  const expected = sha256(`Bearer ${token}`);
  return (request, _response, next) => {
    if (timingSafeEqual(sha256(request.headers.authorization ?? ''), expected)) next();
    else next(unauthenticated('GET /metrics takes the metrics token as "Authorization: Bearer <token>".'));
  };
};

const collectChecks = async ({ services, checks }: OperationsOptions): Promise<readonly ReadinessCheck[]> => {
  const parts = services.map(async (service) =>
    (await service.ready()).map((check) => ({ ...check, name: services.length > 1 ? `${service.name}.${check.name}` : check.name })),
  );
  return (await Promise.all([...parts, checks?.() ?? []])).flat();
};

const onlyGet =
  (path: string): RequestHandler =>
  (_request, response, next) => {
    response.locals.route = path;
    response.setHeader('Allow', 'GET, HEAD');
    next(new DomainError('method-not-allowed', 'METHOD_NOT_ALLOWED', 'This path takes GET, HEAD.'));
  };

/** Logs a state once when it changes: load balancers and start scripts ask several times a second. */
const stateNotes = (log: Logger): ((failing: readonly ReadinessCheck[]) => void) => {
  let known = '';
  return (failing) => {
    const state = failing.map(({ name }) => name).join(' ');
    if (state === known) return;
    known = state;
    if (failing.length > 0) log.warn({ failing }, 'not ready');
    else log.info('ready again');
  };
};

/**
 * `/health/live` answers as long as the process runs; `/health/ready` lists every check and answers 503 when one fails;
 * `/metrics` needs its token.
 */
export const operationsRouter = (options: OperationsOptions): Router => {
  const { metrics, metricsToken, log } = options;
  const router = Router();
  const noteState = stateNotes(log);
  router.get('/health/live', (_request, response) => {
    response.locals.route = '/health/live';
    response.json({ status: 'live' });
  });
  router.get('/health/ready', async (_request, response) => {
    response.locals.route = '/health/ready';
    const checks = await collectChecks(options);
    const ok = checks.every((check) => check.ok);
    noteState(checks.filter((check) => !check.ok));
    response
      .status(ok ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: ok ? 'ready' : 'not-ready', checks });
  });
  for (const path of ['/health/live', '/health/ready']) router.all(path, onlyGet(path));
  if (metricsToken !== undefined) {
    router.get('/metrics', tokenGuard(metricsToken), async (_request, response) => {
      response.locals.route = '/metrics';
      response.set('Content-Type', metrics.contentType).send(await metrics.metrics());
    });
    router.all('/metrics', onlyGet('/metrics'));
  }
  return router;
};
