import type { RepairAbandonedV1, RepairPickupNoticeDueV1 } from '@riparo/shared/contracts/repair-money.events';
import { nonZero, toCustomer } from './repair-notices.js';
import type { NoticesOf } from './ticket-notices.js';

/** The first is friendly; the last says after which day the device may be given up. */
export const notifyPickup: NoticesOf<RepairPickupNoticeDueV1> = ({ data }) => {
  const { repair, notice, isLast, readyOn, givenUpAfter, storageFee } = data;
  const more = {
    left: repair.amountLeft && nonZero(repair.amountLeft),
    again: notice > 1 ? true : undefined,
    last: isLast ? true : undefined,
    storageFee: nonZero(storageFee),
    ...{ readyOn, givenUpAfter },
  };
  return [{ ...toCustomer(repair, 'repair-pickup-notice', { more }), pickupNotice: { repairId: repair.id, notice } }];
};

export const notifyAbandoned: NoticesOf<RepairAbandonedV1> = ({ data: { repair } }) => [
  toCustomer(repair, 'repair-abandoned', { more: { left: repair.amountLeft && nonZero(repair.amountLeft) } }),
];
