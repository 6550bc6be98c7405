import type { PaymentMethod } from '@riparo/shared/contracts/enums';
import type { Money } from '@riparo/shared/contracts/money';
import { RepairPaid, RepairPaymentWaived } from '@riparo/shared/contracts/repairs.events';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { compact } from '@riparo/shared/json/compact';
import { decimalsOf, inWords } from '@riparo/shared/text/write-money';
import { actor, type Stamp } from '../../conversation/stamp.js';
import { applyChange } from '../apply-change.js';
import {
  depositExceedsQuote,
  depositTooHigh,
  paymentExceedsAmountLeft,
  repairAlreadyPaid,
  repairWithoutOutcome,
} from '../repair.errors.js';
import {
  amountLeft,
  amountPaid,
  amountWaived,
  isInWork,
  paidAtAfter,
  refuseFullTimeline,
  type RepairDecision,
  type RepairState,
} from '../repair.js';
import { published } from '../published-repair.js';
import { currencyFaults, inCurrency, type MoneyInput } from './money.js';

export interface Paid {
  readonly method: PaymentMethod;
  readonly amount: MoneyInput;
  readonly reference?: string;
}

/** The most that is taken in advance where no quote says what the repair will cost: 10,000.00 EUR. */
const MAX_DEPOSIT = 10_000;

/** The rest to pay. Throws until the repair has an outcome, because the price is not known before. */
export const leftToPay = (before: RepairState): Money => {
  if (before.outcome === undefined) throw repairWithoutOutcome(before.status);
  const left = amountLeft(before);
  if (left.amount === 0) throw repairAlreadyPaid();
  return left;
};

/** Refuses a deposit above what the customer agreed to, or was offered last. */
const refuseHighDeposit = (before: RepairState, amount: Money): void => {
  const { acceptedQuote, quote, amountDue, status } = before;
  if (!isInWork(status)) throw repairWithoutOutcome(status);
  // A quote that expired still says what the work will cost, as at its end.
  const isOffer = quote?.status === 'SENT' || quote?.status === 'EXPIRED';
  const basis = acceptedQuote ?? (isOffer ? quote : undefined);
  const total = basis && (basis.maximum ?? basis.total);
  const isKnown = basis !== undefined && total?.currency === amountDue.currency;
  const most = isKnown ? total.amount : MAX_DEPOSIT * 10 ** decimalsOf(amountDue.currency);
  const left = { ...amountDue, amount: Math.max(0, most - amountPaid(before).amount) };
  if (amount.amount > left.amount) throw isKnown ? depositExceedsQuote(basis.number, left) : depositTooHigh(left);
};

const refuseTooMuch = (before: RepairState, amount: Money): void => {
  if (before.outcome === undefined) {
    refuseHighDeposit(before, amount);
    return;
  }
  const left = leftToPay(before);
  if (amount.amount > left.amount) throw paymentExceedsAmountLeft(left);
};

/** The amount in the repair's currency; 422 in another one. */
export const amountIn = (before: RepairState, input: MoneyInput): Money => {
  const { currency } = before.amountDue;
  const faults = currencyFaults({ amount: input }, currency);
  if (faults.length > 0) throw invalidInput(faults);
  return inCurrency(input, currency);
};

/** Adds a payment, whatever is due. A payment and its timeline entry share one id. */
export const book = (before: RepairState, { amount, ...said }: Paid & { readonly amount: Money }, stamp: Stamp): RepairDecision => {
  const id = stamp.activityIds[0] as string;
  const payment = compact({ id, ...said, amount, at: stamp.at, byUserId: stamp.byUserId });
  const payments = [...before.payments, payment];
  const after = { ...before, payments };
  const isDeposit = before.outcome === undefined;
  return applyChange(
    before,
    {
      // Who pays comes for the device, so it is not given up unless somebody asks again.
      state: { payments, ...paidAtAfter(after, stamp.at), abandonment: undefined },
      entries: [
        {
          type: 'PAYMENT',
          body: `${inWords(amount)} ${isDeposit ? 'paid in advance' : 'paid'}`,
          metadata: compact({ ...said, amount, ...(isDeposit ? { deposit: true } : { amountLeft: amountLeft(after) }) }),
        },
      ],
      events: (changed) => [RepairPaid.with({ repair: published(changed), ...actor(stamp), payment: compact({ id, ...said, amount }) })],
    },
    stamp,
  );
};

/**
 * Takes a payment of the whole rest or a part of it, never more; while the work goes on, a deposit.
 *
 * A repair costs 120.00 EUR. A payment of 50.00 leaves 70.00. A second payment of 80.00 is refused with 409
 * PAYMENT_EXCEEDS_AMOUNT_LEFT; one of 70.00 leaves 0.00 and sets `paidAt`. A third one gets 409 REPAIR_ALREADY_PAID.
 */
export const pay = (before: RepairState, { amount: paid, ...said }: Paid, stamp: Stamp): RepairDecision => {
  const amount = amountIn(before, paid);
  refuseTooMuch(before, amount);
  // The payment that leaves nothing is always taken, even with a full timeline.
  if (amount.amount !== amountLeft(before).amount) refuseFullTimeline(before, said.reference ?? '');
  return book(before, { ...said, amount }, stamp);
};

/** Waives the rest: 120.00 EUR charged and 50.00 paid waives 70.00. Customers do not read the reason. */
export const waive = (before: RepairState, reason: string, stamp: Stamp): RepairDecision => {
  const amount = leftToPay(before);
  // What was waived before stays waived: a correction or a storage fee can make an amount due again.
  const total = { ...amount, amount: amountWaived(before).amount + amount.amount };
  const reasons = before.waiver === undefined ? reason : `${before.waiver.reason}\n${reason}`;
  const waiver = { amount: total, reason: reasons, at: stamp.at, byUserId: stamp.byUserId as string };
  return applyChange(
    before,
    {
      state: { waiver, ...paidAtAfter({ ...before, waiver }, stamp.at) },
      entries: [{ type: 'PAYMENT', body: `${inWords(amount)} waived`, metadata: { waived: amount }, staffMetadata: { reason } }],
      events: (after) => [RepairPaymentWaived.with({ repair: published(after), ...actor(stamp), amount, reason })],
    },
    stamp,
  );
};
