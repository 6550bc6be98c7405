import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { EmailFailures } from '../email-failure/email-failures.js';
import type { SignInRecords } from '../session/sign-in-record.repository.js';
import { refuseForeignUser } from './user-policy.js';
import { userNotFound } from './user.errors.js';
import type { UserRepository } from './user.repository.js';
import { userView } from './user.view.js';

interface Deps {
  readonly users: UserRepository;
  readonly records: SignInRecords;
  readonly emailFailures: EmailFailures;
}

export const getUser =
  ({ users, records, emailFailures }: Deps) =>
  async ({ caller, params }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const user = await users.in(caller.tenantId).find(params.id);
    if (user === undefined) throw userNotFound();
    refuseForeignUser(caller, user);
    const record = await records.find(caller.tenantId, user.id);
    const failureOf = await emailFailures.of(caller.tenantId, [user.email]);
    return ok(userView(user, record?.lastLoginAt, failureOf(user.email)));
  };
