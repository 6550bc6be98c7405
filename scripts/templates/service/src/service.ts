import { assembleService } from '@riparo/shared/composition/assemble-service';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Service } from '@riparo/shared/http/service';
import type { __Name__Config } from './config.js';
import { createDependencies } from './dependencies.js';
import { jobs } from './jobs.js';
import { routes } from './routes.js';
import { subscriptions } from './subscriptions.js';

export const create__Name__Service = (platform: Platform, config: __Name__Config): Service => {
  const deps = createDependencies(platform, config);
  return assembleService({
    name: '__name__',
    platform,
    routes: routes(deps),
    subscriptions: subscriptions(deps),
    jobs: jobs(deps),
    repositories: deps.repositories,
  });
};
