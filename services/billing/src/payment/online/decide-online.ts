import { PaymentToVerify } from '@riparo/shared/contracts/incoming-payments.events';
import { decisionWith, withClock, type IncomingPayment, type PaymentDecision } from '../payment.js';
import type { Session } from './stripe-provider.js';

const isSame = (one: IncomingPayment['amount'], other: IncomingPayment['amount']): boolean =>
  one.amount === other.amount && one.currency === other.currency;

/**
 * The provider has the money. What was asked for is promised to the repair; another amount or currency is for the desk to
 * look at. It may come at any time and any number of times: after the page was left, after it ended, twice at once.
 */
const arrived = (before: IncomingPayment, session: Session, at: Date): PaymentDecision => {
  const { amount, transactionId } = session;
  if (before.arrivedAt !== undefined) return { state: before };
  const money = { arrivedAt: at, underWay: undefined, ...(transactionId === undefined ? {} : { transactionId }) };
  if (isSame(amount, before.amount))
    return { state: withClock({ ...before, ...money, status: 'STARTED', booking: { at, evenIfNotDue: false } }, at) };
  const change = { ...money, amount, askedAmount: before.amount, status: 'TO_VERIFY' as const, doubt: 'AMOUNT_DIFFERS' as const };
  return decisionWith(before, change, PaymentToVerify, { at });
};

/** What the provider says of its page is what counts, whoever told us to look. */
export const followSession = (before: IncomingPayment, session: Session, at: Date): PaymentDecision => {
  if (before.checkout?.sessionId !== session.id) return { state: before };
  if (session.isPaid) return arrived(before, session, at);
  if (before.status !== 'STARTED' || before.arrivedAt !== undefined) return { state: before };
  const { isOver, isUnderWay } = session;
  const { underWay: _, ...open } = before;
  return { state: withClock({ ...open, ...(isOver ? { status: 'LAPSED' as const } : isUnderWay ? { underWay: true as const } : {}) }, at) };
};

/** The customer left the page, and another amount is due by now. Money that is on its way does not lapse. */
export const lapse = (before: IncomingPayment, at: Date): PaymentDecision =>
  before.status !== 'STARTED' || before.arrivedAt !== undefined || before.underWay === true
    ? { state: before }
    : { state: withClock({ ...before, status: 'LAPSED' }, at) };
