import { created } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { customerCreated, newCustomer } from './customer.js';
import type { CustomerRepository } from './customer.repository.js';
import { customerSchema, type CustomerData } from '@riparo/shared/http/customer-schema';
import { customerView } from './customer.view.js';
import { findDuplicates } from './duplicates.js';

export const createCustomerInput = { body: customerSchema };

/** A customer who came to the desk: nobody can sign in for them until somebody is invited. */
export const createCustomer =
  ({ customers }: { customers: CustomerRepository }) =>
  async ({ caller, body, ids }: Call<CustomerData>): Promise<Reply> => {
    const customer = await customers.in(caller.tenantId).insert({ ...newCustomer(ids.next(), body), tasks: [] }, customerCreated);
    const possibleDuplicates = await findDuplicates(customers, caller.tenantId, customer.id, body);
    return created(`/customers/${customer.id}`, { ...customerView(customer), possibleDuplicates });
  };
