import { expect } from 'chai';
import { sentBack } from '../../src/payment/deciding/decide-payment.js';
import { answerRefund, rejectionKey, type RefundAnswer } from '../../src/payment/online/decide-refund.js';
import { REFUND_STATES, type IncomingPayment, type OnlineRefund, type RefundState } from '../../src/payment/payment.js';
import { euros } from './payment-bench.js';

const AT = new Date('2026-03-02T10:00:00Z');
const LATER = new Date('2026-03-02T11:00:00Z');

const buildPayment = (part: Partial<IncomingPayment> = {}): IncomingPayment => ({
  ...{ id: 'p', version: 1, createdAt: AT, updatedAt: AT, repairId: 'r', repairNumber: 'REP-2026-000001', customerId: 'c' },
  ...{ method: 'ONLINE', amount: euros(4_990), status: 'VERIFIED' },
  ...part,
});
const withRefund = (state: RefundState, part: Partial<OnlineRefund> = {}): IncomingPayment =>
  buildPayment({ refunds: [{ id: 'f', amount: euros(1_000), reason: 'R', byUserId: 'u', at: AT, state, ...part }] });

/** What each answer makes of each state; everywhere else it changes nothing. */
const STEPS: Readonly<Record<RefundAnswer, Partial<Record<RefundState, RefundState>>>> = {
  sent: { PROMISED: 'SENT' },
  refused: { PROMISED: 'FAILED' },
  booked: { SENT: 'DONE', UNBOOKED: 'DONE' },
  unbooked: { SENT: 'UNBOOKED' },
  cameBack: { PROMISED: 'FAILED', UNBOOKED: 'FAILED', DONE: 'CAME_BACK' },
  takenBack: { TAKING_BACK: 'FAILED' },
  notTakenBack: { TAKING_BACK: 'CAME_BACK' },
};

describe('late answers about money that goes back', () => {
  for (const [answer, steps] of Object.entries(STEPS) as [RefundAnswer, Partial<Record<RefundState, RefundState>>][])
    it(`when the answer is ${answer}, then the refund goes on from where it was asked, and from nowhere else`, () => {
      for (const state of REFUND_STATES) {
        const before = withRefund(state);
        const { state: after } = answerRefund(before, 'f', answer, { promisedAt: AT, now: LATER });
        expect(after.refunds?.[0]?.state, state).to.equal(steps[state] ?? state);
        if (steps[state] === undefined) expect(after).to.equal(before);
      }
    });

  it('when the desk has asked for another try, then the answer to the one before changes nothing', () => {
    const again = withRefund('SENT', { cleared: { at: LATER, byUserId: 'u' } });
    expect(answerRefund(again, 'f', 'unbooked', { promisedAt: AT, now: LATER }).state).to.equal(again);
    expect(answerRefund(again, 'f', 'unbooked', { promisedAt: LATER, now: LATER }).state.refunds?.[0]?.state).to.equal('UNBOOKED');
  });

  it('when it was rejected anew, then the answer to the first rejection changes nothing', () => {
    const before = buildPayment({ status: 'TO_VERIFY', arrivedAt: AT, sendingBack: { at: LATER, byUserId: 'u', reason: 'R' } });
    expect(sentBack(before, AT, LATER).state).to.equal(before);
    expect(sentBack(before, LATER, LATER).state).to.include({ status: 'REJECTED', sentBackKey: rejectionKey('p', LATER) });
  });
});
