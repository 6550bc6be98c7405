import { CUSTOMER_STATUSES, CUSTOMER_TYPES, type CustomerStatus, type CustomerType } from '@riparo/shared/contracts/enums';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import { searchText } from '@riparo/shared/http/search';
import type { EmailFailures } from '../email-failure/email-failures.js';
import { personFilter } from '../person-words.js';
import type { CustomerRepository } from './customer.repository.js';
import { customerView } from './customer.view.js';

interface Filters {
  readonly search?: string;
  readonly status?: CustomerStatus;
  readonly type?: CustomerType;
}

export const listCustomersInput = {
  query: pageQuery<Filters>(['createdAt', 'name'], {
    search: searchText('name, e-mail, phone, fiscal code, VAT number and certified e-mail'),
    status: oneOf(CUSTOMER_STATUSES),
    type: oneOf(CUSTOMER_TYPES),
  }),
};

export const listCustomers =
  ({ customers, emailFailures }: { customers: CustomerRepository; emailFailures: EmailFailures }) =>
  async ({ caller, query: { page, pageSize, sort, search, ...exact } }: Call<unknown, PageRequest & Filters>): Promise<Reply> => {
    const filter = { ...exact, ...personFilter(search) };
    const found = await customers.in(caller.tenantId).page({ filter, sort: toSort(sort), page, pageSize });
    const failureOf = await emailFailures.of(
      caller.tenantId,
      found.items.map(({ contactEmail }) => contactEmail),
    );
    return list({ ...found, items: found.items.map((customer) => customerView(customer, failureOf(customer.contactEmail))) });
  };
