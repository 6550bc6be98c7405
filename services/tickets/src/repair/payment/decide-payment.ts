import type { PaymentMethod } from '@riparo/shared/contracts/enums';
import type { Money } from '@riparo/shared/contracts/money';
import { RepairPaid, RepairPaymentWaived } from '@riparo/shared/contracts/repairs.events';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { compact } from '@riparo/shared/json/compact';
import { actor, type Stamp } from '../../conversation/stamp.js';
import { currencyFaults, inCurrency, inWords, type MoneyInput } from './money.js';
import { applyChange } from '../apply-change.js';
import { paymentExceedsAmountLeft, repairAlreadyPaid, repairWithoutOutcome } from '../repair.errors.js';
import { amountLeft, published, refuseFullTimeline, type RepairDecision, type RepairState } from '../repair.js';

export interface Paid {
  readonly method: PaymentMethod;
  readonly amount: MoneyInput;
  readonly reference?: string;
}

/** What is left, once it is known what the repair costs. */
const leftToPay = (before: RepairState): Money => {
  if (before.outcome === undefined) throw repairWithoutOutcome(before.status);
  const left = amountLeft(before);
  if (left.amount === 0) throw repairAlreadyPaid();
  return left;
};

/** The whole or a part, never more than is left. */
export const pay = (before: RepairState, { amount: paid, ...said }: Paid, stamp: Stamp): RepairDecision => {
  const left = leftToPay(before);
  const faults = currencyFaults({ amount: paid }, left.currency);
  if (faults.length > 0) throw invalidInput(faults);
  const amount = inCurrency(paid, left.currency);
  if (amount.amount > left.amount) throw paymentExceedsAmountLeft(left);
  const stillLeft = { ...left, amount: left.amount - amount.amount };
  // The payment that settles it is always taken.
  if (stillLeft.amount > 0) refuseFullTimeline(before, said.reference ?? '');
  // A payment and its entry in the timeline are one and the same.
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

/** The desk lets the customer off what is left. Why is its own business. */
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
