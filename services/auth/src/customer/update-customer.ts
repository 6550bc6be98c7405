import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import type { ObjectSchema } from 'joi';
import { changeCustomer, type CustomerData } from './customer.js';
import { customerNotFound } from './customer.errors.js';
import type { CustomerRepository } from './customer.repository.js';
import { customerSchema } from './customer.schema.js';
import { customerView } from './customer.view.js';

interface Body extends CustomerData {
  /** Closing has its own call, which looks for open work. */
  readonly status?: 'ACTIVE' | 'SUSPENDED';
}

export const updateCustomerInput = {
  body: customerSchema.append({ status: oneOf(['ACTIVE', 'SUSPENDED']) }) as unknown as ObjectSchema<Body>,
};

export const updateCustomer =
  ({ customers }: { customers: CustomerRepository }) =>
  async ({ caller, params, body, ifMatch }: Call<Body, unknown, { id: string }>): Promise<Reply> => {
    const { status, ...data } = body;
    const customer = await customers
      .in(caller.tenantId)
      .update(params.id, (state) => changeCustomer(state, data, status), ifMatch === undefined ? {} : { ifMatch });
    if (customer === undefined) throw customerNotFound();
    return ok(customerView(customer));
  };
