import type { Caller } from '@riparo/shared/contracts/caller';
import { invalidInput, notFound } from '@riparo/shared/errors/common-errors';
import { DomainError } from '@riparo/shared/errors/domain-error';
import type { FindCustomer } from './replica/find-customer.js';

const customerNotFound = (): DomainError => notFound('customer');
const customerClosed = (): DomainError =>
  new DomainError('conflict', 'CUSTOMER_CLOSED', 'This customer is closed: nothing can be added for it any more.');

/** Another customer's things do not exist for a customer; staff see all. */
export const mayNotSee = ({ customerId }: Caller, owner: string): boolean => customerId !== undefined && customerId !== owner;

/** The customer that a list is limited to: a customer's own, or the one that staff ask for, if any. */
export const listedCustomer = ({ customerId: own }: Caller, asked: string | undefined): string | undefined => {
  if (own !== undefined && asked !== undefined && asked !== own) throw customerNotFound();
  return own ?? asked;
};

/** Whose the new thing is: the caller's own customer, or the one that staff name. */
export type FindOwner = (caller: Caller, named: string | undefined) => Promise<string>;

export const createFindOwner =
  (findCustomer: FindCustomer): FindOwner =>
  async (caller, named) => {
    const own = listedCustomer(caller, named);
    if (own === undefined) throw invalidInput([{ path: 'customerId', message: 'is required' }]);
    // A customer who just registered may be here before the news of it; the token vouches for them.
    if (caller.customerId === own) return own;
    const customer = await findCustomer(caller.tenantId, own);
    if (customer === undefined) throw customerNotFound();
    if (customer.status === 'CLOSED') throw customerClosed();
    return own;
  };
