import type { KeySource } from '@riparo/shared/http/key-source';
import { describeInSteps, type OpenApiDocument } from '@riparo/shared/http/reference/describe-routes';
import { pathOf } from '@riparo/shared/http/path';
import type { Service } from '@riparo/shared/http/service';
import type { Backend } from './backend.js';
import { serviceFor } from './route-table.js';

/**
 * Refuses to start when a service serves a path that is missing in the route table: the path would work in a process of
 * its own and be lost behind the gateway.
 */
const refuseLostRoutes = (services: readonly Service[]): void => {
  const lost = services.flatMap(({ name, routes }) =>
    routes
      .filter(({ access }) => access !== 'internal')
      .map((route) => pathOf(route))
      .filter((path) => serviceFor(path) !== name)
      .map((path) => `${name}: ${path}`),
  );
  if (lost.length > 0) throw new Error(`the gateway's route table does not lead to\n  ${lost.join('\n  ')}`);
};

/** Services in this process: the app mounts their routers. */
export const createLocalBackend = (services: readonly Service[], keys: KeySource): Backend => {
  refuseLostRoutes(services);
  return {
    services,
    keys,
    checks: () => Promise.resolve([]),
    forward: () => (_request, _response, next) => {
      next();
    },
    describe: async () => {
      const documents: OpenApiDocument[] = [];
      for (const { name, routes } of services) documents.push(await describeInSteps(name, routes));
      return { documents, complete: true };
    },
    endStreams: () => {
      for (const service of services) service.endStreams?.();
    },
    close: () => undefined,
  };
};
