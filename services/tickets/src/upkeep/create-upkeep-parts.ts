import type { Job } from '@riparo/shared/runtime/jobs';
import type { Platform } from '@riparo/shared/runtime/platform';
import { createAcrossTenants, momentIndex } from '@riparo/shared/persistence/across-tenants';
import type { TicketsConfig } from '../config.js';
import type { TicketDeps } from '../ticket/deps.js';
import { createRetimeTicket, retimeAsset } from '../ticket/retime-tickets.js';
import { createRewordTicket } from './reword-tickets.js';
import { createUpkeepWork, type UpkeepStep, type UpkeepWork } from './run-upkeep.js';
import type { UpkeepKind } from './upkeep.js';
import { createUpkeeps } from './upkeep.repository.js';
import { walkTickets } from './walk-tickets.js';

/** Everything about upkeep that the service is put together from. */
export interface UpkeepParts {
  readonly work: UpkeepWork;
  readonly repositories: readonly { ensureIndexes(): Promise<void> }[];
  readonly jobs: readonly Job[];
}

/** Tickets in one step: a crash repeats at most as many. */
const BATCH = 200;

/** What is done to which tickets. Every step first forgets what it remembers of its subject: another instance may have heard the news. */
export const createSteps = (
  platform: Platform,
  deps: Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf'>,
  batch = BATCH,
): Readonly<Record<UpkeepKind, UpkeepStep>> => {
  const { replicas } = deps;
  const retimeTicket = createRetimeTicket({ ...deps, clock: platform.clock, ids: platform.ids });
  const reword = createRewordTicket(platform, deps);
  return {
    RETIME: (tenantId, _, position) => {
      replicas.settings.forget(tenantId, tenantId);
      return walkTickets(deps, tenantId, { active: true }, position, batch, (ticket) => retimeTicket(tenantId, ticket));
    },
    RETIME_PLAN: async (tenantId, planId, position) => {
      replicas.plans.forget(tenantId, planId);
      const { assetIds, next } = await replicas.coveredBy(tenantId, planId, position);
      for (const assetId of assetIds) await retimeAsset(deps.tickets, retimeTicket, tenantId, assetId);
      return next;
    },
    REWORD_CUSTOMER: (tenantId, customerId, position) => {
      replicas.customers.forget(tenantId, customerId);
      return walkTickets(deps, tenantId, { customerId }, position, batch, (ticket) => reword(tenantId, ticket));
    },
    REWORD_ASSET: (tenantId, assetId, position) => {
      replicas.assets.forget(tenantId, assetId);
      return walkTickets(deps, tenantId, { assetId }, position, batch, (ticket) => reword(tenantId, ticket));
    },
  };
};

export const createUpkeepParts = (
  platform: Platform,
  config: Pick<TicketsConfig, 'TICKET_CLOCK_CRON'>,
  deps: Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf'>,
): UpkeepParts => {
  const { lease, clock, log } = platform;
  const upkeeps = createUpkeeps(platform);
  const everywhere = createAcrossTenants(platform, 'upkeep', [momentIndex('dueAt')]);
  const work = createUpkeepWork({ upkeeps, everywhere, steps: createSteps(platform, deps), lease, clock, log });
  return { work, repositories: [upkeeps, everywhere], jobs: [{ name: 'upkeep', cron: config.TICKET_CLOCK_CRON, run: () => work.run() }] };
};
