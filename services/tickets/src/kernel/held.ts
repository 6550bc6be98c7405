import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import type { DomainError } from '@riparo/shared/errors/domain-error';

/** Holder of open work that waits for a technician. */
export const QUEUE = 'QUEUE';
/** Holder of finished work that never had an assignee. */
export const NOBODY = 'NONE';
/** The due order of work without a due time: it sorts behind every real date. */
export const NEVER = new Date('9999-12-31T00:00:00Z');

/** Fields that tickets and repairs share: the customer, and the holder, in whose list the work is. */
export interface Held {
  readonly customerId: string;
  /** The assignee's id, `QUEUE` or `NOBODY`. */
  readonly holder: string;
}

export const isStaffCaller = ({ customerId }: Caller): boolean => customerId === undefined;

/** Customers see their own work. Technicians see the work that they hold and the queue. The desk sees all work. */
export const maySee = (caller: Caller, { customerId, holder }: Held): boolean => {
  if (!isStaffCaller(caller)) return caller.customerId === customerId;
  return isDesk(caller.role) || holder === caller.userId || holder === QUEUE;
};

/**
 * Makes the check at the beginning of every use case. It returns the ticket or repair; one that does not exist and one
 * that the caller may not see get the same 404.
 */
export const visibleOr =
  (notFound: () => DomainError) =>
  <T extends Held>(caller: Caller, found: T | undefined): T => {
    if (found === undefined || !maySee(caller, found)) throw notFound();
    return found;
  };
