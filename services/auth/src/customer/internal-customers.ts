import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { created, ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import Joi from 'joi';
import { customerCreated, newCustomer, published, type Customer, type CustomerData } from './customer.js';
import { customerNotFound } from './customer.errors.js';
import type { CustomerRepository } from './customer.repository.js';
import { customerSchema } from './customer.schema.js';

interface Query {
  readonly tenantId: string;
}

const query = Joi.object<Query>({ tenantId: Joi.string().max(64).default(DEFAULT_TENANT) });

export const internalGetCustomerInput = { query };

/** For a service whose replica lacks a customer that was made a moment ago. */
export const internalGetCustomer =
  ({ customers }: { customers: CustomerRepository }) =>
  async ({ params, query: { tenantId } }: PublicCall<unknown, Query, { id: string }>): Promise<Reply> => {
    const customer = await customers.in(tenantId).find(params.id);
    if (customer === undefined) throw customerNotFound();
    return ok({ ...published(customer), version: customer.version });
  };

export const internalFindOrMakeCustomerInput = { query, body: customerSchema };

/** One and the same: the fiscal code or VAT number says so, or else name and e-mail together. */
const sameCustomer = ({ fiscalCode, vatNumber, name, surname, contactEmail }: CustomerData): object => ({
  status: { $ne: 'CLOSED' },
  $or: [
    ...(fiscalCode === undefined ? [] : [{ fiscalCode }]),
    ...(vatNumber === undefined ? [] : [{ vatNumber }]),
    { contactEmail, name, ...(surname === undefined ? {} : { surname }) },
  ],
});

/** For the intake at the counter, which takes customer and device in one form; repeating it makes nobody twice. */
export const internalFindOrMakeCustomer =
  ({ customers }: { customers: CustomerRepository }) =>
  async ({ body, ids, query: { tenantId } }: PublicCall<CustomerData, Query>): Promise<Reply> => {
    const tenant = customers.in(tenantId);
    const [known] = await tenant.list(sameCustomer(body), { sort: { id: 1 }, limit: 1 });
    const customer: Customer = known ?? (await tenant.insert({ ...newCustomer(ids.next(), body), tasks: [] }, customerCreated));
    const data = { ...published(customer), version: customer.version };
    return known === undefined ? created(`/customers/${customer.id}`, data) : ok(data);
  };
