import type { Caller } from '@riparo/shared/contracts/caller';
import type { RepairStatus } from '@riparo/shared/contracts/enums';
import { isDesk } from '@riparo/shared/contracts/roles';
import type { Repair } from '../../replica/repair.js';
import { repairNotAssignedToYou, repairNotFound, repairWorkEnded } from '../part.errors.js';
import type { FindRepair } from './find-repair.js';

const ENDED: readonly RepairStatus[] = ['COMPLETED', 'REFUSED', 'PAYMENT_PENDING', 'READY_FOR_PICKUP', 'CANCELED', 'CLOSED'];

/** The technician's work has not ended, so parts can be needed. */
export const isInWork = ({ status, outcome }: Pick<Repair, 'status' | 'outcome'>): boolean =>
  outcome === undefined && !ENDED.includes(status);

const isTheirs = ({ assignedToUserId }: Repair, { role, userId }: Caller): boolean => isDesk(role) || assignedToUserId === userId;

/** Technicians reserve for the repairs that are assigned to them, the desk for any that is in work. */
export const repairInWork = async (findRepair: FindRepair, caller: Caller, repairId: string): Promise<Repair> => {
  const repair = await findRepair(caller.tenantId, repairId, (known) => isTheirs(known, caller) && isInWork(known));
  if (repair === undefined) throw repairNotFound();
  if (!isTheirs(repair, caller)) throw repairNotAssignedToYou();
  if (!isInWork(repair)) throw repairWorkEnded(repair.status);
  return repair;
};
