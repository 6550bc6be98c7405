import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import { repairNotFound } from './repair.errors.js';
import { QUEUE, type RepairState } from './repair.js';

type Seen = Pick<RepairState, 'customerId' | 'holder'>;

/** Customers see their own, technicians what they have and the queue, the desk everything. */
export const maySee = (caller: Caller, { customerId, holder }: Seen): boolean => {
  if (caller.customerId !== undefined) return caller.customerId === customerId;
  return isDesk(caller.role) || holder === caller.userId || holder === QUEUE;
};

/** The repair, or the same 404 for one that is not there and one that is not theirs. */
export const visibleTo = <T extends Seen>(caller: Caller, repair: T | undefined): T => {
  if (repair === undefined || !maySee(caller, repair)) throw repairNotFound();
  return repair;
};
