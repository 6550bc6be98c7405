import { stale } from '@riparo/shared/errors/common-errors';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import type { Deps } from '../deps.js';
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
  ({ preferences }: Pick<Deps, 'preferences'>) =>
  async ({ caller, body, ifMatch }: Call<Preferences>): Promise<Reply> => {
    const mine = preferences.in(caller.tenantId);
    const chosen = { categories: body.categories, colleagues: body.colleagues, customerId: caller.customerId };
    const known = await mine.update(caller.userId, (state) => ({ state: { ...state, ...chosen } }), { ifMatch });
    if (known === undefined && ifMatch !== undefined && ifMatch !== 0) throw stale(0);
    const inserted = known ?? (await mine.insert({ id: caller.userId, ...chosen }));
    // Two first writes at once: the insert answered what the other one stored.
    const saved = known ?? (await mine.update(caller.userId, (state) => ({ state: { ...state, ...chosen } }))) ?? inserted;
    return ok({ ...effective(saved), version: saved.version });
  };
