import type { Platform } from '@riparo/shared/composition/platform';
import { createInternalClient, type InternalClient } from '@riparo/shared/http/internal-client';
import type { BillingConfig } from './config.js';
import { createReplicas } from './replica/replicas.js';

/** What billing may be given from outside. */
export interface BillingOptions {
  /** How the tickets service is asked; default: over HTTP at `TICKETS_URL`. */
  readonly tickets?: InternalClient;
}

/** Everything the use cases are made with; each takes the few it needs. */
export const createDependencies = (platform: Platform, config: BillingConfig, outside: BillingOptions = {}) => {
  const collections = createReplicas(platform);
  const ticketsOverHttp = () => createInternalClient({ service: 'tickets', baseUrl: config.TICKETS_URL, tokens: platform.serviceTokens });
  return {
    ...collections,
    ticketsService: outside.tickets ?? ticketsOverHttp(),
    publicUrl: config.PUBLIC_URL,
    /** Whatever has indexes. */
    repositories: Object.values(collections),
  };
};

export type Dependencies = ReturnType<typeof createDependencies>;
