import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import { userNotFound } from './user.errors.js';
import type { UserRepository } from './user.repository.js';
import { profileChanges } from './user.schema.js';
import { changeProfile, type ProfileChange } from './user.js';
import { userView } from './user.view.js';

export const updateMeInput = { body: Joi.object<ProfileChange>(profileChanges).min(1) };

/** One's own profile; role and status are somebody else's to change. */
export const updateMe =
  ({ users }: { users: UserRepository }) =>
  async ({ caller: { tenantId, userId }, body, ifMatch }: Call<ProfileChange>): Promise<Reply> => {
    const user = await users.in(tenantId).update(userId, (state) => changeProfile(state, body), ifMatch === undefined ? {} : { ifMatch });
    if (user === undefined) throw userNotFound();
    return ok(userView(user));
  };
