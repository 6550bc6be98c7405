import type { RepairStatus } from '@riparo/shared/contracts/enums';
import { isTechnician } from '@riparo/shared/contracts/roles';
import type { DayOrInstant } from '@riparo/shared/time/local-day';
import { changedEntry } from '../../conversation/entries.js';
import type { Stamp } from '../../conversation/stamp.js';
import type { PromiseRules } from '../../kernel/promise.js';
import { estimate } from '../estimate.js';
import { movedEntry, movedEvents, movedTo, applyChange } from '../apply-change.js';
import { repairAlreadyPaid, repairNotAssignedToYou } from '../repair.errors.js';
import { amountLeft, isInWork, refuseFullTimeline, type RepairDecision, type RepairState } from '../repair.js';
import { checkTransition, refuseOtherDoors } from '../transitions.js';

export interface StatusRequest {
  readonly status: RepairStatus;
  /** The customer reads it too. */
  readonly reason?: string;
  readonly estimatedCompletionAt?: DayOrInstant;
}

/** A technician may change only repairs that are assigned to this technician. A repair in the queue must be taken first. */
export const refuseUnlessTheirs = ({ assignedToUserId }: RepairState, { role, byUserId }: Stamp): void => {
  if (role !== undefined && isTechnician(role) && assignedToUserId !== byUserId) throw repairNotAssignedToYou();
};

/** A change of status by staff. */
export const changeStatus = (before: RepairState, request: StatusRequest, stamp: Stamp, rules: PromiseRules): RepairDecision => {
  const { status: to, reason, estimatedCompletionAt } = request;
  const { status: from } = before;
  refuseUnlessTheirs(before, stamp);
  refuseOtherDoors(from, to);
  checkTransition(stamp, before, to);
  if (to === 'PAYMENT_PENDING' && amountLeft(before).amount === 0) throw repairAlreadyPaid();
  // A full timeline must not keep a repair from ending.
  if (isInWork(to)) refuseFullTimeline(before, reason ?? '');
  const { state, changes, events } = estimate(before, estimatedCompletionAt, stamp, rules, from);
  return applyChange(
    before,
    {
      state: { ...movedTo(before, to, stamp.at), ...state },
      entries: [movedEntry(from, to, reason), ...changedEntry(changes, false)],
      events: (after) => [...movedEvents(from, after, stamp, { reason }), ...events(after)],
    },
    stamp,
  );
};

/** Cancels a repair. A customer may do so until work has begun or a technician is on the way; the desk as far as the table allows. */
export const cancel = (before: RepairState, reason: string | undefined, stamp: Stamp): RepairDecision => {
  const { status: from } = before;
  checkTransition(stamp, before, 'CANCELED');
  return applyChange(
    before,
    {
      state: movedTo(before, 'CANCELED', stamp.at),
      entries: [movedEntry(from, 'CANCELED', reason)],
      events: (after) => movedEvents(from, after, stamp, { reason }),
    },
    stamp,
  );
};
