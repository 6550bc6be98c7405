import { permissionsOf } from '@riparo/shared/contracts/permissions';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { CustomerRepository } from '../customer/customer.repository.js';
import { customerView } from '../customer/customer.view.js';
import type { EmailFailures } from '../email-failure/email-failures.js';
import type { SignInRecords } from '../session/sign-in-record.repository.js';
import { userNotFound } from './user.errors.js';
import type { UserRepository } from './user.repository.js';
import { userView } from './user.view.js';

interface Deps {
  readonly users: UserRepository;
  readonly customers: CustomerRepository;
  readonly records: SignInRecords;
  readonly emailFailures: EmailFailures;
}

export const getMe =
  ({ users, customers, records, emailFailures }: Deps) =>
  async ({ caller: { tenantId, userId, customerId, role } }: Call): Promise<Reply> => {
    const [user, customer, record] = await Promise.all([
      users.in(tenantId).find(userId),
      customerId === undefined ? undefined : customers.in(tenantId).find(customerId),
      records.find(tenantId, userId),
    ]);
    if (user === undefined) throw userNotFound();
    const failureOf = await emailFailures.of(tenantId, [user.email, customer?.contactEmail]);
    return ok({
      user: userView(user, record?.lastLoginAt, failureOf(user.email)),
      ...(customer === undefined ? {} : { customer: customerView(customer, failureOf(customer.contactEmail)) }),
      permissions: permissionsOf(role),
    });
  };
