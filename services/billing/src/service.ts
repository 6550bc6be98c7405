import { assembleService } from '@riparo/shared/composition/assemble-service';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Service } from '@riparo/shared/http/service';
import type { BillingConfig } from './config.js';
import { createDependencies, type BillingOptions } from './dependencies.js';
import { jobs } from './jobs.js';
import { routes } from './routes.js';
import { subscriptions } from './subscriptions.js';

export const createBillingService = (platform: Platform, config: BillingConfig, outside: BillingOptions): Service => {
  const deps = createDependencies(platform, config, outside);
  return assembleService({
    name: 'billing',
    platform,
    routes: routes(deps),
    subscriptions: subscriptions(deps),
    jobs: jobs(deps),
    repositories: deps.repositories,
  });
};
