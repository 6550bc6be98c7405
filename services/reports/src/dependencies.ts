import type { Platform } from '@riparo/shared/composition/platform';
import type { ServiceName } from '@riparo/shared/contracts/topology';
import { createInternalClient, type InternalClient } from '@riparo/shared/http/internal-client';
import { pageCookiesOf } from '@riparo/shared/http/page-session';
import { createAcrossTenants } from '@riparo/shared/persistence/across-tenants';
import { createDerivedUpkeep } from '@riparo/shared/persistence/derived-upkeep';
import { createRefreshDerived } from '@riparo/shared/persistence/refresh-derived';
import type { Replicated } from '@riparo/shared/persistence/replica';
import { createRunRebuilds } from '@riparo/shared/rebuild/run-rebuilds';
import { WORD_SCHEME } from '@riparo/shared/text/search-words';
import type { ReportsConfig } from './config.js';
import { createCounting } from './counting/create-counting.js';
import { createEquipmentQueries } from './equipment/equipment.queries.js';
import { createEquipmentRates } from './equipment/equipment-rates.js';
import type { Asset } from './equipment/asset.js';
import { keysOf as assetKeysOf } from './equipment/asset.js';
import { createKnowledgeCases } from './knowledge/knowledge.repository.js';
import { keysOf, type KnowledgeCase } from './knowledge/knowledge-case.js';
import { createCaseIndexes } from './knowledge/search/case-indexes.js';
import { createUses } from './knowledge/useful/uses.js';
import { createOutcomeStore } from './outcome/outcome.store.js';
import { createOpenAmounts } from './open-amounts/get-open-amounts.js';
import { createParkedDoors } from './parked-event/parked-doors.js';
import { createPhases, type Owners } from './rebuild/phases.js';
import { rebuildRules } from './rebuild/rebuild.js';
import { createRebuildRepository, REBUILDS } from './rebuild/rebuild.repository.js';
import { createRepeatRepairs } from './repeat-report/repeat-repairs.js';
import { withKeysAnew, type Repair } from './replica/repair.js';
import { createReplicas } from './replica/replicas.js';
import { createTicketQueries } from './replica/ticket.queries.js';
import { createDueSchedules, createReportFiles, createReportSchedules } from './report-schedule/report-schedule.repository.js';
import { createReadPeriod, createZoneOf } from './tenant-period.js';

/** Brings what texts are compared by in line with this version. */
const createRenewKeys = (platform: Platform) =>
  createDerivedUpkeep({ ...platform, scheme: WORD_SCHEME }, [
    createRefreshDerived<Repair & Replicated>(platform, { collection: 'repairs', derive: () => Promise.resolve(withKeysAnew) }),
    createRefreshDerived<Asset & Replicated>(platform, { collection: 'assets', derive: () => Promise.resolve(assetKeysOf) }),
    createRefreshDerived<KnowledgeCase>(platform, {
      collection: 'knowledge_cases',
      leaveOut: ['earlier'],
      derive: () => Promise.resolve(({ device }) => keysOf(device)),
    }),
  ]);

/** How every other service is asked. */
type Others = Owners & Readonly<Record<Exclude<ServiceName, 'reports'>, InternalClient>>;

/** What reports may be given from outside: how the other services are asked; default: over HTTP at `TICKETS_URL` and the like. */
export type ReportsOptions = Partial<Others>;

/** A page of tickets with their timelines takes longer than other answers; in ms. */
const PAGE_TIMEOUT_MS = 20_000;

const othersOverHttp = ({ serviceTokens: tokens }: Platform, config: ReportsConfig): Others => {
  const at = (service: string, baseUrl: string) => createInternalClient({ service, baseUrl, tokens, timeoutMs: PAGE_TIMEOUT_MS });
  return {
    auth: at('auth', config.AUTH_URL),
    assets: at('assets', config.ASSETS_URL),
    billing: at('billing', config.BILLING_URL),
    notifications: at('notifications', config.NOTIFICATIONS_URL),
    tickets: at('tickets', config.TICKETS_URL),
  };
};

/** Everything the use cases are made with; each takes the few it needs. */
export const createDependencies = (platform: Platform, config: ReportsConfig, outside: ReportsOptions = {}) => {
  const collections = {
    ...createReplicas(platform),
    outcomes: createOutcomeStore(platform),
    rebuilds: createRebuildRepository(platform),
    openRebuilds: createAcrossTenants(platform, REBUILDS, [{ key: { open: 1 } }]),
    knowledgeCases: createKnowledgeCases(platform),
    uses: createUses(platform),
    reportSchedules: createReportSchedules(platform),
    dueSchedules: createDueSchedules(platform),
    reportFiles: createReportFiles(platform),
  };
  const zoneOf = createZoneOf(collections.settings, config.DEFAULT_TIMEZONE);
  const counting = createCounting(platform, zoneOf);
  const others = { ...othersOverHttp(platform, config), ...outside };
  return {
    ...collections,
    pageCookies: pageCookiesOf(config.PUBLIC_URL),
    clock: platform.clock,
    ids: platform.ids,
    log: platform.log,
    zoneOf,
    ticketQueries: createTicketQueries(platform),
    repeatRepairs: createRepeatRepairs(counting),
    openAmounts: createOpenAmounts({ ...counting, zoneOf }),
    equipmentQueries: createEquipmentQueries(platform),
    equipmentRates: createEquipmentRates(platform, collections),
    caseIndexes: createCaseIndexes(platform),
    renewKeys: createRenewKeys(platform),
    ...counting,
    rebuildRules,
    rebuild: createRunRebuilds({
      ...collections,
      rebuildRules,
      clock: platform.clock,
      phases: createPhases({ ...collections, ...counting, owners: others }),
    }),
    readPeriod: createReadPeriod(zoneOf),
    parkedDoors: createParkedDoors(platform, others),
    /** Whatever has indexes. */
    repositories: Object.values(collections),
  };
};

export type Dependencies = ReturnType<typeof createDependencies>;
