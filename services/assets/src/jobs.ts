import type { Job } from '@riparo/shared/composition/jobs';
import type { Dependencies } from './dependencies.js';
import { createFinishCounts } from './part/count/adjust-counted.js';
import { createFileAway } from './part/stock/file-away.js';
import { createSweepPhotos } from './photo/sweep-photos.js';
import { createFinishOrders } from './purchase-order/tell-parts.js';
import { createReviewServicePlans } from './service-plan/review-service-plans.js';

/** What this service does by the clock. */
export const jobs = (deps: Dependencies): readonly Job[] => [
  { name: 'settle-estates', cron: '*/15 * * * * *', run: deps.finishHoldings },
  { name: 'file-stock-movements', cron: '*/15 * * * * *', run: createFileAway(deps) },
  { name: 'settle-purchase-orders', cron: '*/15 * * * * *', run: createFinishOrders(deps) },
  { name: 'settle-stock-counts', cron: '*/30 * * * * *', run: createFinishCounts(deps) },
  // Every hour, since midnight comes at another hour for every tenant.
  { name: 'review-service-plans', cron: '0 * * * *', run: createReviewServicePlans(deps) },
  { name: 'rebuild', cron: '*/2 * * * * *', run: deps.rebuild },
  { name: 'renew-words', cron: '*/5 * * * * *', run: deps.renewWords },
  { name: 'sweep-photos', cron: '30 * * * *', run: createSweepPhotos(deps) },
];
