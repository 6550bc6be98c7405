import { assembleService } from '@riparo/shared/composition/assemble-service';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Service } from '@riparo/shared/http/service';
import type { ReportsConfig } from './config.js';
import { createRoutes } from './routes.js';
import { createStore } from './store.js';
import { createSubscriptions } from './subscriptions.js';

export const createReportsService = (platform: Platform, config: ReportsConfig): Service => {
  const store = createStore(platform, config);
  return assembleService({
    name: 'reports',
    platform,
    routes: createRoutes(store),
    subscriptions: createSubscriptions(store, store.outcomes),
    repositories: store.collections,
  });
};
