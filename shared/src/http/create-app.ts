import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { DomainError } from '../errors/domain-error.js';
import { measureRequests } from '../metrics/http-metrics.js';
import { accessLog } from './access-log.js';
import { createErrorHandler } from './error-handler.js';
import { describeInSteps } from './reference/describe-routes.js';
import { OPERATIONS_PATHS, operationsRouter, type OperationsOptions } from './operations.js';
import { pathOf } from './path.js';
import { requestContext } from './request-context.js';
import { createUploadBudget, type UploadLimits } from './upload-budget.js';

export interface AppOptions extends OperationsOptions {
  /** Title of `/openapi.json`. */
  readonly name: string;
  /** Like express's `trust proxy`; default `false`: no proxy's word about a client's address counts. */
  readonly trustProxy?: boolean | number | string | undefined;
  /** Handlers before every route: CORS, rate limits. They run inside the request's context. */
  readonly before?: readonly RequestHandler[];
  /** Handlers after every service's routes and before the final 404: proxies, documentation pages. */
  readonly after?: readonly RequestHandler[];
  /** Labels in metrics of the handlers in `before` and `after`; the routes of `services` are known. A route without one is `unmatched`. */
  readonly patterns?: readonly string[];
  /** Default `UPLOAD_LIMITS`. */
  readonly uploadLimits?: UploadLimits;
  /** `false` where another handler serves `/openapi.json`; default `true`. */
  readonly openapi?: boolean;
}

const REFERENCE = '/openapi.json';

/** Every label that a request of this app can have in metrics. */
const patternsOf = ({ services, patterns = [] }: AppOptions): ReadonlySet<string> =>
  new Set([...OPERATIONS_PATHS, REFERENCE, ...services.flatMap(({ routes }) => routes.map(pathOf)), ...patterns]);

/** The express app of a process, around one service (separate processes) or all services (one-process mode). */
export const createApp = (options: AppOptions): Express => {
  const { name, log, metrics, trustProxy = false, services, before = [], after = [] } = options;
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple').set('trust proxy', trustProxy).enable('case sensitive routing');
  // All routers of the process share it, see `create-router.ts`.
  app.locals.uploads = createUploadBudget(options.uploadLimits);
  app.use(requestContext(), accessLog(log), measureRequests(metrics, patternsOf(options)), helmet());
  app.use(operationsRouter(options));
  if (options.openapi !== false) {
    const routes = services.flatMap((service) => service.routes);
    // The document is generated at its first request: to generate it costs more than the rest of the start.
    let document: Promise<string> | undefined;
    app.get(REFERENCE, async (_request, response) => {
      response.locals.route = REFERENCE;
      document ??= describeInSteps(name, routes).then((described) => JSON.stringify(described));
      response.type('application/json').send(await document);
    });
  }
  for (const handler of before) app.use(handler);
  for (const service of services) app.use(service.router);
  for (const handler of after) app.use(handler);
  app.use(unknownRoute);
  app.use(createErrorHandler(log));
  return app;
};

const unknownRoute: RequestHandler = (request, _response, next) => {
  next(new DomainError('not-found', 'ROUTE_NOT_FOUND', `There is nothing at ${request.method} ${request.path}.`));
};
