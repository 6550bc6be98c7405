import { RepairAbandoned } from '@riparo/shared/contracts/repair-money.events';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { buildDone, euros, labour, paidWith, ROSA, startTill, type Till } from './till.js';

describe('issuing documents', () => {
  let till: Till;
  beforeEach(async () => {
    till = await startTill();
  });
  afterEach(() => till.stop());

  const customer = (who: 'rosa' | 'rossi') => ({ customerId: till[who].caller.customerId ?? '', contactUserId: till[who].caller.userId });

  it('when a company collects its device, then an invoice is issued under the first number', async () => {
    const repair = await till.collect(paidWith(buildDone(customer('rossi'))));
    const [invoice] = await till.all();
    expect(invoice).to.deep.include({
      number: 'A-2026-000001',
      kind: 'INVOICE',
      status: 'PAID',
      issuedOn: '2026-03-02',
      repairId: repair.id,
    });
    expect([invoice?.net, invoice?.vat, invoice?.total]).to.deep.equal([euros(10_000), euros(2_200), euros(12_200)]);
    const [told] = await till.issued();
    expect(told).to.deep.include({ id: invoice?.id, number: 'A-2026-000001', total: euros(12_200), subjectNumber: 'REP-2026-000001' });
    const whole = await till.read(invoice?.id ?? '');
    expect(whole.settledBefore).to.deep.equal([{ method: 'CARD', amount: euros(12_200), on: '2026-03-02' }]);
    expect(whole).to.not.have.any.keys('dueOn', 'issuedByUserId');
  });

  it('when a private person collects, then a receipt is issued, or an invoice if they want one', async () => {
    await till.collect(paidWith(buildDone(customer('rosa'))));
    till.buyers.set(till.rosa.caller.customerId ?? '', { ...ROSA, wantsInvoice: true });
    await till.collect(paidWith(buildDone(customer('rosa'))));
    expect((await till.all()).map(({ number, kind }) => [kind, number])).to.have.deep.members([
      ['RECEIPT', 'AR-2026-000001'],
      ['INVOICE', 'A-2026-000001'],
    ]);
  });

  it('when the hand-over is told twice, then there is one document, even after it was taken back', async () => {
    const repair = paidWith(buildDone(customer('rossi')));
    await till.collect(repair);
    await till.collect(repair);
    const [{ id } = { id: '' }] = await till.all();
    expect((await till.settle(id)).status).to.equal(201);
    await till.collect(repair);
    expect((await till.all()).map(({ kind }) => kind).toSorted()).to.deep.equal(['CREDIT_NOTE', 'INVOICE']);
  });

  it('when a device is given up, then a document is issued if anything was paid', async () => {
    const abandon = async (repair: PublishedRepair): Promise<void> => {
      const after = { ...repair, status: 'CLOSED' as const, abandoned: true as const };
      till.known.set(repair.id, { ...after, version: 2 });
      const people = { requestedByUserId: randomUUID(), approvedByUserId: randomUUID(), actorUserId: randomUUID() };
      const told = { repair: after, at: till.clock.now().toISOString(), reason: 'Nobody came', ...people };
      for (let times = 0; times < 2; times++) await till.publish(RepairAbandoned, told, { subject: repair.id, version: 2 });
    };
    await abandon(buildDone(customer('rossi')));
    expect(await till.all()).to.deep.equal([]);
    await abandon(paidWith(buildDone(customer('rossi')), 5_000));
    expect((await till.all()).map(({ kind, status, total, left }) => [kind, status, total.amount, left.amount])).to.deep.equal([
      ['INVOICE', 'PARTLY_PAID', 12_200, 7_200],
    ]);
  });

  it('when nothing is charged, or all of it was waived, then no document is issued', async () => {
    await till.collect(buildDone(customer('rossi'), 0, []));
    await till.collect(buildDone({ ...customer('rossi'), waived: true }));
    await till.collect(buildDone({ ...customer('rossi'), waived: true, amountWaived: euros(12_200) }));
    expect(await till.all()).to.deep.equal([]);
    const { id } = await till.tell(buildDone(customer('rossi'), 0, []));
    const { status, body } = await till.ask({ repairId: id });
    expect([status, body.code]).to.deep.equal([409, 'NOTHING_TO_INVOICE']);
  });

  it('when a part was waived, then the document is about the rest, with a discount over all rates', async () => {
    const lines = [labour(), labour({ kind: 'PART', description: 'Display', unitPrice: euros(5_000), vatRate: 10 })];
    const part = { ...customer('rossi'), waived: true, amountWaived: euros(2_700), amountPaid: euros(15_000) };
    await till.collect(buildDone(part, 17_700, lines));
    const [{ id } = { id: '' }] = await till.all();
    const { total, lines: printed, vatGroups, rounding, status } = await till.read(id);
    expect([total.amount, status]).to.deep.equal([15_000, 'PAID']);
    expect(printed.slice(2).map(({ kind, description, vatRate }) => [kind, description, vatRate])).to.deep.equal([
      ['DISCOUNT', 'Riduzione del prezzo', 22],
      ['DISCOUNT', 'Riduzione del prezzo', 10],
    ]);
    // 103.39 and 46.61 are 84.75 and 42.37 without VAT, and VAT on these is 18.65 and 4.24.
    expect(vatGroups.map(({ net, vat }) => [net.amount, vat.amount])).to.deep.equal([
      [8_475, 1_865],
      [4_237, 424],
    ]);
    expect(rounding).to.deep.equal(euros(-1));
  });

  it('when a charge was said in one sum, then the document has one line and its total is that sum', async () => {
    // 20.00 has no price without VAT of whole cents whose 22 % bring it back to 20.00.
    const { id } = await till.tell(buildDone(customer('rossi'), 2_000, []));
    const { lines, net, vat, total, left, dueOn } = await till.issue({ repairId: id });
    expect(lines).to.deep.equal([labour({ description: 'Changed the display', unitPrice: euros(1_639) })]);
    expect([net.amount, vat.amount, total.amount, left.amount]).to.deep.equal([1_639, 361, 2_000, 2_000]);
    expect(dueOn).to.equal('2026-04-01');
  });

  it('when the customer pays the stamp duty, then it is taken out of a charge of one sum, and never added', async () => {
    const terms = { vatRate: 0, vatExemption: 'N2.2' as const, dueDays: 30, chargesStampDuty: true, series: 'B' };
    await till.settings({ invoiceTerms: terms });
    const { id } = await till.tell(buildDone(customer('rossi'), 10_000, []));
    const stamped = await till.issue({ repairId: id });
    expect([stamped.number, stamped.net.amount, stamped.total.amount]).to.deep.equal(['B-2026-000001', 9_800, 10_000]);
    expect(stamped).to.deep.include({ stampDuty: euros(200), chargesStampDuty: true, vatExemption: 'N2.2' });
    const byLines = await till.tell(buildDone(customer('rossi'), 10_000, [labour({ vatRate: 0 })]));
    const borne = await till.issue({ repairId: byLines.id });
    expect([borne.total.amount, borne.chargesStampDuty, borne.stampDuty]).to.deep.equal([10_000, false, euros(200)]);
    const small = await till.tell(buildDone(customer('rossi'), 7_747, []));
    expect(await till.issue({ repairId: small.id })).not.to.have.property('stampDuty');
    const receipt = await till.tell(buildDone(customer('rosa'), 10_000, []));
    expect(await till.issue({ repairId: receipt.id })).not.to.have.property('stampDuty');
  });

  describe('POST /invoices', () => {
    it('when the work has not ended, then 409', async () => {
      const { id } = await till.tell(buildDone({ ...customer('rossi'), status: 'IN_PROGRESS', outcome: undefined }));
      const { status, body } = await till.ask({ repairId: id });
      expect([status, body.code, body.current]).to.deep.equal([409, 'REPAIR_WITHOUT_OUTCOME', 'IN_PROGRESS']);
    });

    it('when there is no such repair or ticket, then 404', async () => {
      expect((await till.ask({ repairId: randomUUID() })).body.code).to.equal('REPAIR_NOT_FOUND');
      expect((await till.ask({ ticketId: randomUUID() })).body.code).to.equal('TICKET_NOT_FOUND');
      expect((await till.ask({})).status).to.equal(422);
    });

    it('when one is in force, then 409 names it, and the repeated request gets its own', async () => {
      const { id } = await till.tell(buildDone(customer('rossi')));
      const headers = { 'idempotency-key': 'one' };
      const first = await till.ask({ repairId: id }, till.agent, headers);
      const again = await till.ask({ repairId: id }, till.agent, headers);
      expect([first.status, again.status, again.body.data.id]).to.deep.equal([201, 201, first.body.data.id]);
      const other = await till.ask({ repairId: id });
      expect([other.status, other.body.code, other.body.number]).to.deep.equal([409, 'INVOICE_IN_FORCE', 'A-2026-000001']);
    });

    it('when the desk asks for another kind, then it gets that one', async () => {
      const { id } = await till.tell(buildDone(customer('rosa')));
      const { kind, issuedByUserId } = await till.issue({ repairId: id, kind: 'INVOICE' });
      expect([kind, issuedByUserId]).to.deep.equal(['INVOICE', till.agent.caller.userId]);
    });

    it('when the device is handed over afterwards, then no second document is issued', async () => {
      const repair = await till.tell(buildDone(customer('rossi')));
      const { id } = await till.issue({ repairId: repair.id });
      await till.collect(paidWith(repair), 2);
      expect((await till.all()).map((each) => [each.id, each.status])).to.deep.equal([[id, 'PAID']]);
    });

    it('when storage came on top before the hand-over, then one document of the whole charge takes its place', async () => {
      const repair = await till.tell(buildDone(customer('rossi')));
      expect((await till.ask({ repairId: repair.id })).status).to.equal(201);
      const storage = labour({ kind: 'FEE', description: 'Custodia, 30 giorni', unitPrice: euros(2_459) });
      const collected = { ...repair, extraLines: [storage], amountDue: euros(15_200), amountPaid: euros(15_200) };
      for (let told = 0; told < 3; told++) await till.collect(collected);
      const all = (await till.all()).toSorted((one, other) => one.number.localeCompare(other.number));
      expect(all.map(({ kind, status, total }) => [kind, status, total.amount])).to.deep.equal([
        ['INVOICE', 'CREDITED', 12_200],
        ['CREDIT_NOTE', 'ISSUED', 12_200],
        ['INVOICE', 'PAID', 15_200],
      ]);
    });

    it('when the hand-over is told again after the document was taken back, then no other one is issued', async () => {
      const repair = await till.tell(buildDone(customer('rossi')));
      const { id } = (await till.ask({ repairId: repair.id })).body.data;
      await till.collect(paidWith(repair));
      expect((await till.settle(id)).status).to.equal(201);
      await till.collect(paidWith(repair));
      expect((await till.all()).map(({ kind }) => kind).toSorted()).to.deep.equal(['CREDIT_NOTE', 'INVOICE']);
    });

    it('when auth is away, then 503, and the hand-over waits for it', async () => {
      const { id } = await till.tell(buildDone(customer('rossi')));
      till.authFails(1);
      expect((await till.ask({ repairId: id })).status).to.equal(503);
      till.authFails(2);
      await till.collect(buildDone(customer('rossi')));
      expect((await till.all()).length).to.equal(1);
    });
  });
});
