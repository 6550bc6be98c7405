import type { Platform } from '@riparo/shared/composition/platform';
import type { ReportsConfig } from './config.js';
import { createOutcomeStore } from './outcome/outcome.store.js';
import { createEquipmentQueries } from './equipment/equipment.queries.js';
import { createRepairQueries } from './replica/repair.queries.js';
import { createReplicas } from './replica/replicas.js';
import { createTicketQueries } from './replica/ticket.queries.js';
import { createReadPeriod } from './tenant-period.js';

/** Everything that reports are made with. */
export const createStore = (platform: Platform, config: ReportsConfig) => {
  const replicas = createReplicas(platform);
  const outcomes = createOutcomeStore(platform);
  return {
    ...replicas,
    outcomes,
    ticketQueries: createTicketQueries(platform),
    repairQueries: createRepairQueries(platform),
    equipmentQueries: createEquipmentQueries(platform),
    readPeriod: createReadPeriod(replicas.settings, config.DEFAULT_TIMEZONE),
    /** Whatever has indexes. */
    collections: [replicas.users, replicas.settings, replicas.tickets, replicas.repairs, outcomes],
  };
};
export type Store = ReturnType<typeof createStore>;
