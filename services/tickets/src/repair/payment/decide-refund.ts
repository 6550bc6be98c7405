import type { PaymentMethod } from '@riparo/shared/contracts/enums';
import { RepairRefunded, type RefundKind } from '@riparo/shared/contracts/repair-money.events';
import { compact } from '@riparo/shared/json/compact';
import { inWords } from '@riparo/shared/text/write-money';
import { actor, type Stamp } from '../../conversation/stamp.js';
import { applyChange } from '../apply-change.js';
import { nothingOverpaid, refundAfterClosing, refundExceedsPaid, refundSpansOverpayment } from '../repair.errors.js';
import {
  amountLeft,
  amountOverpaid,
  amountPaid,
  paidAtAfter,
  refuseFullTimeline,
  type RepairDecision,
  type RepairState,
} from '../repair.js';
import { published } from '../published-repair.js';
import { amountIn } from './decide-payment.js';
import type { MoneyInput } from './money.js';

export interface Refund {
  readonly amount: MoneyInput;
  readonly method: PaymentMethod;
  /** The customer reads it. */
  readonly reason: string;
  readonly reference?: string;
  /** Default: OVERPAYMENT while too much is paid, else REDUCTION. */
  readonly kind?: RefundKind;
}

const hasOverpayment = ({ payments }: RepairState): boolean => payments.some((payment) => payment.refund?.kind === 'OVERPAYMENT');

/**
 * What kind of refund it is; throws where it is more than one. Once something was given back as paid too much, a second refund
 * that does not say its kind may be the same one again, by another cashier: then nobody must pay less by mistake.
 */
const kindOf = (before: RepairState, amount: number, said: RefundKind | undefined): RefundKind => {
  // A deposit: nothing is due yet, so all of it is beyond what is due.
  if (before.outcome === undefined) return 'OVERPAYMENT';
  const overpaid = amountOverpaid(before);
  if (overpaid.amount > 0 && amount > overpaid.amount) throw refundSpansOverpayment(overpaid);
  if (overpaid.amount > 0) return 'OVERPAYMENT';
  if (said === 'OVERPAYMENT' || (said === undefined && hasOverpayment(before))) throw nothingOverpaid();
  if (said === 'CORRECTION' && before.status === 'CLOSED') throw refundAfterClosing();
  return said ?? 'REDUCTION';
};

/**
 * Gives money back, never more than was paid.
 *
 * 120.00 EUR are due and paid. A REDUCTION of 20.00 leaves 100.00 due and paid, and nothing to pay. A CORRECTION of 20.00
 * leaves 120.00 due, 100.00 paid and 20.00 to pay. Where 150.00 was paid, the first 30.00 are an OVERPAYMENT: 120.00 stay
 * due and paid.
 */
export const refund = (before: RepairState, { amount: given, reason, kind: said, ...how }: Refund, stamp: Stamp): RepairDecision => {
  const amount = amountIn(before, given);
  const paid = amountPaid(before);
  if (amount.amount > paid.amount) throw refundExceedsPaid(paid);
  const kind = kindOf(before, amount.amount, said);
  // Without giving back what was paid too much, nobody could collect the device, so that is always taken.
  if (kind !== 'OVERPAYMENT') refuseFullTimeline(before, reason, how);
  const id = stamp.activityIds[0] as string;
  const payment = compact({
    id,
    ...how,
    amount: { ...amount, amount: -amount.amount },
    at: stamp.at,
    byUserId: stamp.byUserId,
    refund: { kind, reason },
  });
  const amountDue = { ...before.amountDue, amount: before.amountDue.amount - (kind === 'REDUCTION' ? amount.amount : 0) };
  const state = { payments: [...before.payments, payment], amountDue };
  const left = amountLeft({ ...before, ...state });
  return applyChange(
    before,
    {
      state: { ...state, ...paidAtAfter({ ...before, ...state }, stamp.at) },
      entries: [
        {
          type: 'PAYMENT',
          body: `${inWords(amount)} given back: ${reason}`,
          metadata: compact({ ...how, refunded: amount, kind, amountLeft: before.outcome === undefined ? undefined : left }),
        },
      ],
      events: (after) => [
        RepairRefunded.with({ repair: published(after), ...actor(stamp), refund: compact({ id, ...how, amount, kind, reason }) }),
      ],
    },
    stamp,
  );
};
