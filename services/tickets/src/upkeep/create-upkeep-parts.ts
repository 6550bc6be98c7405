import type { Job } from '@riparo/shared/composition/jobs';
import type { Platform } from '@riparo/shared/composition/platform';
import { createAcrossTenants, momentIndex } from '@riparo/shared/persistence/across-tenants';
import type { TicketsConfig } from '../config.js';
import type { RepairDeps } from '../repair/deps.js';
import type { RepairState } from '../repair/repair.js';
import type { TicketDeps } from '../ticket/deps.js';
import type { TicketState } from '../ticket/ticket.js';
import { createRetimeTicket, retimeAsset } from '../ticket/sla/retime-tickets.js';
import { createRewordRepair, createRewordTicket } from './reword.js';
import { createUpkeepWork, type UpkeepStep, type UpkeepWork } from './run-upkeep.js';
import type { UpkeepKind } from './upkeep.js';
import { createUpkeeps } from './upkeep.repository.js';
import { walk, type Batch } from './walk.js';

/** Everything about upkeep that the service is put together from. */
export interface UpkeepParts {
  readonly work: UpkeepWork;
  readonly repositories: readonly { ensureIndexes(): Promise<void> }[];
  readonly jobs: readonly Job[];
}

/** Tickets or repairs in one step: a crash repeats at most as many. */
const BATCH = 200;

/** In front of a position: the tickets are done, and this is how far the repairs are. */
const AMONG_REPAIRS = 'repairs ';

type Deps = Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf'> & Pick<RepairDeps, 'repairs'>;
type Which = { readonly active: true } | { readonly customerId: string } | { readonly assetId: string };

const oldestFirst = { createdAt: 1, id: 1 } as const;

const ticketsOf =
  ({ tickets }: Deps, tenantId: string, which: Which): Batch<TicketState> =>
  (from, limit) =>
    tickets.in(tenantId).list({ ...which, createdAt: { $gte: from } }, { sort: oldestFirst, limit });

const repairsOf =
  ({ repairs }: Deps, tenantId: string, customerId: string): Batch<RepairState> =>
  (from, limit) =>
    repairs.in(tenantId).list({ customerId, createdAt: { $gte: from } }, { sort: oldestFirst, limit });

/** What is done to which tickets. Every step first forgets what it remembers of its subject: another instance may have heard the news. */
export const createSteps = (platform: Platform, deps: Deps, batch = BATCH): Readonly<Record<UpkeepKind, UpkeepStep>> => {
  const { replicas } = deps;
  const retimeTicket = createRetimeTicket({ ...deps, clock: platform.clock, ids: platform.ids });
  const [rewordTicket, rewordRepair] = [createRewordTicket(platform, deps), createRewordRepair(platform, deps)];
  return {
    RETIME: (tenantId, _, position) => {
      replicas.settings.forget(tenantId, tenantId);
      return walk(ticketsOf(deps, tenantId, { active: true }), position, batch, (ticket) => retimeTicket(tenantId, ticket));
    },
    RETIME_PLAN: async (tenantId, planId, position) => {
      replicas.plans.forget(tenantId, planId);
      const { assetIds, next } = await replicas.coveredBy(tenantId, planId, position);
      for (const assetId of assetIds) await retimeAsset(deps.tickets, retimeTicket, tenantId, assetId);
      return next;
    },
    REWORD_CUSTOMER: async (tenantId, customerId, position) => {
      replicas.customers.forget(tenantId, customerId);
      if (!position.startsWith(AMONG_REPAIRS)) {
        const among = ticketsOf(deps, tenantId, { customerId });
        return (await walk(among, position, batch, (ticket) => rewordTicket(tenantId, ticket))) ?? AMONG_REPAIRS;
      }
      const among = repairsOf(deps, tenantId, customerId);
      const next = await walk(among, position.slice(AMONG_REPAIRS.length), batch, (repair) => rewordRepair(tenantId, repair));
      return next === undefined ? undefined : `${AMONG_REPAIRS}${next}`;
    },
    REWORD_ASSET: (tenantId, assetId, position) => {
      replicas.assets.forget(tenantId, assetId);
      return walk(ticketsOf(deps, tenantId, { assetId }), position, batch, (ticket) => rewordTicket(tenantId, ticket));
    },
  };
};

export const createUpkeepParts = (platform: Platform, config: Pick<TicketsConfig, 'TICKET_CLOCK_CRON'>, deps: Deps): UpkeepParts => {
  const { lease, clock, log } = platform;
  const upkeeps = createUpkeeps(platform);
  const everywhere = createAcrossTenants(platform, 'upkeep', [momentIndex('dueAt')]);
  const work = createUpkeepWork({ upkeeps, everywhere, steps: createSteps(platform, deps), lease, clock, log });
  return { work, repositories: [upkeeps, everywhere], jobs: [{ name: 'upkeep', cron: config.TICKET_CLOCK_CRON, run: () => work.run() }] };
};
