import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Chosen } from '../preference/chosen.js';
import type { PreferenceEntity } from '../preference/preference.js';
import { addressId } from '../unsubscribe/address-id.js';
import { toE164 } from './e164.js';

/** Numbers whose owners have answered STOP. The provider's account and its numbers are the installation's, so a STOP counts for all tenants. */
export interface StoppedNumbers {
  has(phone: string): Promise<boolean>;
  /** Somebody answered; `answerId` is the provider's. The same answer again changes nothing: a call has no date that would show its age. */
  answered(phone: string, isStopped: boolean, answerId: string): Promise<void>;
  /** The provider takes nothing for this number: its owner has answered STOP, and nobody here heard of it. */
  refused(phone: string): Promise<void>;
}

/** Nobody answers STOP and START so often; a call of before that could be sent again. */
const MAX_ANSWERS = 500;

/** State and answer are one write: a crash between the two would lose one of them. */
const afterAnswer = (state: PreferenceEntity, smsStopped: boolean, answerId: string): PreferenceEntity => {
  const { smsAnswers = [] } = state;
  if (smsAnswers.includes(answerId)) return state;
  return { ...state, smsStopped, smsAnswers: [...smsAnswers, answerId].slice(-MAX_ANSWERS) };
};

export const createStoppedNumbers = (preferences: Repository<PreferenceEntity>, chosen: Pick<Chosen, 'of' | 'forget'>): StoppedNumbers => {
  const idOf = (phone: string): string => addressId(toE164(phone) ?? phone);
  const change = async (phone: string, decide: (state: PreferenceEntity) => PreferenceEntity): Promise<void> => {
    const [id, all] = [idOf(phone), preferences.in(DEFAULT_TENANT)];
    const write = () => all.update(id, (state) => ({ state: decide(state) }));
    if ((await write()) === undefined) {
      await all.insert({ id, categories: {}, colleagues: false });
      await write();
    }
    chosen.forget(DEFAULT_TENANT, id, undefined);
  };
  return {
    has: async (phone) => (await chosen.of(DEFAULT_TENANT, idOf(phone)))?.smsStopped === true,
    answered: (phone, isStopped, answerId) => change(phone, (state) => afterAnswer(state, isStopped, answerId)),
    refused: (phone) => change(phone, (state) => ({ ...state, smsStopped: true })),
  };
};
