import { DEFAULT_TENANT } from '@riparo/shared/contracts/caller';
import { created, ok } from '@riparo/shared/http/reply';
import { customerSchema, type CustomerData } from '@riparo/shared/http/customer-schema';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { DuplicateKeyError } from '@riparo/shared/errors/duplicate-key-error';
import Joi from 'joi';
import { customerCreated, dataOf, newCustomer, published, type Customer } from './customer.js';
import { customerAmbiguous, customerNotFound } from './customer.errors.js';
import type { CustomerRepository } from './customer.repository.js';
import type { UserRepository } from '../user/user.repository.js';
import { findSameCustomer, identityOf } from './same-customer.js';

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

/** Events tell no street; for who needs a place for a device of theirs. */
export const internalGetAddress =
  ({ customers }: { customers: CustomerRepository }) =>
  async ({ params, query: { tenantId } }: PublicCall<unknown, Query, { id: string }>): Promise<Reply> => {
    const customer = await customers.in(tenantId).find(params.id);
    if (customer === undefined) throw customerNotFound();
    const { billingAddress } = customer;
    return ok(billingAddress === undefined ? {} : { billingAddress });
  };

/** Whom a document is made out to. Events tell neither street nor fiscal data, because few services need them. */
export const internalGetBuyer =
  ({ customers }: { customers: CustomerRepository }) =>
  async ({ params, query: { tenantId } }: PublicCall<unknown, Query, { id: string }>): Promise<Reply> => {
    const customer = await customers.in(tenantId).find(params.id);
    if (customer === undefined) throw customerNotFound();
    return ok({ id: customer.id, ...dataOf(customer) });
  };

export const internalFindOrMakeCustomerInput = { query, body: customerSchema };

/** For the intake at the counter, which takes customer and device in one form; repeating it makes nobody twice. */
export const internalFindOrMakeCustomer =
  ({ customers, users }: { customers: CustomerRepository; users: UserRepository }) =>
  async ({ body, ids, query: { tenantId } }: PublicCall<CustomerData, Query>): Promise<Reply> => {
    const answer = (customer: Customer, isNew: boolean) => ({ ...published(customer), version: customer.version, isNew });
    const find = async (): Promise<Customer | undefined> => {
      const { customer, candidates } = await findSameCustomer({ customers, users }, tenantId, body);
      if (candidates.length > 0) throw customerAmbiguous(candidates);
      return customer;
    };
    const known = await find();
    if (known !== undefined) return ok(answer(known, false));
    const draft = { ...newCustomer(ids.next(), body), intakeKeys: identityOf(body), tasks: [] };
    try {
      const made = await customers.in(tenantId).insert(draft, customerCreated);
      return created(`/customers/${made.id}`, answer(made, true));
    } catch (error) {
      const overtakenBy = error instanceof DuplicateKeyError ? await find() : undefined;
      if (overtakenBy === undefined) throw error;
      return ok(answer(overtakenBy, false));
    }
  };
