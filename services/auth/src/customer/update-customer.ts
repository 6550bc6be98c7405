import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf } from '@riparo/shared/http/schemas';
import type { ObjectSchema } from 'joi';
import { auditTask, entailing } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import { changeEntry } from './change-entry.js';
import { changeCustomer } from './customer.js';
import { customerNotFound } from './customer.errors.js';
import type { CustomerRepository } from './customer.repository.js';
import { customerSchema, type CustomerData } from '@riparo/shared/http/customer-schema';
import { customerView } from './customer.view.js';

interface Body extends CustomerData {
  /** Closing has its own call, which looks for open work. */
  readonly status?: 'ACTIVE' | 'SUSPENDED';
}

export const updateCustomerInput = {
  body: customerSchema.append({ status: oneOf(['ACTIVE', 'SUSPENDED']) }) as unknown as ObjectSchema<Body>,
};

interface Deps {
  readonly customers: CustomerRepository;
  readonly customerTasks: TaskRunner;
}

export const updateCustomer =
  ({ customers, customerTasks }: Deps) =>
  async (call: Call<Body, unknown, { id: string }>): Promise<Reply> => {
    const { caller, params, body, ids, ifMatch } = call;
    const { status, ...data } = body;
    const customer = await customers.in(caller.tenantId).update(
      params.id,
      (state) => {
        const changed = changeCustomer(state, data, status);
        return entailing(state, changed, auditTask(ids, call, changeEntry(state, changed.state)));
      },
      ifMatch === undefined ? {} : { ifMatch },
    );
    if (customer === undefined) throw customerNotFound();
    await customerTasks.run(caller.tenantId, customer.id);
    return ok(customerView(customer));
  };
