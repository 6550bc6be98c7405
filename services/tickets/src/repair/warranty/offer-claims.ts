import type { Caller } from '@riparo/shared/contracts/caller';
import { localDateOf } from '../../kernel/day-or-instant.js';
import { isStaffCaller } from '../../kernel/held.js';
import type { RepairDeps } from '../dependencies.js';
import { isInWork, type RepairState } from '../repair.js';
import { shownClaim } from './work-warranty.js';

/** What a repair can be a claim of, for staff while there is work to do; nothing where it is a claim already. */
export const offerClaims = async ({ claims, rulesOf }: Pick<RepairDeps, 'claims' | 'rulesOf'>, caller: Caller, repair: RepairState) => {
  const { status, warrantyClaimOf, customerId, assetId, device, createdAt } = repair;
  if (!isStaffCaller(caller) || !isInWork(status) || warrantyClaimOf !== undefined) return {};
  const { timeZone } = await rulesOf(caller.tenantId);
  const day = localDateOf(createdAt, timeZone);
  const found = await claims.claimable(caller.tenantId, { customerId, assetId, serialNumber: device.serialNumber, day });
  return found.length === 0 ? {} : { claimableWarranties: found.map(shownClaim) };
};
