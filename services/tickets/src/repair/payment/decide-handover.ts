import type { Stamp } from '../../conversation/stamp.js';
import { movedEntry, movedEvents, movedTo, applyChange } from '../apply-change.js';
import { repairNotPaid } from '../repair.errors.js';
import { amountLeft, type RepairDecision, type RepairState } from '../repair.js';
import { checkTransition } from '../transitions.js';
import { lastDayCovered, warrantyOf, type WarrantyRules } from '../warranty/work-warranty.js';

/** The device can be collected, whether the repair is paid or not. */
export const ready = (before: RepairState, stamp: Stamp): RepairDecision => {
  const { status: from } = before;
  checkTransition(stamp, before, 'READY_FOR_PICKUP');
  return applyChange(
    before,
    {
      state: movedTo(before, 'READY_FOR_PICKUP', stamp.at),
      entries: [movedEntry(from, 'READY_FOR_PICKUP')],
      events: (after) => movedEvents(from, after, stamp),
    },
    stamp,
  );
};

/** Hands the device back. Everything must be paid before, and nothing too much. The warranty on the work begins. */
export const collect = (before: RepairState, collectedBy: string, stamp: Stamp, rules: WarrantyRules): RepairDecision => {
  const { status: from } = before;
  checkTransition(stamp, before, 'CLOSED');
  const left = amountLeft(before);
  if (left.amount > 0) throw repairNotPaid(left);
  const workWarranty = warrantyOf(before, stamp.at, rules);
  return applyChange(
    before,
    {
      state: {
        ...movedTo(before, 'CLOSED', stamp.at),
        ...{ collectedAt: stamp.at, collectedBy, abandonment: undefined },
        ...(workWarranty.length === 0 ? {} : { workWarranty, warrantyUntil: lastDayCovered(workWarranty) }),
      },
      entries: [{ ...movedEntry(from, 'CLOSED', `Collected by ${collectedBy}`) }],
      events: (after) => movedEvents(from, after, stamp),
    },
    stamp,
  );
};
