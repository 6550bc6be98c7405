import type { Caller } from '@riparo/shared/contracts/caller';
import type { RepairStatus } from '@riparo/shared/contracts/enums';
import type { ReservationCharge } from '@riparo/shared/contracts/parts.events';
import type { PublishedPartUse } from '@riparo/shared/contracts/repair-outcome';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { isDesk } from '@riparo/shared/contracts/roles';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import type { Repair } from '../../replica/repair.js';
import { deskOnly, repairNotAssignedToYou, repairNotFound, repairWorkEnded } from '../part.errors.js';
import type { FindRepair } from './find-repair.js';

const ENDED: readonly RepairStatus[] = ['COMPLETED', 'REFUSED', 'PAYMENT_PENDING', 'READY_FOR_PICKUP', 'CANCELED', 'CLOSED'];

/** The technician's work has not ended, so parts can be needed. */
export const isInWork = ({ status, outcome }: Pick<Repair, 'status' | 'outcome'>): boolean =>
  outcome === undefined && !ENDED.includes(status);

/**
 * COMPLETED: what the outcome names is consumed and the rest released. REFUSED and CANCELED release all. The state of the
 * repair decides and not the event, so that any later event makes good for one that was parked. `undefined`: it goes on.
 */
export const usesAtEnd = (repair: PublishedRepair): readonly PublishedPartUse[] | undefined => {
  if (isInWork(repair)) return undefined;
  return repair.outcome?.type === 'COMPLETED' ? (repair.outcome.parts ?? []) : [];
};

export const isTheirRepair = ({ assignedToUserId }: Repair, { role, userId }: Caller): boolean =>
  isDesk(role) || assignedToUserId === userId;

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
  const suits = (known: Repair): boolean => isTheirRepair(known, caller) && isInWork(known) && mayCharge(known, caller, charge);
  const repair = await findRepair(caller.tenantId, repairId, suits);
  if (repair === undefined) throw repairNotFound();
  if (!isTheirRepair(repair, caller)) throw repairNotAssignedToYou();
  if (!isInWork(repair)) throw repairWorkEnded(repair.status);
  if (!mayCharge(repair, caller, charge)) throw invalidInput([deskOnly('charge')]);
  return repair;
};
