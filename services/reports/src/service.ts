import { assembleService } from '@riparo/shared/composition/assemble-service';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Service } from '@riparo/shared/http/service';
import type { ReportsConfig } from './config.js';
import { createDependencies } from './dependencies.js';
import { routes } from './routes.js';
import { subscriptions } from './subscriptions.js';

export const createReportsService = (platform: Platform, config: ReportsConfig): Service => {
  const deps = createDependencies(platform, config);
  return assembleService({
    name: 'reports',
    platform,
    routes: routes(deps),
    subscriptions: subscriptions(deps),
    repositories: deps.repositories,
  });
};
