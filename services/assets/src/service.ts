import { assembleService } from '@riparo/shared/runtime/assemble-service';
import type { Platform } from '@riparo/shared/runtime/platform';
import type { Service } from '@riparo/shared/runtime/service';
import type { AssetsConfig } from './config.js';
import { createSettleStragglers } from './estate/settle-stragglers.js';
import { createSweepPhotos } from './photo/sweep-photos.js';
import { createRoutes } from './routes.js';
import { createReviewServicePlans } from './service-plan/review-service-plans.js';
import { createStore } from './store.js';
import { createSubscriptions } from './subscriptions.js';

export const createAssetsService = (platform: Platform, config: AssetsConfig): Service => {
  const store = createStore(platform, config);
  const settleStragglers = createSettleStragglers(store);
  const reviewServicePlans = createReviewServicePlans(store);
  return assembleService({
    name: 'assets',
    platform,
    routes: createRoutes(store),
    subscriptions: createSubscriptions(store, store.history),
    jobs: [
      { name: 'settle-estates', cron: '*/15 * * * * *', run: settleStragglers },
      // Every hour, since midnight comes at another hour for every tenant.
      { name: 'review-service-plans', cron: '0 * * * *', run: reviewServicePlans },
      { name: 'sweep-photos', cron: '30 * * * *', run: createSweepPhotos(store) },
    ],
    repositories: store.collections,
    onStart: settleStragglers,
  });
};
