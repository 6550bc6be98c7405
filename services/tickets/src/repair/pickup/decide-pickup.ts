import type { Money } from '@riparo/shared/contracts/money';
import { RepairPickupNoticeDue, RepairStorageCharged } from '@riparo/shared/contracts/repair-money.events';
import { netOf, type PriceLine } from '@riparo/shared/contracts/price-lines';
import { compact } from '@riparo/shared/json/compact';
import { inWords } from '@riparo/shared/text/write-money';
import type { Language } from '@riparo/shared/time/write-time';
import { actor, type Entry, type Stamp } from '../../conversation/stamp.js';
import { isFullFor } from '../../conversation/timeline.js';
import { beginOf, localDateOf } from '../../kernel/day-or-instant.js';
import { applyChange } from '../apply-change.js';
import { amountLeft, paidAtAfter, zero, type RepairDecision, type RepairState } from '../repair.js';
import { published } from '../published-repair.js';
import type { Pickup, PickupNotice } from './pickup.js';
import { addDays, daysBetween, dueNotices, feeOn, leftBehindOn, nextLookOn, waitingOf, type Waiting } from './schedule.js';

export interface PickupRules {
  readonly timeZone: string;
  /** Percent, of the storage fee. */
  readonly vatRate: number;
  readonly language: Language;
}

const DESCRIPTIONS: Readonly<Record<Language, (days: number) => string>> = {
  en: (days) => `Storage, ${days} ${days === 1 ? 'day' : 'days'}`,
  it: (days) => `Custodia, ${days} ${days === 1 ? 'giorno' : 'giorni'}`,
};

/** What was agreed is with VAT, and lines are without: 1.00 at 22 % is 0.82. */
const storageLine = (fee: Money, days: number, { vatRate, language }: PickupRules): PriceLine => ({
  kind: 'FEE',
  description: DESCRIPTIONS[language](days),
  quantity: 1,
  unitPrice: { ...fee, amount: netOf(fee.amount, vatRate) },
  vatRate,
});

/** Charges the storage up to today. A repair that was paid is no longer, unless too much had been paid. */
const charge = (before: RepairState, { pickup, readyOn }: Waiting, fee: Money, at: Date, rules: PickupRules): RepairState => {
  const added = fee.amount - (pickup.storageFee?.amount ?? 0);
  const days = daysBetween(readyOn, localDateOf(at, rules.timeZone)) - pickup.terms.daysToCollect;
  const after = {
    ...before,
    pickup: { ...pickup, storageFee: fee },
    extraLines: [storageLine(fee, days, rules)],
    amountDue: { ...before.amountDue, amount: before.amountDue.amount + added },
  };
  return { ...after, ...paidAtAfter(after, at) };
};

/** All steps whose day has come are kept; only the newest is sent. */
const withNotices = ({ notices, ...pickup }: Pickup, due: readonly number[], at: Date): Pickup => {
  const added = due.map((notice): PickupNotice => {
    const isNewest = notice === due.at(-1);
    return { notice, channel: 'EMAIL', at, ...(isNewest ? {} : { result: 'SKIPPED' as const }) };
  });
  return { ...pickup, notices: [...notices, ...added] };
};

const entriesOf = (before: RepairState, after: RepairState, newest: number | undefined): readonly Entry[] => {
  const { storageFee, terms } = after.pickup as Pickup;
  const isCharged = storageFee !== undefined && storageFee.amount !== before.pickup?.storageFee?.amount;
  const entries: readonly Entry[] = [
    ...(isCharged
      ? [
          {
            type: 'PAYMENT' as const,
            body: `${inWords(storageFee)} for storage so far`,
            metadata: { storageFee, amountDue: after.amountDue, amountLeft: amountLeft(after) },
          },
        ]
      : []),
    ...(newest === undefined
      ? []
      : [
          {
            type: 'SYSTEM' as const,
            body: `Reminder ${newest} of ${terms.noticeDays.length} to collect the device`,
            metadata: { notice: newest },
          },
        ]),
  ];
  return entries.filter(({ body, metadata }) => !isFullFor(before.timeline, body, metadata));
};

/**
 * Looks after a device that waits for its customer: charges storage and sends the notice whose day has come, in one write.
 * What is due depends on the tenant's calendar day alone, so a second look on the same day finds nothing to do, and one
 * after days of standstill does everything at once.
 */
export const lookAfter = (before: RepairState, stamp: Stamp, rules: PickupRules): RepairDecision => {
  const waiting = waitingOf(before, rules.timeZone);
  if (waiting === undefined) return { state: before };
  const today = localDateOf(stamp.at, rules.timeZone);
  const fee: Money = { ...zero(before.amountDue), amount: feeOn(waiting, today) };
  const isCharged = fee.amount > (waiting.pickup.storageFee?.amount ?? 0);
  const charged = isCharged ? charge(before, waiting, fee, stamp.at, rules) : before;
  const due = dueNotices(waiting, today);
  const pickup = withNotices(charged.pickup as Pickup, due, stamp.at);
  const momentOf = (day: string): Date => new Date(beginOf(day, rules.timeZone));
  const next = nextLookOn({ ...waiting, pickup }, today);
  const after: RepairState = {
    ...charged,
    pickup: compact({
      ...pickup,
      leftBehindAt: momentOf(leftBehindOn(waiting)),
      nextLookAt: next === undefined ? undefined : momentOf(next),
    }),
  };
  const newest = due.at(-1);
  const isLast = newest === pickup.terms.noticeDays.length;
  return applyChange(
    before,
    {
      state: after,
      entries: entriesOf(before, after, newest),
      events: (saved) => {
        const told = { repair: published(saved), ...actor(stamp), storageFee: saved.pickup?.storageFee ?? zero(saved.amountDue) };
        return [
          ...(isCharged ? [RepairStorageCharged.with(told)] : []),
          ...(newest === undefined
            ? []
            : [
                RepairPickupNoticeDue.with(
                  compact({
                    ...told,
                    ...{ notice: newest, isLast, readyOn: waiting.readyOn },
                    givenUpAfter: isLast ? addDays(today, pickup.terms.daysAfterLastNotice) : undefined,
                  }),
                ),
              ]),
        ];
      },
    },
    stamp,
  );
};
