import type { Platform } from '@riparo/shared/composition/platform';
import type { RepairDeps } from '../repair/dependencies.js';
import type { RepairState } from '../repair/repair.js';
import type { TicketDeps } from '../ticket/dependencies.js';
import type { TicketState } from '../ticket/ticket.js';
import { createRecountDueTimes, recountOfAsset } from '../ticket/sla/recount-due-times.js';
import type { RefreshWords } from './refresh-words.js';
import type { UpkeepStep } from './run-upkeep.js';
import type { UpkeepKind } from './upkeep.js';
import { walk, type Batch } from './walk.js';

/** Tickets or repairs in one step: a crash repeats at most so many. */
const BATCH = 200;

/** Prefix of a position: all tickets are done, and the position is among the repairs. */
const AMONG_REPAIRS = 'repairs ';

type Deps = Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf'> & Pick<RepairDeps, 'repairs'> & { readonly refreshWords: RefreshWords };
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

/** The steps of each kind of upkeep. Every step first drops its subject from the cache: another instance may have handled the event. */
export const createSteps = (platform: Platform, deps: Deps, batch = BATCH): Readonly<Record<UpkeepKind, UpkeepStep>> => {
  const { replicas, refreshWords } = deps;
  const recountDueTimes = createRecountDueTimes({ ...deps, clock: platform.clock, ids: platform.ids });
  return {
    RECOUNT_DUE_TIMES: (tenantId, _, position) => {
      replicas.settings.forget(tenantId, tenantId);
      return walk(ticketsOf(deps, tenantId, { active: true }), position, batch, (ticket) => recountDueTimes(tenantId, ticket));
    },
    RECOUNT_DUE_TIMES_OF_PLAN: async (tenantId, planId, position) => {
      replicas.plans.forget(tenantId, planId);
      const { assetIds, next } = await replicas.coveredBy(tenantId, planId, position);
      for (const assetId of assetIds) await recountOfAsset(deps.tickets, recountDueTimes, tenantId, assetId);
      return next;
    },
    REFRESH_WORDS_OF_CUSTOMER: async (tenantId, customerId, position) => {
      replicas.customers.forget(tenantId, customerId);
      if (!position.startsWith(AMONG_REPAIRS)) {
        const among = ticketsOf(deps, tenantId, { customerId });
        return (await walk(among, position, batch, (ticket) => refreshWords.tickets.refresh(tenantId, ticket))) ?? AMONG_REPAIRS;
      }
      const among = repairsOf(deps, tenantId, customerId);
      const next = await walk(among, position.slice(AMONG_REPAIRS.length), batch, (repair) =>
        refreshWords.repairs.refresh(tenantId, repair),
      );
      return next === undefined ? undefined : `${AMONG_REPAIRS}${next}`;
    },
    REFRESH_WORDS_OF_ASSET: (tenantId, assetId, position) => {
      replicas.assets.forget(tenantId, assetId);
      return walk(ticketsOf(deps, tenantId, { assetId }), position, batch, (ticket) => refreshWords.tickets.refresh(tenantId, ticket));
    },
  };
};
