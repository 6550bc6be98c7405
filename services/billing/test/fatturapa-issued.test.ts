import type { InvoiceTerms } from '@riparo/shared/contracts/centre-terms';
import { RepairRefunded } from '@riparo/shared/contracts/repair-money.events';
import type { CustomerData } from '@riparo/shared/http/customer-schema';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { IDENTITY } from './fatturapa.bench.js';
import { buildDone, euros, labour, paidWith, startTill, type Person, type Till } from './invoice/till.js';

const TERMS: InvoiceTerms = { vatRate: 22, dueDays: 30, chargesStampDuty: true, series: 'A' };
/** Another number than that of the company which is the customer. */
const CENTRE = { ...IDENTITY, vatNumber: '01234567897' };
const FLAT = { ...TERMS, vatRate: 0, vatExemption: 'N2.2' } as const;
const ROSA: CustomerData = {
  type: 'INDIVIDUAL',
  name: 'Rosa',
  surname: 'Bianchi',
  contactEmail: 'rosa@example.test',
  fiscalCode: 'RCCMNL83S18D969H',
  wantsInvoice: true,
  billingAddress: { line1: 'Via Po 3', city: 'Torino', state: 'TO', postalCode: '10121', country: 'Italia' },
};

const textsOf = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text);

describe('electronic invoices of documents as they are issued', () => {
  let till: Till;
  beforeEach(async () => {
    till = await startTill();
    await till.settings({ fiscalIdentity: CENTRE, invoiceTerms: TERMS });
    till.buyers.set(till.rosa.caller.customerId ?? '', ROSA);
  });
  afterEach(() => till.stop());

  const ask = (id: string, { token }: Person = till.agent) => till.api.get(`/invoices/${id}/fatturapa.xml`, { token });
  const xmlOf = async (id: string): Promise<string> => {
    const { status, text } = await ask(id);
    expect(status, text).to.equal(200);
    return text;
  };
  const done = (amount: number, lines?: Parameters<typeof buildDone>[2], customer = till.rossi) =>
    till.tell(buildDone({ customerId: customer.caller.customerId ?? '' }, amount, lines));

  it('when a repair was charged by lines, then they and their sums are in the file', async () => {
    const lines = [labour(), labour({ kind: 'PART', description: 'Display', quantity: 2, unitPrice: euros(2_500), vatRate: 10 })];
    const xml = await xmlOf((await till.issue({ repairId: (await done(17_700, lines)).id })).id);
    expect(textsOf(xml, 'PrezzoTotale')).to.deep.equal(['100.00', '50.00']);
    expect(textsOf(xml, 'Imposta')).to.deep.equal(['22.00', '5.00']);
    expect(textsOf(xml, 'ImportoTotaleDocumento')).to.deep.equal(['177.00']);
    expect(textsOf(xml, 'CodiceDestinatario')).to.deep.equal(['M5UXCR1']);
  });

  it('when a repair was charged in one sum that cannot be split, then the total is that sum', async () => {
    const { id, vat, rounding } = await till.issue({ repairId: (await done(200_000, [])).id });
    const xml = await xmlOf(id);
    expect(textsOf(xml, 'ImportoTotaleDocumento')).to.deep.equal(['2000.00']);
    expect([textsOf(xml, 'Imposta'), vat]).to.deep.equal([['360.65'], euros(36_065)]);
    expect([textsOf(xml, 'Arrotondamento'), rounding]).to.deep.equal([['0.01'], euros(1)]);
  });

  it('when a person wants an invoice, then the person gets the file too', async () => {
    const invoice = await till.issue({ repairId: (await done(12_200, undefined, till.rosa)).id });
    expect(invoice.kind).to.equal('INVOICE');
    const { status, text } = await ask(invoice.id, till.rosa);
    expect(status).to.equal(200);
    expect(textsOf(text, 'CodiceFiscale')).to.deep.equal(['RCCMNL83S18D969H']);
    expect((await ask(invoice.id, till.rossi)).status).to.equal(404);
  });

  it('when the centre bears no VAT and charges the stamp duty, then the customer pays what was said', async () => {
    await till.settings({ fiscalIdentity: { ...CENTRE, taxRegime: 'RF19' }, invoiceTerms: FLAT });
    const xml = await xmlOf((await till.issue({ repairId: (await done(10_000, [])).id })).id);
    expect(textsOf(xml, 'ImportoTotaleDocumento')).to.deep.equal(['100.00']);
    expect(textsOf(xml, 'PrezzoTotale')).to.deep.equal(['98.00', '2.00']);
    expect(textsOf(xml, 'BolloVirtuale')).to.deep.equal(['SI']);
    expect(new Set(textsOf(xml, 'Natura'))).to.deep.equal(new Set(['N2.2']));
  });

  it('when that is taken back, then the credit note owes the duty itself, and gives back the customer’s', async () => {
    for (const [taxRegime, exemptions] of [
      ['RF19', ['N2.2', 'N2.2']],
      ['RF01', ['N2.2', 'N1']],
    ] as const) {
      await till.settings({ fiscalIdentity: { ...CENTRE, taxRegime }, invoiceTerms: FLAT });
      const { body } = await till.settle((await till.issue({ repairId: (await done(10_000, [])).id })).id);
      expect(body.data).to.deep.include({ net: euros(9_800), total: euros(10_000), stampDuty: euros(200), stampDutyReturned: euros(200) });
      const xml = await xmlOf(body.data.id);
      expect(textsOf(xml, 'TipoDocumento')).to.deep.equal(['TD04']);
      expect(textsOf(xml, 'ImportoTotaleDocumento')).to.deep.equal(['100.00']);
      expect(textsOf(xml, 'PrezzoTotale')).to.deep.equal(['98.00', '2.00']);
      expect(textsOf(xml, 'BolloVirtuale')).to.deep.equal(['SI']);
      expect(textsOf(xml, 'Natura').slice(0, 2)).to.deep.equal(exemptions);
      expect(textsOf(xml, 'Arrotondamento')).to.deep.equal([]);
    }
  });

  it('when a document is taken back, then its credit note is a file of type TD04 that names it', async () => {
    const invoice = await till.issue({ repairId: (await done(200_000, [])).id });
    const { body } = await till.settle(invoice.id);
    const note = body.data.kind === 'CREDIT_NOTE' ? body.data : (await till.all('?kind=CREDIT_NOTE'))[0]!;
    const xml = await xmlOf(note.id);
    expect(textsOf(xml, 'TipoDocumento')).to.deep.equal(['TD04']);
    expect(textsOf(xml, 'IdDocumento')).to.deep.equal([invoice.number]);
    expect(textsOf(xml, 'ImportoTotaleDocumento')).to.deep.equal(['2000.00']);
  });

  it('when little is taken back many times, then every credit note is a file', async () => {
    const repair = paidWith(buildDone({ customerId: till.rossi.caller.customerId ?? '' }, 17_777, [labour({ unitPrice: euros(14_571) })]));
    await till.tell(repair);
    const invoice = await till.issue({ repairId: repair.id });
    let after = repair;
    for (const [index, amount] of [101, 999, 1_001, 33, 7].entries()) {
      const version = index + 2;
      after = { ...after, amountDue: euros(after.amountDue.amount - amount), amountPaid: euros(after.amountPaid.amount - amount) };
      till.known.set(repair.id, { ...after, version });
      const refund = { id: randomUUID(), method: 'CASH' as const, amount: euros(amount), kind: 'REDUCTION' as const, reason: 'R' };
      await till.publish(RepairRefunded, { repair: after, at: till.clock.now().toISOString(), refund }, { subject: repair.id, version });
    }
    expect((await till.settle(invoice.id)).status).to.equal(201);
    const notes = await till.all('?kind=CREDIT_NOTE');
    expect(notes).to.have.length(6);
    for (const { id, total } of notes) {
      const [written = ''] = textsOf(await xmlOf(id), 'ImportoTotaleDocumento');
      expect(Math.round(Number(written) * 100)).to.equal(total.amount);
    }
  });

  it('when the settings did not say who the centre is, then that is told, and a new document has a file', async () => {
    await till.settings();
    const { id: repairId } = await done(12_200);
    const { id } = await till.issue({ repairId });
    const { status, body } = await ask(id);
    expect([status, body.code]).to.deep.equal([409, 'FATTURAPA_FAULTY']);
    await till.settings({ fiscalIdentity: CENTRE, invoiceTerms: TERMS });
    expect((await ask(id)).status).to.equal(409);
    await till.settle(id);
    expect((await ask((await till.issue({ repairId })).id)).status).to.equal(200);
  });
});
