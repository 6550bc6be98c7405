import type { DomainError } from '@riparo/shared/errors/domain-error';
import type { CustomerRepository } from '../customer/customer.repository.js';
import type { UserState } from '../user/user.js';
import { accountClosed, statusRefusal } from './session.errors.js';

/** Why nobody may be signed in to this account at this moment; `undefined` when they may. Every way to a token asks it. */
export type SignInRefusal = (tenantId: string, user: UserState) => Promise<DomainError | undefined>;

export const createSignInRefusal =
  (customers: CustomerRepository): SignInRefusal =>
  async (tenantId, user) => {
    const refused = statusRefusal(user);
    if (refused !== undefined || user.customerId === undefined) return refused;
    const customer = await customers.in(tenantId).find(user.customerId);
    return customer?.status === 'CLOSED' ? accountClosed() : undefined;
  };
