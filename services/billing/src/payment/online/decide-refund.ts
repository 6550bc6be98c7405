import { PaymentToVerify } from '@riparo/shared/contracts/incoming-payments.events';
import type { RefundKind } from '@riparo/shared/contracts/repair-money.events';
import { compact } from '@riparo/shared/json/compact';
import { paymentNotRefundable, refundExceedsPaid, refundNotFound, refundNotToClear } from '../payment.errors.js';
import {
  decisionWith,
  needsDesk,
  promisedAtOf,
  refundedOf,
  withClock,
  type IncomingPayment,
  type OnlineRefund,
  type PaymentDecision,
  type RefundState,
} from '../payment.js';

export const promiseRefund = (before: IncomingPayment, refund: OnlineRefund): PaymentDecision => {
  const { method, status, amount, refunds = [] } = before;
  if (refunds.some(({ id }) => id === refund.id)) return { state: before };
  if (method !== 'ONLINE' || status !== 'VERIFIED') throw paymentNotRefundable(status);
  const left = { ...amount, amount: amount.amount - refundedOf(before) };
  if (refund.amount.amount > left.amount) throw refundExceedsPaid(left);
  return { state: withClock({ ...before, refunds: [...refunds, refund] }, refund.at) };
};

type Steps = Partial<Readonly<Record<RefundState, RefundState>>>;

/** Where each answer leads on from. From anywhere else it is a late answer to an earlier try, and changes nothing. */
const STEPS = {
  /** The provider has given the money back. */
  sent: { PROMISED: 'SENT' },
  /** The provider refuses to. */
  refused: { PROMISED: 'FAILED' },
  /** The repair knows. A refusal may have overtaken that answer. */
  booked: { SENT: 'DONE', UNBOOKED: 'DONE' },
  /** The repair does not take it, although it was asked beforehand: the desk looks at it. */
  unbooked: { SENT: 'UNBOOKED' },
  /** The customer's bank did not take it, so the centre has it again. Where the repair has a refund by now, the desk looks at it. */
  cameBack: { PROMISED: 'FAILED', UNBOOKED: 'FAILED', DONE: 'CAME_BACK' },
  /** The repair has the money that came back. */
  takenBack: { TAKING_BACK: 'FAILED' },
  notTakenBack: { TAKING_BACK: 'CAME_BACK' },
} as const satisfies Readonly<Record<string, Steps>>;
export type RefundAnswer = keyof typeof STEPS;

/** Dealt with as money that has gone and that the repair does not know of; when it comes back after all, the desk looks at it again. */
const isSettledAsGone = ({ state, cleared }: OnlineRefund): boolean => state === 'CLEARED' && cleared?.isUnbooked === true;

const stepFrom = (refund: OnlineRefund, answer: RefundAnswer): RefundState | undefined => {
  const steps: Steps = STEPS[answer];
  return answer === 'cameBack' && isSettledAsGone(refund) ? 'CAME_BACK' : steps[refund.state];
};

/** What an answer makes of a refund; `promisedAt` is that of the promise which was answered. */
export const answerRefund = (
  before: IncomingPayment,
  id: string,
  answer: RefundAnswer,
  { promisedAt, now }: { readonly promisedAt?: Date; readonly now: Date },
): PaymentDecision => {
  const refund = before.refunds?.find((one) => one.id === id);
  const state = refund && stepFrom(refund, answer);
  const isOfAnother = refund !== undefined && promisedAt !== undefined && promisedAtOf(refund).getTime() !== promisedAt.getTime();
  if (state === undefined || isOfAnother) return { state: before };
  return { state: withClock({ ...before, refunds: (before.refunds ?? []).map((one) => (one.id === id ? { ...one, state } : one)) }, now) };
};

/** BOOK: the repair is asked, again or for the first time. OUTSIDE: the desk has dealt with it, and there is nothing to book. */
export const CLEARINGS = ['BOOK', 'OUTSIDE'] as const;

export interface Clearing {
  readonly how: (typeof CLEARINGS)[number];
  readonly kind?: RefundKind;
  readonly note?: string;
}

/** What is left to do in this system. Of money that came back and that the repair never saw go there is nothing. */
const bookingOf = ({ state, cleared }: OnlineRefund): RefundState => {
  if (state === 'UNBOOKED') return 'SENT';
  return cleared?.isUnbooked === true ? 'FAILED' : 'TAKING_BACK';
};

/** The desk clears what neither the provider nor the repair can. */
export const clearRefund = (
  before: IncomingPayment,
  id: string,
  { how, kind, note }: Clearing,
  { at, byUserId }: { readonly at: Date; readonly byUserId: string },
): PaymentDecision => {
  const refund = before.refunds?.find((one) => one.id === id);
  if (refund === undefined) throw refundNotFound();
  if (!needsDesk(refund)) throw refundNotToClear(refund.state);
  const isOutside = how === 'OUTSIDE';
  const state = isOutside ? 'CLEARED' : bookingOf(refund);
  const isUnbooked = isOutside && refund.state === 'UNBOOKED' ? (true as const) : undefined;
  const after: OnlineRefund = compact({
    ...refund,
    kind: kind ?? refund.kind,
    state,
    cleared: compact({ at, byUserId, note, isUnbooked }),
  });
  return { state: withClock({ ...before, refunds: (before.refunds ?? []).map((one) => (one.id === id ? after : one)) }, at) };
};

/** Under which key a rejected payment goes back: a second rejection after a refused one is another request. */
export const rejectionKey = (id: string, promisedAt: Date): string => `rejected-${id}-${promisedAt.getTime()}`;

/** Rejected money that the customer's bank did not take: the desk decides anew. */
export const rejectionCameBack = (before: IncomingPayment, key: string, at: Date): PaymentDecision => {
  const { status, sendingBack, sentBackKey } = before;
  if (status === 'TO_VERIFY' && sendingBack !== undefined && rejectionKey(before.id, sendingBack.at) === key)
    return { state: withClock({ ...before, sendingBack: undefined }, at) };
  if (status !== 'REJECTED' || sentBackKey !== key) return { state: before };
  const open = { reason: undefined, decidedByUserId: undefined, decidedAt: undefined, sentBackKey: undefined };
  return decisionWith({ ...before, ...open }, { status: 'TO_VERIFY', doubt: 'CAME_BACK' }, PaymentToVerify, {
    at,
  });
};
