import { noContent } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { auditTask, entailing } from '../task/task.js';
import type { TaskRunner } from '../task/task-runner.js';
import type { OpenWork } from './open-work.js';
import { closeCustomer as decide } from './customer.js';
import { customerHasOpenWork, customerNotFound } from './customer.errors.js';
import type { CustomerRepository } from './customer.repository.js';

interface Deps {
  readonly customers: CustomerRepository;
  readonly openWork: OpenWork;
  readonly customerTasks: TaskRunner;
}

/** The record stays, as CLOSED: invoices and repairs refer to it. Nobody can be signed in for it any more. */
export const closeCustomer =
  ({ customers, openWork, customerTasks }: Deps) =>
  async (call: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { caller, params, ids, now, ifMatch } = call;
    const { tenantId } = caller;
    const tenant = customers.in(tenantId);
    if ((await tenant.find(params.id)) === undefined) throw customerNotFound();
    const open = await openWork.of(tenantId, params.id);
    if (Object.values(open).some((count) => count > 0)) throw customerHasOpenWork(open);
    const audit = auditTask(ids, call, { type: 'CUSTOMER_CLOSED', subjectCustomerId: params.id });
    const sessions = { id: ids.next(), kind: 'END_SESSIONS', at: now } as const;
    await tenant.update(params.id, (state) => entailing(state, decide(state), audit, sessions), ifMatch === undefined ? {} : { ifMatch });
    await customerTasks.run(tenantId, params.id);
    return noContent();
  };
