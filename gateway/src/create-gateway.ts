import { createApp } from '@riparo/shared/http/create-app';
import { DomainError } from '@riparo/shared/errors/domain-error';
import type { Express, RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Backend } from './backend.js';
import type { GatewayConfig } from './config.js';
import { createCrossOrigin } from './cross-origin.js';
import { createReference, REFERENCE_PATTERNS } from './docs/reference.js';
import { guardHeaders } from './guard-headers.js';
import { createLimits } from './limits.js';
import { normalisePath } from './normalise-path.js';
import { rewriteOlderPaths } from './older-clients.js';
import { answerTooSlow } from './proxy/too-slow.js';
import { ROUTE_PATTERNS, routePattern, serviceFor } from './route-table.js';

export interface GatewayOptions {
  readonly backend: Backend;
  readonly config: GatewayConfig;
  readonly log: Logger;
  readonly metrics: Registry;
  /** Without a token there is no `GET /metrics`. */
  readonly metricsToken?: string | undefined;
}

/** Forwards paths of the route table and answers every other path with 404, `/internal/*` of mounted services included. */
const createForwarding = (backend: Backend): RequestHandler => {
  const handlers = new Map<string, RequestHandler>();
  return (request, response, next) => {
    const { path } = request;
    const service = serviceFor(path);
    if (service === undefined) {
      next(new DomainError('not-found', 'ROUTE_NOT_FOUND', `There is nothing at ${request.method} ${path}.`));
      return;
    }
    response.locals.route = routePattern(path);
    let handler = handlers.get(service);
    if (handler === undefined) handlers.set(service, (handler = backend.forward(service)));
    void handler(request, response, next);
  };
};

/** The only entrance for clients, to services in this process (`createLocalBackend`) or in other processes (`createRemoteBackend`). */
export const createGateway = ({ backend, config, log, metrics, metricsToken }: GatewayOptions): Express =>
  createApp({
    name: 'gateway',
    log,
    metrics,
    metricsToken,
    trustProxy: config.TRUST_PROXY,
    services: backend.services,
    checks: backend.checks,
    openapi: false,
    patterns: [...ROUTE_PATTERNS, ...REFERENCE_PATTERNS],
    before: [
      normalisePath,
      ...createCrossOrigin(config.CORS_ORIGIN),
      ...createLimits(config.RATE_LIMIT_PER_MINUTE, backend.keys),
      guardHeaders,
      rewriteOlderPaths,
      createReference(backend),
      createForwarding(backend),
    ],
    after: [answerTooSlow as unknown as RequestHandler],
  });
