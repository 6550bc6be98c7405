import { assembleService } from '@riparo/shared/composition/assemble-service';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Service } from '@riparo/shared/http/service';
import type { ReportsConfig } from './config.js';
import { createDependencies, type ReportsOptions } from './dependencies.js';
import { jobs } from './jobs.js';
import { routes } from './routes.js';
import { subscriptions } from './subscriptions.js';

export interface ReportsService extends Service {
  /** Does now what the job does every few seconds: what texts are compared by is brought in line with this version. */
  renewKeys(): Promise<void>;
  /** Likewise: rebuilds that were asked for. */
  rebuild(): Promise<void>;
  /** Likewise: any of its jobs. */
  runJob(name: string): Promise<void>;
}

export const createReportsService = (platform: Platform, config: ReportsConfig, outside: ReportsOptions = {}): ReportsService => {
  const deps = createDependencies(platform, config, outside);
  const timed = jobs(deps);
  const service = assembleService({
    name: 'reports',
    platform,
    routes: routes(deps),
    subscriptions: subscriptions(deps),
    jobs: timed,
    repositories: deps.repositories,
  });
  const runJob = async (name: string): Promise<void> => timed.find((job) => job.name === name)?.run();
  return { ...service, renewKeys: deps.renewKeys, rebuild: deps.rebuild, runJob };
};
