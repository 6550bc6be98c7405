import { lineNet, LINE_KINDS, netOf, totalsOf, vatOf, type PriceLine } from '@riparo/shared/contracts/price-lines';
import { DEFAULT_INVOICE_TERMS, type InvoiceTerms } from '@riparo/shared/contracts/centre-terms';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { expect } from 'chai';
import fc from 'fast-check';
import { creditRest, followRepair, issueCredit } from '../../src/invoice/crediting/decide-credit.js';
import { roundingOf } from '../../src/invoice/fatturapa/describe/describe-lines.js';
import { dutyInTotal, restOf, type Invoice, type PromisedCredit } from '../../src/invoice/invoice.js';
import { chargeOf, chargedFor, spread } from '../../src/invoice/issuing/charge.js';
import { chargeOfRepair, issue } from '../../src/invoice/issuing/decide-issue.js';
import { buildSettings } from '../bench.js';
import { buildDone, euros, ROSA } from './till.js';

const WORDS = { reduction: 'less', rounding: 'rounding' };
const RATES = [22, 10, 5.5, 4, 0];
const AT = new Date('2026-03-02T10:00:00Z');

const line = fc.record({
  kind: fc.constantFrom(...LINE_KINDS.filter((kind) => kind !== 'DISCOUNT')),
  description: fc.constant('Work'),
  quantity: fc.integer({ min: 1, max: 9 }),
  unitPrice: fc.integer({ min: 0, max: 100_000 }).map(euros),
  vatRate: fc.constantFrom(...RATES),
});
/** Discounts take off at most what the lines of their rate charge. */
const lines: fc.Arbitrary<readonly PriceLine[]> = fc
  .tuple(
    fc.array(line, { minLength: 1, maxLength: 8 }),
    fc.array(fc.tuple(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 3 }),
  )
  .map(([all, discounts]) => {
    const taken = new Map<number, number>();
    const off = discounts.flatMap(([which, share]): PriceLine[] => {
      const rate = all[which % all.length]?.vatRate ?? 0;
      const charged = totalsOf(all, 'EUR').vatGroups.find(({ vatRate }) => vatRate === rate)?.net.amount ?? 0;
      const amount = Math.floor((charged - (taken.get(rate) ?? 0)) * share);
      taken.set(rate, (taken.get(rate) ?? 0) + amount);
      return [{ kind: 'DISCOUNT', description: 'Less', quantity: 1, unitPrice: euros(amount), vatRate: rate }];
    });
    return [...all, ...off];
  });

/** VAT is exactly that of its rate; what a sum that was said with VAT misses is a cent of rounding for each rate at most. */
const expectSums = ({ net, vat, total, vatGroups, rounding, lines: all }: ReturnType<typeof chargeOf>, charged: number): void => {
  expect(total.amount).to.equal(charged);
  expect(net.amount + vat.amount + (rounding?.amount ?? 0)).to.equal(charged);
  expect(Math.abs(rounding?.amount ?? 0)).to.be.at.most(vatGroups.length);
  const byLines = totalsOf(all, 'EUR').vatGroups;
  for (const group of vatGroups) {
    expect(group.net.amount).to.equal(byLines.find(({ vatRate }) => vatRate === group.vatRate)?.net.amount);
    expect(group.vat.amount).to.equal(vatOf(group.net.amount, group.vatRate));
    expect(group.net.amount).to.be.at.least(0);
  }
};

/** What a credit note says is what it takes back, and VAT is that of its rate. */
const expectNote = (invoice: Invoice, note: PromisedCredit): void => {
  const { content } = issueCredit(invoice, note, buildSettings(), '2026', 2, undefined);
  const { net, vat, total, vatGroups, rounding, stampDuty, stampDutyReturned } = content;
  expect(net.amount + vat.amount + (rounding?.amount ?? 0) + (stampDutyReturned?.amount ?? 0)).to.equal(note.total.amount);
  expect(total).to.deep.equal(note.total);
  for (const group of vatGroups) expect(group.vat.amount).to.equal(vatOf(group.net.amount, group.vatRate));
  // As the electronic invoice has it.
  expect(roundingOf(content)).to.equal(rounding?.amount ?? 0);
  expect(content.lines.reduce((sum, each) => sum + lineNet(each), 0)).to.equal(net.amount);
  const withoutVat = vatGroups.find(({ vatRate }) => vatRate === 0)?.net.amount ?? 0;
  const owes = withoutVat > 7_747 && content.vatExemption !== undefined && invoice.content.kind === 'INVOICE';
  expect(stampDuty).to.deep.equal(owes ? euros(200) : undefined);
};

const invoiceOf = (repair: PublishedRepair & { readonly version: number }, terms: InvoiceTerms = DEFAULT_INVOICE_TERMS): Invoice => {
  const charge = chargeOfRepair(repair, terms, false, 'en');
  const issuing = {
    ...{ id: 'i', kind: 'INVOICE' as const, repairId: repair.id, workVersion: repair.version, subject: { number: repair.number } },
    ...{
      customerId: 'c',
      centre: buildSettings({ invoiceTerms: terms }),
      buyer: ROSA as Invoice['content']['buyer'],
      charge,
      settledBefore: [],
    },
    ...{ paid: repair.amountPaid.amount, language: 'en' as const, at: AT, year: '2026' },
  };
  return { ...issue(issuing, 1, undefined), version: 1, createdAt: AT, updatedAt: AT };
};

