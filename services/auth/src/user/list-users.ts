import { USER_STATUSES, type UserStatus } from '@riparo/shared/contracts/enums';
import { isCustomerRole, ROLES, type Role } from '@riparo/shared/contracts/roles';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf, uuid } from '@riparo/shared/http/schemas';
import { searchText } from '@riparo/shared/http/search';
import { customerNotFound } from '../customer/customer.errors.js';
import { personFilter } from '../person-words.js';
import type { EmailFailures } from '../email-failure/email-failures.js';
import type { SignInRecords } from '../session/sign-in-record.repository.js';
import type { UserRepository } from './user.repository.js';
import { userView } from './user.view.js';

interface Filters {
  readonly role?: Role;
  readonly status?: UserStatus;
  readonly customerId?: string;
  readonly search?: string;
}

export const listUsersInput = {
  query: pageQuery<Filters>(['createdAt', 'name'], {
    role: oneOf(ROLES),
    status: oneOf(USER_STATUSES),
    customerId: uuid(),
    search: searchText('name, e-mail and phone'),
  }),
};

interface Deps {
  readonly users: UserRepository;
  readonly records: SignInRecords;
  readonly emailFailures: EmailFailures;
}

/** Everybody for administrators; their own people for a customer's administrator. */
export const listUsers =
  ({ users, records, emailFailures }: Deps) =>
  async ({ caller, query }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const { page, pageSize, sort, search, ...exact } = query;
    if (isCustomerRole(caller.role) && exact.customerId !== undefined && exact.customerId !== caller.customerId) throw customerNotFound();
    const own = isCustomerRole(caller.role) ? { customerId: caller.customerId ?? '' } : {};
    const filter = { ...exact, ...own, ...personFilter(search) };
    const found = await users.in(caller.tenantId).page({ filter, sort: toSort(sort), page, pageSize });
    const lastLogins = await records.lastLogins(
      caller.tenantId,
      found.items.map(({ id }) => id),
    );
    const failureOf = await emailFailures.of(
      caller.tenantId,
      found.items.map(({ email }) => email),
    );
    return list({ ...found, items: found.items.map((user) => userView(user, lastLogins.get(user.id), failureOf(user.email))) });
  };
