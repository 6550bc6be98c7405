import { PaymentRejected, PaymentToVerify, PaymentVerified } from '@riparo/shared/contracts/incoming-payments.events';
import { compact } from '@riparo/shared/json/compact';
import { rejectionKey } from '../online/decide-refund.js';
import { paymentBeingDecided, paymentNotToVerify } from '../payment.errors.js';
import { isDecided, decisionWith, withClock, type Booking, type IncomingPayment, type PaymentDecision } from '../payment.js';

interface By {
  readonly at: Date;
  readonly byUserId: string;
}

const refuseUnlessOpen = ({ status, booking, sendingBack }: IncomingPayment): void => {
  if (status !== 'TO_VERIFY') throw paymentNotToVerify(status);
  if (booking !== undefined || sendingBack !== undefined) throw paymentBeingDecided();
};

/** The desk has found the money: it is promised to the repair. */
export const promiseBooking = (before: IncomingPayment, note: string | undefined, { at, byUserId }: By): PaymentDecision => {
  refuseUnlessOpen(before);
  const booking = compact({ at, byUserId, note, evenIfNotDue: before.method === 'ONLINE' });
  return { state: withClock({ ...before, booking }, at) };
};

/** The repair has it. */
export const booked = (before: IncomingPayment, at: Date): PaymentDecision => {
  const { booking } = before;
  if (isDecided(before) || booking === undefined) return { state: before };
  const { byUserId, note } = booking;
  const change = { status: 'VERIFIED' as const, booking: undefined, note, decidedByUserId: byUserId, decidedAt: at };
  return decisionWith(before, change, PaymentVerified, { at, byUserId });
};

/** The repair does not take it: what is promised is not kept, and the desk decides, again or for the first time. */
export const notBooked = (before: IncomingPayment, promised: Booking, at: Date): PaymentDecision => {
  // A late answer to an earlier promise says nothing about a newer one.
  if (isDecided(before) || before.booking?.at.getTime() !== promised.at.getTime()) return { state: before };
  const open = { ...before, booking: undefined } as unknown as IncomingPayment;
  if (before.status === 'TO_VERIFY') return { state: withClock(open, at) };
  return decisionWith(open, { status: 'TO_VERIFY', doubt: 'NOT_DUE' }, PaymentToVerify, { at });
};

/** The desk does not find a transfer; or online money is to go back. */
export const reject = (before: IncomingPayment, reason: string, by: By): PaymentDecision => {
  refuseUnlessOpen(before);
  if (before.arrivedAt !== undefined) return { state: withClock({ ...before, sendingBack: { ...by, reason } }, by.at) };
  const change = { status: 'REJECTED' as const, reason, decidedByUserId: by.byUserId, decidedAt: by.at };
  return decisionWith(before, change, PaymentRejected, by);
};

/** The provider has given it back. */
export const sentBack = (before: IncomingPayment, promisedAt: Date, at: Date): PaymentDecision => {
  const { sendingBack } = before;
  // A late answer to an earlier promise, whose money came back meanwhile, says nothing about a newer one.
  if (isDecided(before) || sendingBack?.at.getTime() !== promisedAt.getTime()) return { state: before };
  const { reason, byUserId } = sendingBack;
  const decided = { status: 'REJECTED' as const, reason, sendingBack: undefined, decidedByUserId: byUserId, decidedAt: at };
  const change = { ...decided, sentBackKey: rejectionKey(before.id, sendingBack.at) };
  return decisionWith(before, change, PaymentRejected, { at, byUserId });
};

/** The provider refuses to give it back: the desk decides anew. */
export const notSentBack = (before: IncomingPayment, promisedAt: Date, at: Date): PaymentDecision =>
  before.sendingBack?.at.getTime() !== promisedAt.getTime()
    ? { state: before }
    : { state: withClock({ ...before, sendingBack: undefined }, at) };
