import type { Platform } from '@riparo/shared/composition/platform';
import { createAcrossTenants, momentIndex } from '@riparo/shared/persistence/across-tenants';
import { createDerivedUpkeep } from '@riparo/shared/persistence/derived-upkeep';
import { WORD_SCHEME } from '@riparo/shared/text/search-words';
import type { RepairDeps } from '../repair/dependencies.js';
import type { TicketDeps } from '../ticket/dependencies.js';
import { createRecountDueTimes, type RecountDueTimes } from '../ticket/sla/recount-due-times.js';
import { createRefreshWords, FLAG_SCHEME } from './refresh-words.js';
import { createUpkeepWork, type UpkeepWork } from './run-upkeep.js';
import { createSteps } from './steps.js';
import { createUpkeeps } from './upkeep.repository.js';

type Below = Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf'> & Pick<RepairDeps, 'repairs'>;

/** Dependencies of consumers whose events concern many tickets; each consumer names the few that it needs. */
export interface UpkeepDeps extends Pick<TicketDeps, 'tickets' | 'replicas'>, Pick<RepairDeps, 'repairs'> {
  readonly recountDueTimes: RecountDueTimes;
  readonly work: Pick<UpkeepWork, 'ask' | 'wake'>;
}

/** Of repairs, which have flags beside their words: above that of any earlier version when either of the two goes up. */
const REPAIR_SCHEME = WORD_SCHEME * 1_000 + FLAG_SCHEME;

/** Creates the long work in steps, and the recount of one ticket. */
export const createUpkeepDependencies = (platform: Platform, below: Below) => {
  const { lease, clock, ids, log } = platform;
  const refreshWords = createRefreshWords(platform, below.replicas);
  const upkeeps = createUpkeeps(platform);
  const everywhere = createAcrossTenants(platform, 'upkeep', [momentIndex('dueAt')]);
  const { repairs, ...others } = refreshWords;
  const renewWords = createDerivedUpkeep({ ...platform, scheme: WORD_SCHEME }, Object.values(others));
  const renewRepairs = createDerivedUpkeep({ ...platform, scheme: REPAIR_SCHEME }, [repairs]);
  return {
    work: createUpkeepWork({ upkeeps, everywhere, steps: createSteps(platform, { ...below, refreshWords }), lease, clock, log }),
    /** Brings stored words in line with those of this version. */
    renewWords: async () => {
      await renewWords();
      await renewRepairs();
    },
    recountDueTimes: createRecountDueTimes({ ...below, clock, ids }),
    upkeepStores: [upkeeps, everywhere],
  };
};
