import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { auditTask, entailing } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import { changeEntry } from './change-entry.js';
import { changeCustomer } from './customer.js';
import { customerNotFound } from './customer.errors.js';
import type { CustomerRepository } from './customer.repository.js';
import { profileSchema, type ProfileBody } from './customer.schema.js';
import { profileView } from './customer.view.js';
import { mergeProfile } from './merge-profile.js';
import { refuseForeignCustomer } from './own-customer.js';

export const putProfileInput = { body: profileSchema };

interface Deps {
  readonly customers: CustomerRepository;
  readonly customerTasks: TaskRunner;
}

/** Contact, address and fiscal fields; the status stays the desk's business. */
export const putProfile =
  ({ customers, customerTasks }: Deps) =>
  async (call: Call<ProfileBody, unknown, { id: string }>): Promise<Reply> => {
    const { caller, params, body, ids, ifMatch } = call;
    refuseForeignCustomer(caller, params.id);
    const customer = await customers.in(caller.tenantId).update(
      params.id,
      (state) => {
        const changed = changeCustomer(state, mergeProfile(state, body));
        return entailing(state, changed, auditTask(ids, call, changeEntry(state, changed.state)));
      },
      ifMatch === undefined ? {} : { ifMatch },
    );
    if (customer === undefined) throw customerNotFound();
    await customerTasks.run(caller.tenantId, customer.id);
    return ok(profileView(customer));
  };
