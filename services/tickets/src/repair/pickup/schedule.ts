import type { PickupTerms } from '@riparo/shared/contracts/centre-terms';
import { DAY_MS } from '@riparo/shared/time/units';
import { localDateOf } from '../../kernel/day-or-instant.js';
import type { Repair } from '../repair.js';
import type { Pickup } from './pickup.js';

const midnightOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** `2026-03-28` and 2 days are `2026-03-30`, whatever the clocks do in that night. */
export const addDays = (day: string, days: number): string => new Date(midnightOf(day) + days * DAY_MS).toISOString().slice(0, 10);

export const daysBetween = (from: string, to: string): number => Math.round((midnightOf(to) - midnightOf(from)) / DAY_MS);

/** A device that waits, and the days that follow from the terms of its intake. */
export interface Waiting {
  readonly pickup: Pickup;
  readonly readyOn: string;
  readonly timeZone: string;
}

/** `undefined` where the device does not wait for its customer, or no terms were agreed. */
export const waitingOf = (
  { status, readyAt, pickup }: Pick<Repair, 'status' | 'readyAt' | 'pickup'>,
  timeZone: string,
): Waiting | undefined =>
  status !== 'READY_FOR_PICKUP' || readyAt === undefined || pickup === undefined
    ? undefined
    : { pickup, readyOn: localDateOf(readyAt, timeZone), timeZone };

export const leftBehindOn = ({ pickup: { terms }, readyOn }: Waiting): string => addDays(readyOn, terms.daysToCollect + 1);

const numbered = ({ notices }: Pickup) => notices.filter(({ notice }) => notice !== undefined);

/** The numbers of the notices whose day has come and that nobody has sent. */
export const dueNotices = ({ pickup, readyOn }: Waiting, today: string): readonly number[] => {
  const days = daysBetween(readyOn, today);
  const reached = pickup.terms.noticeDays.filter((day) => day <= days).length;
  return Array.from({ length: reached }, (_, index) => index + 1).slice(numbered(pickup).length);
};

const nextNoticeOn = ({ pickup, readyOn }: Waiting): string | undefined => {
  const day = pickup.terms.noticeDays[numbered(pickup).length];
  return day === undefined ? undefined : addDays(readyOn, day);
};

/**
 * What storage costs on a day, VAT included: 30 days to collect, 1.00 a day, 50.00 at most. On the 30th day after it was
 * ready nothing, on the 31st 1.00, from the 80th on 50.00.
 */
export const feeOn = ({ pickup: { terms }, readyOn }: Waiting, day: string): number =>
  Math.min(terms.storageFeeCap, terms.storageFeePerDay * Math.max(0, daysBetween(readyOn, day) - terms.daysToCollect));

const chargesStorage = ({ storageFeePerDay, storageFeeCap }: PickupTerms): boolean => storageFeePerDay > 0 && storageFeeCap > 0;

/** The first day on which storage costs as much as it may. */
const feeCapOn = ({ pickup: { terms }, readyOn }: Waiting): string | undefined =>
  chargesStorage(terms) ? addDays(readyOn, terms.daysToCollect + Math.ceil(terms.storageFeeCap / terms.storageFeePerDay)) : undefined;

const hasHadAllNotices = (pickup: Pickup): boolean => numbered(pickup).length >= pickup.terms.noticeDays.length;

/**
 * When the customer was first told after the last notice fell due: by its mail, or, where that did not arrive, by a letter or a
 * call of the desk. A mail that failed on 1 May and was handed over on 3 May counts from then; one of which nobody knows yet
 * whether it was handed over tells nobody anything.
 */
const lastToldAt = (pickup: Pickup): Date | undefined => {
  const { notices } = pickup;
  if (!hasHadAllNotices(pickup)) return undefined;
  const since = notices.slice(notices.findLastIndex(({ notice }) => notice !== undefined));
  return since
    .filter(({ notice, result }) => notice === undefined || result === 'SENT')
    .map(({ at, sentAt = at }) => sentAt)
    .toSorted((one, other) => one.getTime() - other.getTime())[0];
};

/** Every notice is out, the last mail did not arrive or has not gone yet, and nobody has written or called since. */
export const isUnreached = (pickup: Pickup): boolean => hasHadAllNotices(pickup) && lastToldAt(pickup) === undefined;

/** The first day on which the device may be given up; `undefined` before the last notice, and while it has reached nobody. */
export const abandonFrom = ({ pickup, timeZone }: Waiting): string | undefined => {
  const toldAt = lastToldAt(pickup);
  return toldAt === undefined ? undefined : addDays(localDateOf(toldAt, timeZone), pickup.terms.daysAfterLastNotice + 1);
};

/** The day after `today` on which there is something to do; `undefined`: never again. */
export const nextLookOn = (waiting: Waiting, today: string): string | undefined => {
  const { pickup, readyOn } = waiting;
  const capOn = feeCapOn(waiting);
  const feeStarts = addDays(readyOn, pickup.terms.daysToCollect + 1);
  const tomorrow = addDays(today, 1);
  const nextFee = capOn === undefined || capOn <= today ? undefined : feeStarts > tomorrow ? feeStarts : tomorrow;
  return [nextNoticeOn(waiting), nextFee].filter((day) => day !== undefined).toSorted()[0];
};

export const NEXT_STEPS = ['NOTICE', 'FEE_CAP', 'MAY_ABANDON', 'WAIT', 'CONTACT'] as const;

/** What comes next for a device that was left behind, and on which day. WAIT: until it may be given up. CONTACT: the last mail did not arrive. */
export interface NextStep {
  readonly what: (typeof NEXT_STEPS)[number];
  readonly on: string;
}

export const nextStepOf = (waiting: Waiting, today: string): NextStep | undefined => {
  const [noticeOn, capOn, mayFrom] = [nextNoticeOn(waiting), feeCapOn(waiting), abandonFrom(waiting)];
  if (mayFrom !== undefined && mayFrom <= today) return { what: 'MAY_ABANDON', on: mayFrom };
  const steps: readonly NextStep[] = [
    ...(isUnreached(waiting.pickup) ? [{ what: 'CONTACT' as const, on: today }] : []),
    ...(noticeOn === undefined ? [] : [{ what: 'NOTICE' as const, on: noticeOn }]),
    ...(capOn === undefined || capOn <= today ? [] : [{ what: 'FEE_CAP' as const, on: capOn }]),
    ...(mayFrom === undefined ? [] : [{ what: 'WAIT' as const, on: mayFrom }]),
  ];
  return steps.toSorted((one, other) => (one.on < other.on ? -1 : Number(one.on > other.on)))[0];
};
