import type { Caller } from '@riparo/shared/contracts/caller';
import { compact } from '@riparo/shared/json/compact';
import { isCustomer } from './payment.access.js';
import type { IncomingPayment, OnlineRefund } from './payment.js';

const viewRefund = (isStaff: boolean, { id, amount, reason, at, state, cleared }: OnlineRefund) =>
  compact({
    ...{ id, amount, reason, at, state },
    ...(isStaff ? { clearedAt: cleared?.at, clearedByUserId: cleared?.byUserId, clearedNote: cleared?.note } : {}),
  });

const forStaff = ({ note, startedByUserId, decidedByUserId, askedAmount, transactionId }: IncomingPayment) => ({
  note,
  startedByUserId,
  decidedByUserId,
  askedAmount,
  transactionId,
});

export const viewPayment = (caller: Pick<Caller, 'customerId'>, payment: IncomingPayment) => {
  const { id, repairId, repairNumber, customerId, method, amount, reference, status, doubt, reason, proof, refunds = [] } = payment;
  const { arrivedAt, decidedAt, createdAt, updatedAt, version, booking, sendingBack } = payment;
  return compact({
    ...{ id, repairId, repairNumber, customerId, method, amount, reference, status, doubt, reason },
    hasProof: proof !== undefined,
    isBeingDecided: booking !== undefined || sendingBack !== undefined,
    refunds: refunds.map((refund) => viewRefund(!isCustomer(caller), refund)),
    ...{ arrivedAt, decidedAt, createdAt, updatedAt, version },
    ...(isCustomer(caller) ? {} : forStaff(payment)),
  });
};
