import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { refuseStaleVersion } from '@riparo/shared/persistence/if-match';
import Joi from 'joi';
import type { Dependencies } from '../dependencies.js';
import { effective, SWITCHABLE_CATEGORIES, type Preferences } from './preference.js';

const switches = Joi.object({
  email: Joi.boolean().default(true),
  sms: Joi.boolean().default(true),
  inApp: Joi.boolean().default(true),
});

/** SECURITY is not among the categories: nobody can switch it off. */
export const putPreferencesSchema = Joi.object<Preferences>({
  categories: Joi.object(Object.fromEntries(SWITCHABLE_CATEGORIES.map((category) => [category, switches]))).required(),
  colleagues: Joi.boolean().default(false),
});

export const putPreferences =
  ({ preferences, chosen }: Pick<Dependencies, 'preferences' | 'chosen'>) =>
  async ({ caller, body, ifMatch }: Call<Preferences>): Promise<Reply> => {
    const mine = preferences.in(caller.tenantId);
    const choice = { categories: body.categories, colleagues: body.colleagues, customerId: caller.customerId };
    const change = () => mine.update(caller.userId, (state) => ({ state: { ...state, ...choice } }), { ifMatch });
    const before = await change();
    if (before === undefined) refuseStaleVersion(ifMatch, 0);
    const inserted = before ?? (await mine.insert({ id: caller.userId, ...choice }));
    // Two first writes at once: the insert answered what the other one stored.
    const saved = before ?? (await mine.update(caller.userId, (state) => ({ state: { ...state, ...choice } }))) ?? inserted;
    chosen.forget(caller.tenantId, caller.userId, caller.customerId);
    return ok({ ...effective(saved), version: saved.version });
  };
