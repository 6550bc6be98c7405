import { RepairAbandoned } from '@riparo/shared/contracts/repair-money.events';
import { actor, type Stamp } from '../../conversation/stamp.js';
import { localDateOf } from '../../kernel/day-or-instant.js';
import { applyChange, movedEntry, movedEvents, movedTo, refuseOverpaid } from '../apply-change.js';
import { type RepairDecision, type RepairState } from '../repair.js';
import { published } from '../published-repair.js';
import type { Abandonment } from './pickup.js';
import {
  abandonNotRequested,
  abandonRequested,
  abandonTooEarly,
  customerNotReached,
  repairNotLeftBehind,
  secondPersonNeeded,
} from './pickup.errors.js';
import { abandonFrom, isUnreached, waitingOf } from './schedule.js';

const refuseUnlessWaiting = ({ status }: RepairState): void => {
  if (status !== 'READY_FOR_PICKUP') throw repairNotLeftBehind(status);
};

/** The days after the last notice count from when it reached the customer, which may change until the second person agrees. */
const refuseEarly = (before: RepairState, at: Date, timeZone: string): void => {
  const waiting = waitingOf(before, timeZone);
  if (waiting !== undefined && isUnreached(waiting.pickup)) throw customerNotReached();
  const from = waiting && abandonFrom(waiting);
  if (from === undefined || localDateOf(at, timeZone) < from) throw abandonTooEarly(from);
};

/** Asks to give the device up: after the last notice and the days that follow it. */
export const requestAbandon = (before: RepairState, reason: string, stamp: Stamp, timeZone: string): RepairDecision => {
  refuseUnlessWaiting(before);
  refuseEarly(before, stamp.at, timeZone);
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
export const approveAbandon = (before: RepairState, stamp: Stamp, timeZone: string): RepairDecision => {
  const { status: from } = before;
  const abandonment = requested(before);
  const { reason, requestedByUserId } = abandonment;
  const approvedByUserId = stamp.byUserId as string;
  if (approvedByUserId === requestedByUserId) throw secondPersonNeeded();
  refuseEarly(before, stamp.at, timeZone);
  return applyChange(
    before,
    {
      state: {
        ...movedTo(before, 'CLOSED', stamp.at),
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
