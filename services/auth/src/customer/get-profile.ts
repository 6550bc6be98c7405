import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { customerNotFound } from './customer.errors.js';
import type { CustomerRepository } from './customer.repository.js';
import { profileView } from './customer.view.js';
import { refuseForeignCustomer } from './own-customer.js';

export const getProfile =
  ({ customers }: { customers: CustomerRepository }) =>
  async ({ caller, params }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    refuseForeignCustomer(caller, params.id);
    const customer = await customers.in(caller.tenantId).find(params.id);
    if (customer === undefined) throw customerNotFound();
    return ok(profileView(customer));
  };
