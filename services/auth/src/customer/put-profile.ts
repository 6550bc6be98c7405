import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { changeCustomer } from './customer.js';
import { customerNotFound } from './customer.errors.js';
import type { CustomerRepository } from './customer.repository.js';
import { profileSchema, type ProfileBody } from './customer.schema.js';
import { profileView } from './customer.view.js';
import { mergeProfile } from './merge-profile.js';
import { refuseForeignCustomer } from './own-customer.js';

export const putProfileInput = { body: profileSchema };

/** Contact, address and fiscal fields; the status stays the desk's business. */
export const putProfile =
  ({ customers }: { customers: CustomerRepository }) =>
  async ({ caller, params, body, ifMatch }: Call<ProfileBody, unknown, { id: string }>): Promise<Reply> => {
    refuseForeignCustomer(caller, params.id);
    const customer = await customers
      .in(caller.tenantId)
      .update(params.id, (state) => changeCustomer(state, mergeProfile(state, body)), ifMatch === undefined ? {} : { ifMatch });
    if (customer === undefined) throw customerNotFound();
    return ok(profileView(customer));
  };
