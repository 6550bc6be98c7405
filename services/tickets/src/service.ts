import { assembleService } from '@riparo/shared/composition/assemble-service';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Service } from '@riparo/shared/http/service';
import type { TicketsConfig } from './config.js';
import { createDependencies, type TicketsOptions } from './dependencies.js';
import { jobs } from './jobs.js';
import { routes } from './routes.js';
import { subscriptions } from './subscriptions.js';

export const createTicketsService = (platform: Platform, config: TicketsConfig, outside: TicketsOptions = {}): Service => {
  const deps = createDependencies(platform, config, outside);
  return assembleService({
    name: 'tickets',
    platform,
    routes: routes(deps),
    subscriptions: subscriptions(deps),
    jobs: jobs(deps),
    repositories: deps.repositories,
    onStart: deps.reconcilePlaces,
    onStop: async () => {
      await deps.work.stop();
      await deps.queue.idle();
    },
  });
};
