import type { PaymentMethod } from '@riparo/shared/contracts/enums';
import type { Money } from '@riparo/shared/contracts/money';
import { RepairPaid, RepairPaymentWaived } from '@riparo/shared/contracts/repairs.events';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { compact } from '@riparo/shared/json/compact';
import { actor, type Stamp } from '../../conversation/stamp.js';
import { currencyFaults, inCurrency, type MoneyInput } from './money.js';
import { inWords } from '@riparo/shared/text/write-money';
import { applyChange } from '../apply-change.js';
import { paymentExceedsAmountLeft, repairAlreadyPaid, repairWithoutOutcome } from '../repair.errors.js';
import { amountLeft, published, refuseFullTimeline, type RepairDecision, type RepairState } from '../repair.js';

export interface Paid {
  readonly method: PaymentMethod;
  readonly amount: MoneyInput;
  readonly reference?: string;
}

/** The rest to pay. Throws until the repair has an outcome, because the price is not known before. */
const leftToPay = (before: RepairState): Money => {
  if (before.outcome === undefined) throw repairWithoutOutcome(before.status);
  const left = amountLeft(before);
  if (left.amount === 0) throw repairAlreadyPaid();
  return left;
};

/**
 * Takes a payment of the whole rest or a part of it, never more.
 *
 * A repair costs 120.00 EUR. A payment of 50.00 leaves 70.00. A second payment of 80.00 is refused with 409
 * PAYMENT_EXCEEDS_AMOUNT_LEFT; one of 70.00 leaves 0.00 and sets `paidAt`. A third one gets 409 REPAIR_ALREADY_PAID.
 */
export const pay = (before: RepairState, { amount: paid, ...said }: Paid, stamp: Stamp): RepairDecision => {
  const left = leftToPay(before);
  const faults = currencyFaults({ amount: paid }, left.currency);
  if (faults.length > 0) throw invalidInput(faults);
  const amount = inCurrency(paid, left.currency);
  if (amount.amount > left.amount) throw paymentExceedsAmountLeft(left);
  const stillLeft = { ...left, amount: left.amount - amount.amount };
  // The payment that leaves nothing is always taken, even with a full timeline.
  if (stillLeft.amount > 0) refuseFullTimeline(before, said.reference ?? '');
  // A payment and its timeline entry share one id.
  const id = stamp.activityIds[0] as string;
  const payment = compact({ id, ...said, amount, at: stamp.at, byUserId: stamp.byUserId as string });
  return applyChange(
    before,
    {
      state: { payments: [...before.payments, payment], ...(stillLeft.amount === 0 ? { paidAt: stamp.at } : {}) },
      entries: [
        {
          type: 'PAYMENT',
          body: `${inWords(amount)} paid`,
          metadata: compact({ ...said, amount, amountLeft: stillLeft }),
        },
      ],
      events: (after) => [RepairPaid.with({ repair: published(after), ...actor(stamp), payment: compact({ id, ...said, amount }) })],
    },
    stamp,
  );
};

/** Waives the rest: 120.00 EUR charged and 50.00 paid waives 70.00. Customers do not read the reason. */
export const waive = (before: RepairState, reason: string, stamp: Stamp): RepairDecision => {
  const amount = leftToPay(before);
  const waiver = { amount, reason, at: stamp.at, byUserId: stamp.byUserId as string };
  return applyChange(
    before,
    {
      state: { waiver, paidAt: stamp.at },
      entries: [{ type: 'PAYMENT', body: `${inWords(amount)} waived`, metadata: { waived: amount }, staffMetadata: { reason } }],
      events: (after) => [RepairPaymentWaived.with({ repair: published(after), ...actor(stamp), amount, reason })],
    },
    stamp,
  );
};
