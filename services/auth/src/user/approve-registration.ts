import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { registrationNotFound } from './user.errors.js';
import { approve } from './user.js';
import type { UserRepository } from './user.repository.js';
import { registrationView } from './user.view.js';

/** Any administrator may decide any registration, also one for ADMIN: domain rule, see "Accounts". */
export const approveRegistration =
  ({ users }: { users: UserRepository }) =>
  async ({ caller, params, now, ifMatch }: Call<unknown, unknown, { userId: string }>): Promise<Reply> => {
    const user = await users.in(caller.tenantId).update(
      params.userId,
      (state) => {
        if (state.registration === undefined) throw registrationNotFound();
        return approve(state, { decidedAt: now, decidedByUserId: caller.userId });
      },
      ifMatch === undefined ? {} : { ifMatch },
    );
    if (user === undefined) throw registrationNotFound();
    return ok(registrationView(user), 'The registration is approved; the person is told by mail.');
  };
