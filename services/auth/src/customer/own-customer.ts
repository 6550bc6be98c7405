import type { Caller } from '@riparo/shared/contracts/caller';
import { isCustomerRole } from '@riparo/shared/contracts/roles';
import { customerNotFound } from './customer.errors.js';

/** For a customer's people no other customer exists. */
export const refuseForeignCustomer = (caller: Caller, customerId: string): void => {
  if (isCustomerRole(caller.role) && caller.customerId !== customerId) throw customerNotFound();
};
