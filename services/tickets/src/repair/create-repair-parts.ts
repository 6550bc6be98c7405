import type { Platform } from '@riparo/shared/runtime/platform';
import type { TicketsConfig } from '../config.js';
import type { Replicas } from '../replica/replicas.js';
import { createCurrencyOf } from './currency.js';
import { createGiveBackRepairs } from './give-back-repairs.js';
import type { Repairs } from './repair.repository.js';

/** Wires the repair desk; the repairs themselves are made before, because files and appointments look at them too. */
export const createRepairParts = (
  { clock, ids }: Pick<Platform, 'clock' | 'ids'>,
  config: Pick<TicketsConfig, 'DEFAULT_CURRENCY'>,
  { repairs, replicas }: { readonly repairs: Repairs; readonly replicas: Replicas },
) => ({
  deps: {
    repairs,
    currencyOf: createCurrencyOf(replicas, config.DEFAULT_CURRENCY),
    giveBackRepairs: createGiveBackRepairs({ repairs, clock, ids }),
  },
});
