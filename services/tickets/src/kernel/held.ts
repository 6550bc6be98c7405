import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import type { DomainError } from '@riparo/shared/errors/domain-error';

/** Holder of what waits for somebody to take it. */
export const QUEUE = 'QUEUE';
/** Holder of what is done and was never given to anybody. */
export const NOBODY = 'NONE';
/** Sorts behind every date: the due order of what has no due time. */
export const NEVER = new Date('9999-12-31T00:00:00Z');

/** What tickets and repairs have in common: a customer whose it is, and a list in which it stands. */
export interface Held {
  readonly customerId: string;
  /** The assignee's id, `QUEUE` or `NOBODY`. */
  readonly holder: string;
}

export const isStaffCaller = ({ customerId }: Caller): boolean => customerId === undefined;

/** Customers see their own. Technicians see what they hold and the queue. The desk sees everything. */
export const maySee = (caller: Caller, { customerId, holder }: Held): boolean => {
  if (!isStaffCaller(caller)) return caller.customerId === customerId;
  return isDesk(caller.role) || holder === caller.userId || holder === QUEUE;
};

/** Makes the check in front of every use case: the thing itself, or the same 404 for one that is not there and one that is not theirs. */
export const visibleOr =
  (notFound: () => DomainError) =>
  <T extends Held>(caller: Caller, found: T | undefined): T => {
    if (found === undefined || !maySee(caller, found)) throw notFound();
    return found;
  };
