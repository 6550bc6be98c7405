import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { refuseStaleVersion } from '@riparo/shared/persistence/if-match';
import Joi from 'joi';
import { smsStopOf } from './get-preferences.js';
import type { Dependencies } from '../dependencies.js';
import { oneOf } from '@riparo/shared/http/schemas';
import { DIGESTS, effective, SWITCHABLE_CATEGORIES, type Preferences, type QuietHours } from './preference.js';

const switches = Joi.object({
  email: Joi.boolean().default(true),
  sms: Joi.boolean().default(true),
  inApp: Joi.boolean().default(true),
});

const time = () =>
  Joi.string()
    .pattern(/^(?:[01]\d|2[0-3]):[0-5]\d$/)
    .messages({ 'string.pattern.base': 'must be a time of day, such as 22:00' })
    .required();
const quietHours = Joi.object<QuietHours>({
  from: time(),
  to: time().invalid(Joi.ref('from')).messages({ 'any.invalid': 'must be another time than `from`' }),
}).description(
  "When mails and text messages wait that are not urgent, on the centre's wall clock; over midnight when `from` is later than `to`. Missing: never.",
);

/** SECURITY is not among the categories: nobody can switch it off. */
export const putPreferencesSchema = Joi.object<Preferences>({
  categories: Joi.object(Object.fromEntries(SWITCHABLE_CATEGORIES.map((category) => [category, switches]))).required(),
  colleagues: Joi.boolean().default(false),
  quietHours,
  digest: oneOf(DIGESTS).default('NONE'),
});

export const putPreferences =
  (deps: Pick<Dependencies, 'preferences' | 'chosen' | 'users' | 'stoppedNumbers'>) =>
  async ({ caller, body, ifMatch }: Call<Preferences>): Promise<Reply> => {
    const { preferences, chosen } = deps;
    const mine = preferences.in(caller.tenantId);
    const { categories, colleagues, quietHours: quiet, digest } = body;
    const choice = { categories, colleagues, digest, quietHours: quiet, customerId: caller.customerId };
    const change = () => mine.update(caller.userId, (state) => ({ state: { ...state, ...choice } }), { ifMatch });
    const before = await change();
    if (before === undefined) refuseStaleVersion(ifMatch, 0);
    const inserted = before ?? (await mine.insert({ id: caller.userId, ...choice }));
    // Two first writes at once: the insert answered what the other one stored.
    const saved = before ?? (await mine.update(caller.userId, (state) => ({ state: { ...state, ...choice } }))) ?? inserted;
    chosen.forget(caller.tenantId, caller.userId, caller.customerId);
    const stop = await smsStopOf(deps, caller.tenantId, caller.userId);
    return ok({ ...effective(saved), ...stop, version: saved.version });
  };
