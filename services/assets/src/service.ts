import { assembleService } from '@riparo/shared/composition/assemble-service';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Service } from '@riparo/shared/http/service';
import { createInternalClient, type InternalClient } from '@riparo/shared/http/internal-client';
import { createSyncDeviceStatus } from './asset/sync-device-status.js';
import type { AssetsConfig } from './config.js';
import { createFinishHoldings } from './holdings/finish-holdings.js';
import { createSweepPhotos } from './photo/sweep-photos.js';
import { createRunRebuilds } from './rebuild/run-rebuilds.js';
import { createRoutes } from './routes.js';
import { createReviewServicePlans } from './service-plan/review-service-plans.js';
import { createStore } from './store.js';
import { createSubscriptions } from './subscriptions.js';

export interface AssetsOptions {
  /** How the tickets service is asked; default: over HTTP at `TICKETS_URL`. */
  readonly tickets?: InternalClient;
  /** How auth is asked for customers of a moment ago; without it only those that events have told of are known. */
  readonly auth?: InternalClient;
}

/** A page of tickets with their timelines takes longer than other answers; in ms. */
const TICKETS_TIMEOUT_MS = 20_000;

export interface AssetsService extends Service {
  /** Does now what the job does every two seconds: rebuilds that were asked for. */
  rebuild(): Promise<void>;
}

export const createAssetsService = (platform: Platform, config: AssetsConfig, parts: AssetsOptions = {}): AssetsService => {
  const tokens = platform.serviceTokens;
  const overHttp = { service: 'tickets', baseUrl: config.TICKETS_URL, tokens, timeoutMs: TICKETS_TIMEOUT_MS };
  const ticketsService = parts.tickets ?? createInternalClient(overHttp);
  const store = createStore(platform, config, parts.auth);
  const finishHoldings = createFinishHoldings(store);
  const reviewServicePlans = createReviewServicePlans(store);
  const syncDeviceStatus = createSyncDeviceStatus(store);
  const rebuild = createRunRebuilds({ ...store, syncDeviceStatus, ticketsService });
  const service = assembleService({
    name: 'assets',
    platform,
    routes: createRoutes(store),
    subscriptions: createSubscriptions(store, store.history, syncDeviceStatus),
    jobs: [
      { name: 'settle-estates', cron: '*/15 * * * * *', run: finishHoldings },
      // Every hour, since midnight comes at another hour for every tenant.
      { name: 'review-service-plans', cron: '0 * * * *', run: reviewServicePlans },
      { name: 'rebuild', cron: '*/2 * * * * *', run: rebuild },
      { name: 'sweep-photos', cron: '30 * * * *', run: createSweepPhotos(store) },
    ],
    repositories: store.collections,
    onStart: finishHoldings,
  });
  return { ...service, rebuild };
};