/** All credit notes of a document, and what they take back together. */
const expectCredited = (invoice: Invoice): void => {
  const notes = invoice.creditNotes ?? [];
  for (const note of notes) expectNote(invoice, note);
  for (const { vatRate, net } of invoice.content.vatGroups) {
    const of = notes.flatMap((note) => note.vatGroups).filter((group) => group.vatRate === vatRate);
    const back = of.reduce((sum, group) => sum + group.net.amount, 0);
    expect(back).to.be.at.most(net.amount);
    if (restOf(invoice) === 0) expect(back).to.equal(net.amount);
  }
  const duty = notes.reduce((sum, { stampDuty }) => sum + (stampDuty?.amount ?? 0), 0);
  if (restOf(invoice) === 0) expect(duty).to.equal(dutyInTotal(invoice.content));
};

describe('money on documents', () => {
  it('when lines, discounts and what is charged vary, then sums are exactly what is charged', () => {
    fc.assert(
      fc.property(lines, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
        const charged = Math.floor(totalsOf(all, 'EUR').total.amount * share);
        expectSums(chargeOf(all, charged, 'EUR', WORDS), charged);
      }),
    );
  });

  it('when a charge was said in one sum, then the document says that sum at every rate', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.constantFrom(...RATES), (amount, vatRate) => {
        const charge = chargeOfRepair({ ...buildDone({}, amount, []) }, { ...DEFAULT_INVOICE_TERMS, vatRate }, false, 'en');
        expectSums(charge, amount);
      }),
    );
  });

  it('when a repair is reduced, waived, paid and taken back, then documents add up to what was charged', () => {
    const steps = fc.array(
      fc.record({ kind: fc.constantFrom('reduce', 'waive', 'pay', 'correct'), share: fc.double({ min: 0, max: 1, noNaN: true }) }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(lines, steps, fc.boolean(), (all, changes, isTakenBack) => {
        const due = totalsOf(all, 'EUR').total.amount;
        fc.pre(due > 0);
        let repair = { ...buildDone({ amountWaived: euros(0) }, due, all), version: 1 };
        let invoice = invoiceOf(repair);
        for (const [index, { kind, share }] of changes.entries()) {
          const some = Math.floor(chargedFor(repair) * share);
          const waived = repair.amountWaived?.amount ?? 0;
          if (kind === 'reduce') repair = { ...repair, amountDue: euros(repair.amountDue.amount - some) };
          if (kind === 'waive') repair = { ...repair, waived: true, amountWaived: euros(waived + some) };
          if (kind === 'pay') repair = { ...repair, amountPaid: euros(some) };
          if (kind === 'correct') repair = { ...repair, amountPaid: euros(0) };
          repair = { ...repair, version: repair.version + 1 };
          const note = { id: `n${index}`, at: AT };
          invoice = followRepair(invoice, repair, note).state;
          // Told again, nothing changes.
          expect(followRepair(invoice, repair, note).state).to.equal(invoice);
          expect(restOf(invoice)).to.equal(chargedFor(repair));
          expect(invoice.status === 'PAID' || invoice.status === 'CREDITED').to.equal(invoice.paid.amount >= restOf(invoice));
        }
        if (isTakenBack && restOf(invoice) > 0) invoice = creditRest(invoice, { id: 'last', reason: 'x', at: AT }).state;
        expectCredited(invoice);
      }),
    );
  });

  it('when the customer paid the stamp duty, then it goes back last, and is in no sum of a rate', () => {
    const terms: InvoiceTerms = { ...DEFAULT_INVOICE_TERMS, vatRate: 0, vatExemption: 'N2.2', chargesStampDuty: true };
    const amounts = fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.integer({ min: 8_000, max: 50_000 }), amounts, (due, reductions) => {
        let repair = { ...buildDone({}, due, []), version: 1 };
        let invoice = invoiceOf(repair, terms);
        expect(invoice.content).to.deep.include({ net: euros(due - 200), total: euros(due), stampDuty: euros(200) });
        for (const [index, amount] of reductions.entries()) {
          const reduced = Math.max(0, repair.amountDue.amount - amount);
          repair = { ...repair, amountDue: euros(reduced), version: repair.version + 1 };
          invoice = followRepair(invoice, repair, { id: `n${index}`, at: AT }).state;
          const back = (invoice.creditNotes ?? []).reduce((sum, { stampDuty }) => sum + (stampDuty?.amount ?? 0), 0);
          expect(back).to.equal(Math.max(0, 200 - restOf(invoice)));
        }
        if (restOf(invoice) > 0) invoice = creditRest(invoice, { id: 'last', reason: 'x', at: AT }).state;
        expectCredited(invoice);
      }),
    );
  });

  it('when an amount is spread, then shares add up to it and none is above its weight', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 5 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (weights, share) => {
          const all = weights.reduce((sum, weight) => sum + weight, 0);
          const amount = Math.floor(all * share);
          const shares = spread(amount, weights);
          expect(shares.reduce((sum, each) => sum + each, 0)).to.equal(amount);
          shares.forEach((each, index) => expect(each).to.be.within(0, weights[index] ?? 0));
        },
      ),
    );
  });

  it('when VAT is taken out of a price, then known pairs come out', () => {
    expect([netOf(12_200, 22), netOf(2_000, 22), netOf(1, 22), netOf(10_550, 5.5), netOf(500, 0)]).to.deep.equal([
      10_000, 1_639, 1, 10_000, 500,
    ]);
  });
});
