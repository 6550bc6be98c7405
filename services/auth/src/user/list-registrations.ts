import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import { REGISTRATION_STATUSES, type RegistrationStatus } from './registration.js';
import type { UserRepository } from './user.repository.js';
import { registrationView } from './user.view.js';

interface Filters {
  readonly status?: RegistrationStatus;
}

export const listRegistrationsInput = { query: pageQuery<Filters>(['createdAt'], { status: oneOf(REGISTRATION_STATUSES) }) };

export const listRegistrations =
  ({ users }: { users: UserRepository }) =>
  async ({ caller, query: { page, pageSize, sort, status } }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const filter = { 'registration.status': status ?? { $in: [...REGISTRATION_STATUSES] } };
    const found = await users.in(caller.tenantId).page({ filter, sort: toSort(sort), page, pageSize });
    return list({ ...found, items: found.items.map(registrationView) });
  };
