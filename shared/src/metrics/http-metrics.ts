import type { RequestHandler } from 'express';
import type { Registry } from 'prom-client';
import { histogram } from './registry.js';

/** Seconds: from a cached answer to the slowest report. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Node reads some 30 methods. Each of the others would multiply the series of every route. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * Measures every request under the pattern of its route, which routers leave in `response.locals.route`. Only `patterns`
 * become labels, and everything else is `unmatched`: a raw path would start a time series for every id and for every
 * path that somebody invents.
 */
export const measureRequests = (registry: Registry, patterns: ReadonlySet<string>): RequestHandler => {
  const duration = histogram(registry, {
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
  });
  return (request, response, next) => {
    const startedAt = process.hrtime.bigint();
    response.once('close', () => {
      // How long somebody listened says nothing about how long anybody waits.
      if (response.locals.streamed === true) return;
      const route = response.locals.route as string;
      const { method } = request;
      duration.observe(
        {
          method: METHODS.has(method) ? method : 'other',
          route: patterns.has(route) ? route : 'unmatched',
          status: response.statusCode,
        },
        Number(process.hrtime.bigint() - startedAt) / 1e9,
      );
    });
    next();
  };
};
