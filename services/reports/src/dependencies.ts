import type { Platform } from '@riparo/shared/composition/platform';
import type { ReportsConfig } from './config.js';
import { createEquipmentQueries } from './equipment/equipment.queries.js';
import { createOutcomeStore } from './outcome/outcome.store.js';
import { createRepairQueries } from './replica/repair.queries.js';
import { createReplicas } from './replica/replicas.js';
import { createTicketQueries } from './replica/ticket.queries.js';
import { createReadPeriod } from './tenant-period.js';

/** Everything the use cases are made with; each takes the few it needs. */
export const createDependencies = (platform: Platform, config: ReportsConfig) => {
  const collections = { ...createReplicas(platform), outcomes: createOutcomeStore(platform) };
  return {
    ...collections,
    ticketQueries: createTicketQueries(platform),
    repairQueries: createRepairQueries(platform),
    equipmentQueries: createEquipmentQueries(platform),
    readPeriod: createReadPeriod(collections.settings, config.DEFAULT_TIMEZONE),
    /** Whatever has indexes. */
    repositories: Object.values(collections),
  };
};

export type Dependencies = ReturnType<typeof createDependencies>;
