import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Chosen } from '../preference/chosen.js';
import type { PreferenceEntity } from '../preference/preference.js';
import { addressId } from '../unsubscribe/address-id.js';
import { toE164 } from './e164.js';

/** Numbers whose owners have answered STOP. The provider's account and its numbers are the installation's, so a STOP counts for all tenants. */
export interface StoppedNumbers {
  has(phone: string): Promise<boolean>;
  set(phone: string, isStopped: boolean): Promise<void>;
}

export const createStoppedNumbers = (preferences: Repository<PreferenceEntity>, chosen: Pick<Chosen, 'of' | 'forget'>): StoppedNumbers => {
  const idOf = (phone: string): string => addressId(toE164(phone) ?? phone);
  return {
    has: async (phone) => (await chosen.of(DEFAULT_TENANT, idOf(phone)))?.smsStopped === true,
    set: async (phone, smsStopped) => {
      const [id, all] = [idOf(phone), preferences.in(DEFAULT_TENANT)];
      const change = () => all.update(id, (state) => ({ state: { ...state, smsStopped } }));
      if ((await change()) === undefined) {
        await all.insert({ id, categories: {}, colleagues: false, smsStopped });
        await change();
      }
      chosen.forget(DEFAULT_TENANT, id, undefined);
    },
  };
};
