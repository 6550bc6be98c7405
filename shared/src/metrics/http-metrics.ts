import type { RequestHandler } from 'express';
import type { Registry } from 'prom-client';
import { histogram } from './registry.js';

/** Seconds: from a cached answer to the slowest report. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Measures every request under the pattern of its route, which routers leave in `response.locals.route`. The raw path
 * would not do: every id in it would start a time series of its own.
 */
export const measureRequests = (registry: Registry): RequestHandler => {
  const duration = histogram(registry, {
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
  });
  return (request, response, next) => {
    const startedAt = process.hrtime.bigint();
    response.once('close', () => {
      const route: unknown = response.locals.route;
      duration.observe(
        { method: request.method, route: typeof route === 'string' ? route : 'unmatched', status: response.statusCode },
        Number(process.hrtime.bigint() - startedAt) / 1e9,
      );
    });
    next();
  };
};
