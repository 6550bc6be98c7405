import { assembleService } from '@riparo/shared/runtime/assemble-service';
import type { Platform } from '@riparo/shared/runtime/platform';
import type { Service } from '@riparo/shared/runtime/service';
import type { AssetsConfig } from './config.js';
import { createSettleStragglers } from './estate/settle-stragglers.js';
import { createRoutes } from './routes.js';
import { createStore } from './store.js';
import { createSubscriptions } from './subscriptions.js';

export const createAssetsService = (platform: Platform, config: AssetsConfig): Service => {
  const store = createStore(platform, config);
  const settleStragglers = createSettleStragglers(store);
  return assembleService({
    name: 'assets',
    platform,
    routes: createRoutes(store),
    subscriptions: createSubscriptions(store, store.history),
    jobs: [{ name: 'settle-estates', cron: '*/15 * * * * *', run: settleStragglers }],
    repositories: store.collections,
    onStart: settleStragglers,
  });
};
