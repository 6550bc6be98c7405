import { assembleService } from '@riparo/shared/composition/assemble-service';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Service } from '@riparo/shared/http/service';
import type { AssetsConfig } from './config.js';
import { createDependencies, type AssetsOptions } from './dependencies.js';
import { jobs } from './jobs.js';
import { routes } from './routes.js';
import { subscriptions } from './subscriptions.js';

export interface AssetsService extends Service {
  /** Does now what the job does every two seconds: rebuilds that were asked for. */
  rebuild(): Promise<void>;
  /** Does now what the job does every few seconds: stored words are brought in line with those of this version. */
  renewWords(): Promise<void>;
}

export const createAssetsService = (platform: Platform, config: AssetsConfig, outside: AssetsOptions = {}): AssetsService => {
  const deps = createDependencies(platform, config, outside);
  const service = assembleService({
    name: 'assets',
    platform,
    routes: routes(deps),
    subscriptions: subscriptions(deps),
    jobs: jobs(deps),
    repositories: deps.repositories,
    onStart: deps.finishHoldings,
  });
  return { ...service, rebuild: deps.rebuild, renewWords: deps.renewWords };
};
