import type { Caller } from '@riparo/shared/contracts/caller';
import type { RepairStatus } from '@riparo/shared/contracts/enums';
import type { ReservationCharge } from '@riparo/shared/contracts/parts.events';
import { isDesk } from '@riparo/shared/contracts/roles';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import type { Repair } from '../../replica/repair.js';
import { deskOnly, repairNotAssignedToYou, repairNotFound, repairWorkEnded } from '../part.errors.js';
import type { FindRepair } from './find-repair.js';

const ENDED: readonly RepairStatus[] = ['COMPLETED', 'REFUSED', 'PAYMENT_PENDING', 'READY_FOR_PICKUP', 'CANCELED', 'CLOSED'];

/** The technician's work has not ended, so parts can be needed. */
export const isInWork = ({ status, outcome }: Pick<Repair, 'status' | 'outcome'>): boolean =>
  outcome === undefined && !ENDED.includes(status);

const isTheirs = ({ assignedToUserId }: Repair, { role, userId }: Caller): boolean => isDesk(role) || assignedToUserId === userId;

/** Only the desk gives away a part where no warranty holds. */
const mayCharge = ({ underWarranty }: Repair, { role }: Caller, charge: ReservationCharge | undefined): boolean =>
  charge !== 'WARRANTY' || isDesk(role) || underWarranty === true;

/**
 * Technicians reserve for the repairs that are assigned to them, the desk for any that is in work. `charge`: who pays from now
 * on, where that is said.
 */
export const repairInWork = async (
  findRepair: FindRepair,
  caller: Caller,
  repairId: string,
  charge: ReservationCharge | undefined,
): Promise<Repair> => {
  const suits = (known: Repair): boolean => isTheirs(known, caller) && isInWork(known) && mayCharge(known, caller, charge);
  const repair = await findRepair(caller.tenantId, repairId, suits);
  if (repair === undefined) throw repairNotFound();
  if (!isTheirs(repair, caller)) throw repairNotAssignedToYou();
  if (!isInWork(repair)) throw repairWorkEnded(repair.status);
  if (!mayCharge(repair, caller, charge)) throw invalidInput([deskOnly('charge')]);
  return repair;
};
