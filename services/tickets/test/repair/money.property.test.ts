import { DEFAULT_PICKUP_TERMS } from '@riparo/shared/contracts/centre-terms';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { expect } from 'chai';
import fc from 'fast-check';
import { open } from '../../src/repair/intake/decide-open.js';
import { complete, type WorkReport } from '../../src/repair/outcome/decide-outcome.js';
import { collect, ready } from '../../src/repair/payment/decide-handover.js';
import { reply } from '../../src/repair/reply/decide-reply.js';
import { alwaysOpen } from '../../src/kernel/working-time.js';
import { cancel, changeStatus } from '../../src/repair/outcome/decide-status.js';
import { book, pay, waive } from '../../src/repair/payment/decide-payment.js';
import { refund } from '../../src/repair/payment/decide-refund.js';
import { inWords } from '@riparo/shared/text/write-money';
import { amountLeft, amountOverpaid, amountPaid, amountWaived, type RepairDecision, type RepairState } from '../../src/repair/repair.js';
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
  const sheet = {
    id: 'r',
    customerId: 'c',
    createdByUserId: 'AGENT',
    source: 'COUNTER' as const,
    currency: 'EUR',
    words: [],
    pickupTerms: DEFAULT_PICKUP_TERMS,
  };
  const draft = open(
    { ...sheet, device: { ...device, category: 'LAPTOP' }, problemDescription, underWarranty },
    'REP-2026-000001',
    stamp(0, 'AGENT'),
  );
  const { activities: _, ...state } = draft;
  return { ...state, status: 'IN_PROGRESS', assignedToUserId: 'TECH', version: 1, createdAt: AT, updatedAt: AT };
};

/** What a decision comes to, or the code of its refusal. */
const outcomeOf = (decide: () => RepairDecision): RepairDecision | string => {
  try {
    return decide();
  } catch (error) {
    if (isDomainError(error)) return error.code;
    throw error;
  }
};

const tried = (decide: () => RepairDecision): RepairState | string => {
  const decision = outcomeOf(decide);
  return typeof decision === 'string' ? decision : decision.state;
};

type Step =
  | 'waive'
  | 'cancel'
  | 'collect'
  | { readonly pay: number }
  | { readonly arrived: number }
  | { readonly back: number; readonly kind: 'REDUCTION' | 'CORRECTION' }
  | { readonly complete: number };

const decideStep = (now: RepairState, next: Step, by: Stamp): RepairDecision => {
  if (next === 'waive') return waive(now, 'Kind', by);
  if (next === 'cancel') return cancel(now, undefined, by);
  if (next === 'collect') {
    const shelved = now.outcome === undefined || now.status === 'CLOSED' ? now : { ...now, status: 'READY_FOR_PICKUP' as const };
    return collect(shelved, 'Rosa', by, WARRANTY);
  }
  if ('pay' in next) return pay(now, { method: 'CASH', amount: next.pay }, by);
  if ('arrived' in next) return book(now, { method: 'ONLINE', amount: { amount: next.arrived, currency: 'EUR' } }, by);
  if ('back' in next) return refund(now, { method: 'CASH', amount: next.back, kind: next.kind, reason: 'Sorry' }, by);
  return complete(now, { description: 'Done', amount: next.complete }, [], { ...by, byUserId: 'TECH', role: 'TECH' });
};

/** What an event of money says. */
interface Told {
  readonly payment?: { readonly amount: { readonly amount: number } };
  readonly refund?: { readonly amount: { readonly amount: number }; readonly kind: string };
  readonly amount?: { readonly amount: number };
}

const tallied = <T extends Readonly<Record<'payments' | 'refunds' | 'reductions' | 'waived', number>>>(before: T, event: Told): T => {
  const { payment, refund: back, amount } = event;
  return {
    ...before,
    payments: before.payments + (payment?.amount.amount ?? 0),
    refunds: before.refunds + (back?.amount.amount ?? 0),
    reductions: before.reductions + (back?.kind === 'REDUCTION' ? back.amount.amount : 0),
    waived: before.waived + (amount?.amount ?? 0),
  };
};

const cents = fc.integer({ min: 0, max: 1_000_000 });
const moneyInput = fc.oneof(
  cents,
  cents.map((amount) => ({ amount, currency: 'EUR' })),
);

const WARRANTY = { workWarranty: { labourMonths: 3, partsMonths: 12 }, timeZone: 'Europe/Rome', language: 'en' as const };

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
            const after = tried(() => collect(now, 'Rosa', by, WARRANTY));
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

  it('when it is paid, waived, given back and ended in any order, then the amounts are what the events say', () => {
    const amount = fc.integer({ min: 1, max: 6_000 });
    const kind = fc.constantFrom('REDUCTION' as const, 'CORRECTION' as const);
    const step = fc.oneof(
      { weight: 5, arbitrary: fc.record({ pay: amount }) },
      { weight: 2, arbitrary: fc.record({ arrived: amount }) },
      { weight: 3, arbitrary: fc.record({ back: amount, kind }) },
      { weight: 1, arbitrary: fc.constant('waive' as const) },
      { weight: 1, arbitrary: fc.record({ complete: fc.integer({ min: 0, max: 10_000 }) }) },
      { weight: 1, arbitrary: fc.constant('cancel' as const) },
      { weight: 1, arbitrary: fc.constant('collect' as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let now = begun(false);
        let told = { payments: 0, refunds: 0, reductions: 0, waived: 0, charged: 0 };
        steps.forEach((next, index) => {
          const by = stamp(index + 2, 'AGENT');
          const before = now;
          const decision = outcomeOf(() => decideStep(now, next, by));
          if (typeof decision === 'string') return;
          now = { ...now, ...decision.state };
          for (const event of decision.events ?? []) told = tallied(told, event.data as Told);
          if (typeof next === 'object' && 'complete' in next) told = { ...told, charged: next.complete };
          const sum = now.payments.reduce((total, payment) => total + payment.amount.amount, 0);
          expect(amountPaid(now).amount, 'paid')
            .to.equal(sum)
            .and.to.equal(told.payments - told.refunds)
            .and.to.be.at.least(0);
          expect(now.amountDue.amount, 'due')
            .to.equal(told.charged - told.reductions)
            .and.to.be.at.least(0);
          expect(amountWaived(now).amount, 'waived').to.equal(told.waived);
          const [left, over] = [amountLeft(now).amount, amountOverpaid(now).amount];
          expect(left * over, 'left and too much').to.equal(0);
          if (now.outcome !== undefined) expect(left - over).to.equal(now.amountDue.amount - sum - told.waived);
          expect(now.paidAt !== undefined, 'paidAt').to.equal(now.outcome !== undefined && left === 0);
          if (now.status === 'CLOSED' && before.status !== 'CLOSED') expect([left, over], 'handed back').to.deep.equal([0, 0]);
        });
      }),
      { numRuns: 500 },
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
    expect(tried(() => collect(paid, 'Rosa', stamp(4, 'AGENT'), WARRANTY))).to.include({ status: 'CLOSED' });
  });

  it('when an amount is said, then it has as many decimals as its currency', () => {
    expect(inWords({ amount: 4_990, currency: 'EUR' })).to.equal('49.90 EUR');
    expect(inWords({ amount: 4_990, currency: 'JPY' })).to.equal('4990 JPY');
    expect(inWords({ amount: 4_990, currency: 'KWD' })).to.equal('4.990 KWD');
    expect(inWords({ amount: 5, currency: 'EUR' })).to.equal('0.05 EUR');
  });
});
