import { noContent } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { AuditTrail } from '../audit/audit-trail.js';
import type { OpenWork } from '../open-work/open-work.replica.js';
import { closeCustomer as decide } from './customer.js';
import { customerHasOpenWork, customerNotFound } from './customer.errors.js';
import type { CustomerRepository } from './customer.repository.js';

interface Deps {
  readonly customers: CustomerRepository;
  readonly openWork: OpenWork;
  readonly trail: AuditTrail;
}

/** The record stays, as CLOSED: invoices and repairs refer to it. */
export const closeCustomer =
  ({ customers, openWork, trail }: Deps) =>
  async (call: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { caller, params, ifMatch } = call;
    const { tenantId } = caller;
    const open = await openWork.in(tenantId).count({ customerId: params.id, open: true });
    if (open > 0) throw customerHasOpenWork(open);
    const customer = await customers.in(tenantId).update(params.id, decide, ifMatch === undefined ? {} : { ifMatch });
    if (customer === undefined) throw customerNotFound();
    await trail.record(tenantId, call, { type: 'CUSTOMER_CLOSED', details: { customerId: customer.id } });
    return noContent();
  };
