import { isDomainError } from '@riparo/shared/errors/domain-error';
import { expect } from 'chai';
import fc from 'fast-check';
import { open } from '../../src/repair/intake/decide-open.js';
import { complete, type WorkReport } from '../../src/repair/outcome/decide-outcome.js';
import { collect, ready } from '../../src/repair/payment/decide-handover.js';
import { reply } from '../../src/repair/reply/decide-reply.js';
import { alwaysOpen } from '../../src/kernel/working-time.js';
import { changeStatus } from '../../src/repair/outcome/decide-status.js';
import { pay, waive } from '../../src/repair/payment/decide-payment.js';
import { inWords } from '@riparo/shared/text/write-money';
import { amountLeft, amountPaid, type RepairDecision, type RepairState } from '../../src/repair/repair.js';
import type { Stamp } from '../../src/conversation/stamp.js';
import { buildRepair } from './repair.builder.js';

const AT = new Date('2026-03-02T10:00:00Z');
const stamp = (n: number, role: 'TECH' | 'AGENT'): Stamp => ({
  at: AT,
  byUserId: role,
  role,
  activityIds: Array.from({ length: 6 }, (_, index) => `${n}-${index}`),
});

const begun = (underWarranty: boolean): RepairState => {
  const { device, problemDescription } = buildRepair();
  const sheet = { id: 'r', customerId: 'c', createdByUserId: 'AGENT', source: 'COUNTER' as const, currency: 'EUR', words: [] };
  const draft = open(
    { ...sheet, device: { ...device, category: 'LAPTOP' }, problemDescription, underWarranty },
    'REP-2026-000001',
    stamp(0, 'AGENT'),
  );
  const { activities: _, ...state } = draft;
  return { ...state, status: 'IN_PROGRESS', assignedToUserId: 'TECH', version: 1, createdAt: AT, updatedAt: AT };
};

/** What a decision comes to: the state after it, or the code of its refusal. */
const tried = (decide: () => RepairDecision): RepairState | string => {
  try {
    return decide().state;
  } catch (error) {
    if (isDomainError(error)) return error.code;
    throw error;
  }
};

const cents = fc.integer({ min: 0, max: 1_000_000 });
const moneyInput = fc.oneof(
  cents,
  cents.map((amount) => ({ amount, currency: 'EUR' })),
);

describe('the money of a repair', () => {
  it('when the technician reports, then work under warranty is charged with a reason only', () => {
    const report = fc.record<WorkReport>(
      { description: fc.constant('Done'), amount: moneyInput, notCoveredReason: fc.constant('Wet') },
      { requiredKeys: ['description'] },
    );
    fc.assert(
      fc.property(fc.boolean(), report, (underWarranty, said) => {
        const charged = typeof said.amount === 'object' ? said.amount.amount : said.amount;
        const after = tried(() => complete(begun(underWarranty), said, [], stamp(1, 'TECH')));
        const isFine = underWarranty
          ? said.notCoveredReason === undefined
            ? (charged ?? 0) === 0
            : charged !== undefined
          : charged !== undefined && said.notCoveredReason === undefined;
        if (typeof after === 'string') {
          expect([after, isFine]).to.deep.equal(['VALIDATION_FAILED', false]);
          return;
        }
        expect(isFine).to.equal(true);
        expect(after.amountDue).to.deep.equal({ amount: charged ?? 0, currency: 'EUR' });
        expect(after.paidAt !== undefined).to.equal((charged ?? 0) === 0);
      }),
    );
  });

  it('when it is paid and waived, then never beyond what is due, and handed back with nothing left', () => {
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ pay: fc.oneof(moneyInput, fc.integer({ min: 1, max: 3_000 })) }) },
      { weight: 1, arbitrary: fc.constant('waive' as const) },
      { weight: 2, arbitrary: fc.constant('collect' as const) },
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), fc.array(step, { maxLength: 12 }), (due, steps) => {
        let now: RepairState = {
          ...(tried(() => complete(begun(false), { description: 'Done', amount: due }, [], stamp(1, 'TECH'))) as RepairState),
          status: 'READY_FOR_PICKUP',
        };
        let [left, paid] = [due, 0];
        steps.forEach((next, index) => {
          const by = stamp(index + 2, 'AGENT');
          if (now.status === 'CLOSED') return;
          if (next === 'collect') {
            const after = tried(() => collect(now, 'Rosa', by));
            expect(typeof after === 'string' ? after : after.status).to.equal(left > 0 ? 'REPAIR_NOT_PAID' : 'CLOSED');
            if (typeof after !== 'string') now = after;
            return;
          }
          const amount = next === 'waive' ? left : typeof next.pay === 'object' ? next.pay.amount : next.pay;
          const after = tried(() => (next === 'waive' ? waive(now, 'Kind', by) : pay(now, { method: 'CASH', amount: next.pay }, by)));
          if (left === 0) expect(after).to.equal('REPAIR_ALREADY_PAID');
          else if (amount > left) expect(after).to.equal('PAYMENT_EXCEEDS_AMOUNT_LEFT');
          else {
            now = after as RepairState;
            left -= amount;
            if (next !== 'waive') paid += amount;
          }
          expect(amountLeft(now).amount).to.equal(left);
          expect(amountPaid(now).amount).to.equal(paid);
          expect(now.paidAt !== undefined).to.equal(left === 0);
        });
      }),
    );
  });

  it('when the timeline is full, then nobody talks, but the repair can be ended, paid and handed back', () => {
    const full = { ...begun(false), timeline: { count: 2_000, publicCount: 2_000, characters: 0 } };
    expect(tried(() => reply(full, { body: 'Hello' }, { ...stamp(1, 'AGENT'), role: 'AGENT' }))).to.equal('REPAIR_TIMELINE_FULL');
    expect(tried(() => changeStatus(full, { status: 'DELAYED' }, stamp(1, 'TECH'), { business: alwaysOpen, timeZone: 'UTC' }))).to.equal(
      'REPAIR_TIMELINE_FULL',
    );
    const done = tried(() => complete(full, { description: 'Done', amount: 10 }, [], stamp(1, 'TECH'))) as RepairState;
    const shelved = tried(() => ready(done, stamp(2, 'AGENT'))) as RepairState;
    expect(tried(() => pay(shelved, { method: 'CASH', amount: 9 }, stamp(3, 'AGENT')))).to.equal('REPAIR_TIMELINE_FULL');
    const paid = tried(() => pay(shelved, { method: 'CASH', amount: 10 }, stamp(3, 'AGENT'))) as RepairState;
    expect(tried(() => collect(paid, 'Rosa', stamp(4, 'AGENT')))).to.include({ status: 'CLOSED' });
  });

  it('when an amount is said, then it has as many decimals as its currency', () => {
    expect(inWords({ amount: 4_990, currency: 'EUR' })).to.equal('49.90 EUR');
    expect(inWords({ amount: 4_990, currency: 'JPY' })).to.equal('4990 JPY');
    expect(inWords({ amount: 4_990, currency: 'KWD' })).to.equal('4.990 KWD');
    expect(inWords({ amount: 5, currency: 'EUR' })).to.equal('0.05 EUR');
  });
});
