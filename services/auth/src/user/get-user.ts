import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { SignInRecords } from '../session/sign-in-record.repository.js';
import { refuseForeignUser } from './user-policy.js';
import { userNotFound } from './user.errors.js';
import type { UserRepository } from './user.repository.js';
import { userView } from './user.view.js';

interface Deps {
  readonly users: UserRepository;
  readonly records: SignInRecords;
}

export const getUser =
  ({ users, records }: Deps) =>
  async ({ caller, params }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const user = await users.in(caller.tenantId).find(params.id);
    if (user === undefined) throw userNotFound();
    refuseForeignUser(caller, user);
    const record = await records.find(caller.tenantId, user.id);
    return ok(userView(user, record?.lastLoginAt));
  };
