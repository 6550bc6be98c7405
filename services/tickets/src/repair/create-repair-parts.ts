import type { InternalClient } from '@riparo/shared/http/internal-client';
import type { Platform } from '@riparo/shared/composition/platform';
import type { TicketsConfig } from '../config.js';
import { createCustomerLookup } from '../replica/customer-lookup.js';
import type { Replicas } from '../replica/replicas.js';
import { createCurrencyOf } from './payment/currency.js';
import { createPasswordVault } from './device-password/device-password.js';
import { createRegisterDevice } from './intake/register-device.js';
import { createGiveBackRepairs } from './give-back-repairs.js';
import { createGuessLimiter } from './public-status/guess-limiter.js';
import type { Repairs } from './repair.repository.js';

interface Parts {
  readonly repairs: Repairs;
  readonly replicas: Replicas;
  readonly assets: InternalClient;
  readonly auth: InternalClient | undefined;
}

/** Wires the repair desk; the repairs themselves are made before, because files and appointments look at them too. */
export const createRepairParts = ({ clock, ids }: Pick<Platform, 'clock' | 'ids'>, config: TicketsConfig, parts: Parts) => {
  const { repairs, replicas, assets, auth } = parts;
  const customerLookup = createCustomerLookup(replicas, auth);
  return {
    deps: {
      repairs,
      currencyOf: createCurrencyOf(replicas, config.DEFAULT_CURRENCY),
      giveBackRepairs: createGiveBackRepairs({ repairs, clock, ids }),
      customerLookup,
      registerDevice: createRegisterDevice(replicas, assets, customerLookup),
      vault: createPasswordVault(config),
      guessLimiter: createGuessLimiter(),
    },
  };
};
