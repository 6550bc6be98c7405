import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { EmailFailures } from '../email-failure/email-failures.js';
import { customerNotFound } from './customer.errors.js';
import type { CustomerRepository } from './customer.repository.js';
import { customerView } from './customer.view.js';

export const getCustomer =
  ({ customers, emailFailures }: { customers: CustomerRepository; emailFailures: EmailFailures }) =>
  async ({ caller, params }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const customer = await customers.in(caller.tenantId).find(params.id);
    if (customer === undefined) throw customerNotFound();
    const failureOf = await emailFailures.of(caller.tenantId, [customer.contactEmail]);
    return ok(customerView(customer, failureOf(customer.contactEmail)));
  };
