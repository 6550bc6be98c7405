import { isDeepStrictEqual } from 'node:util';
import type { RepairStatus } from '@riparo/shared/contracts/enums';
import { changedEntry } from '../../conversation/entries.js';
import type { Stamp } from '../../conversation/stamp.js';
import { firstOpenDay, type PromiseRules } from '../../kernel/promise.js';
import { applyChange, movedEntry, movedEvents, movedTo } from '../apply-change.js';
import { estimate } from '../estimate.js';
import { isInWork, type AwaitedPart, type RepairDecision, type RepairState } from '../repair.js';

/** The day on which the last of them is expected; `undefined` while nobody knows of one of them. */
const lastDay = (awaited: readonly AwaitedPart[]): string | undefined => {
  const days = awaited.map(({ expectedOn }) => expectedOn);
  return days.length === 0 || days.includes(undefined) ? undefined : (days as string[]).toSorted().at(-1);
};

/**
 * Work stops when something is missing that was not missing before, and goes on when the last of it has come. A repair
 * that somebody moved on although parts are missing stays where that person put it.
 */
const nextStatus = ({ status, quote, awaitedParts: before = [] }: RepairState, awaited: readonly AwaitedPart[]): RepairStatus => {
  const known = new Set(before.map(({ reservationId }) => reservationId));
  const isNew = awaited.some(({ reservationId }) => !known.has(reservationId));
  if (status === 'IN_PROGRESS' && isNew) return 'AWAITING_PARTS';
  if (status !== 'AWAITING_PARTS' || before.length === 0 || awaited.length > 0) return status;
  // A quote that went out meanwhile still waits for its answer.
  return quote?.status === 'SENT' ? 'ON_HOLD' : 'IN_PROGRESS';
};

/**
 * The day to promise while parts are awaited: the first working day from the day of their delivery. An estimate that
 * staff gave is moved back, never forward; one that an earlier day of delivery gave follows, also when nobody knows the
 * day any more (`null`). `undefined`: the estimate stays.
 */
const promisedDay = (
  before: RepairState,
  awaited: readonly AwaitedPart[],
  stamp: Stamp,
  rules: PromiseRules,
): string | null | undefined => {
  const { estimatedCompletionAt: promised, estimatedCompletionDay: promisedDay, partsExpectedOn } = before;
  const follows = partsExpectedOn !== undefined && promisedDay === partsExpectedOn;
  if (awaited.length === 0) return undefined;
  const expected = lastDay(awaited);
  const day = expected === undefined ? undefined : firstOpenDay(expected, rules, stamp.at);
  if (day === undefined) return follows ? null : undefined;
  return follows || promised === undefined || (promisedDay ?? promised.toISOString()) < day ? day : undefined;
};

/** Lets a repair follow the parts that were reserved for it: `awaited` are those that are missing now. */
export const followReservations = (
  before: RepairState,
  awaited: readonly AwaitedPart[],
  stamp: Stamp,
  rules: PromiseRules,
): RepairDecision => {
  const { status: from, awaitedParts = [] } = before;
  if (!isInWork(from) || isDeepStrictEqual(awaitedParts, awaited)) return { state: before };
  const to = nextStatus(before, awaited);
  const day = promisedDay(before, awaited, stamp, rules);
  const promised = estimate(before, day, stamp, rules, to === from ? undefined : from);
  return applyChange(
    before,
    {
      state: {
        ...(to === from ? {} : movedTo(before, to, stamp.at)),
        ...(to === 'ON_HOLD' && from !== to ? { heldFrom: 'IN_PROGRESS' as const } : {}),
        ...promised.state,
        awaitedParts: awaited,
        ...(day === undefined ? {} : { partsExpectedOn: day ?? undefined }),
      },
      entries: [...(to === from ? [] : [movedEntry(from, to)]), ...changedEntry(promised.changes, false)],
      events: (after) => [...(to === from ? [] : movedEvents(from, after, stamp, { cause: 'PARTS' })), ...promised.events(after)],
    },
    stamp,
  );
};
