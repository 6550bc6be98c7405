import { expect } from 'chai';
import { RepairPaymentWaived, type PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { RepairRefunded } from '@riparo/shared/contracts/repair-money.events';
import { randomUUID } from 'node:crypto';
import { runUnfinished } from '../../src/invoice/upkeep/run-unfinished.js';
import { buildDone, euros, labour, paidWith, startTill, type InvoiceView, type Till } from './till.js';

describe('taking documents back', () => {
  let till: Till;
  let repair: PublishedRepair;
  let invoice: InvoiceView;
  beforeEach(async () => {
    till = await startTill();
    const lines = [labour(), labour({ kind: 'PART', description: 'Display', unitPrice: euros(5_000), vatRate: 10 })];
    repair = paidWith(buildDone({ customerId: till.rossi.caller.customerId ?? '' }, 17_700, lines));
    await till.tell(repair);
    invoice = await till.issue({ repairId: repair.id });
  });
  afterEach(() => till.stop());

  /** As the tickets service tells it: less is due, and as much less is paid. */
  const reduce = async (amount: number, version: number, from = repair): Promise<PublishedRepair> => {
    const after = { ...from, amountDue: euros(from.amountDue.amount - amount), amountPaid: euros(from.amountPaid.amount - amount) };
    const refund = { id: randomUUID(), method: 'CASH' as const, amount: euros(amount), kind: 'REDUCTION' as const, reason: 'It failed' };
    till.known.set(repair.id, { ...after, version });
    await till.publish(RepairRefunded, { repair: after, at: till.clock.now().toISOString(), refund }, { subject: repair.id, version });
    return after;
  };
  const credits = async (): Promise<readonly InvoiceView[]> => {
    const listed = await till.all('?kind=CREDIT_NOTE');
    return Promise.all(listed.map(({ id }) => till.read(id)));
  };

  it('when money is given back as a reduction, then a credit note takes it back at each rate', async () => {
    await reduce(1_000, 2);
    const [note] = await credits();
    expect(note).to.deep.include({ number: 'A-2026-000002', status: 'ISSUED', total: euros(1_000), left: euros(0) });
    expect(note?.credits).to.deep.equal({
      invoiceId: invoice.id,
      number: invoice.number,
      kind: 'INVOICE',
      issuedOn: '2026-03-02',
      reason: 'Riduzione del prezzo',
    });
    // 10.00 over 122.00 and 55.00.
    expect(note?.vatGroups).to.deep.equal([
      { vatRate: 22, net: euros(565), vat: euros(124) },
      { vatRate: 10, net: euros(283), vat: euros(28) },
    ]);
    const after = await till.read(invoice.id);
    expect(after).to.deep.include({ status: 'PAID', credited: euros(1_000), paid: euros(16_700), left: euros(0) });
    expect(after.creditNotes.map(({ number }) => number)).to.deep.equal(['A-2026-000002']);
    expect((await till.issued()).map(({ kind, credits: of }) => [kind, of?.number])).to.deep.equal([
      ['INVOICE', undefined],
      ['CREDIT_NOTE', 'A-2026-000001'],
    ]);
  });

  it('when the reduction is told twice or late, then it is credited once', async () => {
    const after = await reduce(1_000, 2);
    await reduce(500, 3, after);
    await reduce(1_000, 2);
    expect((await credits()).map(({ total }) => total.amount).toSorted()).to.deep.equal([1_000, 500].toSorted());
  });

  it('when a reduction came before the document, then nothing is credited', async () => {
    await till.settle(invoice.id);
    const after = await reduce(1_000, 2);
    const { total } = await till.issue({ repairId: repair.id });
    expect(total.amount).to.equal(16_700);
    await reduce(1_000, 2);
    await till.tell(after, 3);
    expect((await credits()).length).to.equal(1);
  });

  it('when the rest is waived, then a credit note takes it back', async () => {
    const open = buildDone({ customerId: till.rosa.caller.customerId ?? '', number: 'REP-2026-000002' });
    await till.tell(open);
    const { id, number } = await till.issue({ repairId: open.id });
    const waived = { ...open, waived: true, amountWaived: euros(2_200), amountPaid: euros(10_000) };
    const told = { repair: waived, at: till.clock.now().toISOString(), amount: euros(2_200), reason: 'Goodwill, not for the customer' };
    await till.publish(RepairPaymentWaived, told, { subject: open.id, version: 2 });
    const [note] = await credits();
    // A receipt is taken back in its own series.
    expect([number, note?.number, note?.total.amount]).to.deep.equal(['AR-2026-000001', 'AR-2026-000002', 2_200]);
    expect(JSON.stringify(note)).not.to.include('Goodwill');
    expect((await till.read(id)).status).to.equal('PAID');
  });

  it('when money entered wrongly is taken out, then nothing is credited and it is open again', async () => {
    await till.tell({ ...repair, amountPaid: euros(0) }, 2);
    expect(await till.read(invoice.id)).to.deep.include({ status: 'ISSUED', credited: euros(0), left: euros(17_700) });
    await till.tell({ ...repair, amountPaid: euros(7_000) }, 3);
    expect((await till.read(invoice.id)).status).to.equal('PARTLY_PAID');
  });

  it('when an administrator takes all back, then its lines are the same and another can be issued', async () => {
    const { status, body, headers } = await till.settle(invoice.id, 'Made out to the wrong company');
    expect([status, headers.get('location')]).to.deep.equal([201, `/api/v1/invoices/${body.data.id}`]);
    expect(body.data.lines).to.deep.equal(invoice.lines);
    expect(body.data.vatGroups).to.deep.equal(invoice.vatGroups);
    expect((await till.read(invoice.id)).status).to.equal('CREDITED');
    expect((await till.issue({ repairId: repair.id })).number).to.equal('A-2026-000003');
  });

  it('when parts were credited before, then all together is exactly the document, at each rate', async () => {
    let after = repair;
    for (const [index, amount] of [333, 1, 4_567].entries()) after = await reduce(amount, index + 2, after);
    await till.settle(invoice.id);
    const notes = await credits();
    for (const { vatRate, net } of invoice.vatGroups) {
      const of = notes.flatMap(({ vatGroups }) => vatGroups).filter((group) => group.vatRate === vatRate);
      expect(of.reduce((sum, group) => sum + group.net.amount, 0)).to.equal(net.amount);
    }
    // VAT is counted on each credit note; what that misses is said as rounding.
    const sums = notes.map(({ net, vat, rounding }) => net.amount + vat.amount + (rounding?.amount ?? 0));
    expect(sums).to.deep.equal(notes.map(({ total }) => total.amount));
    expect(sums.reduce((sum, each) => sum + each, 0)).to.equal(17_700);
  });

  it('when it was taken back already, or is a credit note itself, then 409', async () => {
    const { body } = await till.settle(invoice.id);
    const again = await till.settle(invoice.id);
    expect([again.status, again.body.code]).to.deep.equal([409, 'INVOICE_ALREADY_CREDITED']);
    const note = await till.settle(body.data.id);
    expect([note.status, note.body.code]).to.deep.equal([409, 'INVOICE_NOT_CREDITABLE']);
    expect((await till.settle(randomUUID())).body.code).to.equal('INVOICE_NOT_FOUND');
  });

  it('when a crash came between the promise and the credit note, then the job issues it', async () => {
    const stored = till.platform.connection.collection<{ _id: string }>('invoices');
    const promise = { id: randomUUID(), total: euros(17_700), vatGroups: invoice.vatGroups, reason: 'Wrong', at: till.clock.now() };
    await stored.updateOne(
      { _id: invoice.id },
      { $set: { creditNotes: [promise], unfinishedSince: till.clock.now() }, $inc: { version: 1 } },
    );
    till.clock.advance(120_000);
    await runUnfinished(till.deps)();
    await runUnfinished(till.deps)();
    expect((await credits()).map(({ id, number }) => [id, number])).to.deep.equal([[promise.id, 'A-2026-000002']]);
    expect((await till.read(invoice.id)).creditNotes.map(({ number }) => number)).to.deep.equal(['A-2026-000002']);
  });
});
