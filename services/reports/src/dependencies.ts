import type { Platform } from '@riparo/shared/composition/platform';
import { createDerivedUpkeep } from '@riparo/shared/persistence/derived-upkeep';
import { createRefreshDerived } from '@riparo/shared/persistence/refresh-derived';
import type { Replicated } from '@riparo/shared/persistence/replica';
import { WORD_SCHEME } from '@riparo/shared/text/search-words';
import type { ReportsConfig } from './config.js';
import { createCounting } from './counting/create-counting.js';
import { createEquipmentQueries } from './equipment/equipment.queries.js';
import type { Asset } from './equipment/asset.js';
import { keysOf as assetKeysOf } from './equipment/asset.js';
import { createKnowledgeCases } from './knowledge/knowledge.repository.js';
import { keysOf, type KnowledgeCase } from './knowledge/knowledge-case.js';
import { createCaseIndexes } from './knowledge/search/case-indexes.js';
import { createUses } from './knowledge/useful/uses.js';
import { createOutcomeStore } from './outcome/outcome.store.js';
import { createPartsUsed } from './parts-report/get-parts-report.js';
import { createOpenAmounts } from './open-amounts/get-open-amounts.js';
import { createQuotesSent } from './quote-report/get-quote-report.js';
import { createRepeatRepairs } from './repeat-report/repeat-repairs.js';
import { withKeysAnew, type Repair } from './replica/repair.js';
import { createReplicas } from './replica/replicas.js';
import { createTicketQueries } from './replica/ticket.queries.js';
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

/** Everything the use cases are made with; each takes the few it needs. */
export const createDependencies = (platform: Platform, config: ReportsConfig) => {
  const collections = {
    ...createReplicas(platform),
    outcomes: createOutcomeStore(platform),
    knowledgeCases: createKnowledgeCases(platform),
    uses: createUses(platform),
  };
  const zoneOf = createZoneOf(collections.settings, config.DEFAULT_TIMEZONE);
  return {
    ...collections,
    ticketQueries: createTicketQueries(platform),
    partsUsed: createPartsUsed(platform),
    quotesSent: createQuotesSent(platform),
    repeatRepairs: createRepeatRepairs(platform),
    openAmounts: createOpenAmounts(platform),
    equipmentQueries: createEquipmentQueries(platform),
    caseIndexes: createCaseIndexes(platform),
    renewKeys: createRenewKeys(platform),
    ...createCounting(platform, zoneOf),
    readPeriod: createReadPeriod(zoneOf),
    /** Whatever has indexes. */
    repositories: Object.values(collections),
  };
};

export type Dependencies = ReturnType<typeof createDependencies>;
