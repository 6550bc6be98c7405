import { createInternalClient, type InternalClient } from '@riparo/shared/http/internal-client';
import { assembleService } from '@riparo/shared/composition/assemble-service';
import type { Platform } from '@riparo/shared/composition/platform';
import type { Service } from '@riparo/shared/http/service';
import type { TicketsConfig } from './config.js';
import { createDependencies } from './dependencies.js';
import { jobs } from './jobs.js';
import { routes } from './routes.js';
import { subscriptions } from './subscriptions.js';

export interface TicketsOptions {
  /** How the assets service is asked; default: over HTTP at `ASSETS_URL`. */
  readonly assets?: InternalClient;
  /** How auth is asked for customers; without it only those that events have told of are known, and none can be made. */
  readonly auth?: InternalClient;
}

export const createTicketsService = (platform: Platform, config: TicketsConfig, options: TicketsOptions = {}): Service => {
  const overHttp = () => createInternalClient({ service: 'assets', baseUrl: config.ASSETS_URL, tokens: platform.serviceTokens });
  const deps = createDependencies(platform, config, { assets: options.assets ?? overHttp(), auth: options.auth });
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
