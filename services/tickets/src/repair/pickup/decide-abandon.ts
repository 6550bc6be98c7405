import { RepairAbandoned } from '@riparo/shared/contracts/repair-money.events';
import { actor, type Stamp } from '../../conversation/stamp.js';
import { localDateOf } from '../../kernel/day-or-instant.js';
import { applyChange, movedEntry, movedEvents, movedTo } from '../apply-change.js';
import { refuseOverpaid } from '../payment/decide-handover.js';
import { published, type RepairDecision, type RepairState } from '../repair.js';
import type { Abandonment, Pickup } from './pickup.js';
import {
  abandonNotRequested,
  abandonRequested,
  abandonTooEarly,
  customerNotReached,
  repairNotLeftBehind,
  secondPersonNeeded,
} from './pickup.errors.js';
import { abandonFrom, waitingOf } from './schedule.js';

const refuseUnlessWaiting = ({ status }: RepairState): void => {
  if (status !== 'READY_FOR_PICKUP') throw repairNotLeftBehind(status);
};

/** Whether the last mail failed and nobody has written or called since. */
const isUnreached = ({ notices }: Pickup): boolean => {
  const last = notices.findLastIndex(({ notice }) => notice !== undefined);
  return notices[last]?.result === 'FAILED' && notices.length === last + 1;
};

/** Asks to give the device up: after the last notice and the days that follow it. */
export const requestAbandon = (before: RepairState, reason: string, stamp: Stamp, timeZone: string): RepairDecision => {
  refuseUnlessWaiting(before);
  const waiting = waitingOf(before, timeZone);
  const from = waiting && abandonFrom(waiting);
  if (waiting === undefined || from === undefined || localDateOf(stamp.at, timeZone) < from) throw abandonTooEarly(from);
  if (isUnreached(waiting.pickup)) throw customerNotReached();
  refuseOverpaid(before);
  if (before.abandonment !== undefined) throw abandonRequested();
  const abandonment = { reason, requestedByUserId: stamp.byUserId as string, requestedAt: stamp.at };
  const entry = { type: 'SYSTEM' as const, body: 'Asked to give the device up', isInternal: true, staffMetadata: { reason } };
  return applyChange(before, { state: { abandonment }, entries: [entry] }, stamp);
};

const requested = (before: RepairState): Abandonment => {
  refuseUnlessWaiting(before);
  if (before.abandonment === undefined) throw abandonNotRequested();
  return before.abandonment;
};

/** A second person agrees, and the repair closes. What is left to pay stays due. */
export const approveAbandon = (before: RepairState, stamp: Stamp): RepairDecision => {
  const { status: from } = before;
  const abandonment = requested(before);
  const { reason, requestedByUserId } = abandonment;
  const approvedByUserId = stamp.byUserId as string;
  if (approvedByUserId === requestedByUserId) throw secondPersonNeeded();
  if (before.pickup !== undefined && isUnreached(before.pickup)) throw customerNotReached();
  refuseOverpaid(before);
  return applyChange(
    before,
    {
      state: {
        ...movedTo('CLOSED', stamp.at),
        abandonment: undefined,
        abandoned: { ...abandonment, approvedByUserId, at: stamp.at },
      },
      entries: [{ ...movedEntry(from, 'CLOSED', 'Given up: nobody collected the device'), staffMetadata: { reason, requestedByUserId } }],
      events: (after) => [
        ...movedEvents(from, after, stamp),
        RepairAbandoned.with({ repair: published(after), ...actor(stamp), reason, requestedByUserId, approvedByUserId }),
      ],
    },
    stamp,
  );
};

export const withdrawAbandon = (before: RepairState, stamp: Stamp): RepairDecision => {
  requested(before);
  const entry = { type: 'SYSTEM' as const, body: 'No longer asked to give the device up', isInternal: true };
  return applyChange(before, { state: { abandonment: undefined }, entries: [entry] }, stamp);
};
