import { hash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { PAYMENT_LINK } from '@riparo/shared/contracts/links';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { NAMES } from '@riparo/shared/testing/names';
import { boxesIn, pdfText } from '@riparo/shared/testing/pdf-text';
import { expect } from 'chai';
import { describeInvoice } from '../../src/invoice/document/describe-invoice.js';
import { runUnfinished } from '../../src/invoice/upkeep/run-unfinished.js';
import { createSweepInvoiceFiles } from '../../src/invoice/upkeep/sweep-files.js';
import { buildDone, euros, labour, paidWith, ROSSI, startTill, type Till } from './till.js';

const ITALIAN_SHOP = {
  legalName: 'Officina Verdi di Luigi Verdi e Figli Società a responsabilità limitata semplificata',
  vatNumber: '12345678903',
  fiscalCode: '12345678903',
  taxRegime: 'RF01',
  street: 'Via Emilia',
  streetNumber: '1/B',
  postalCode: '41121',
  city: 'Modena',
  province: 'MO',
  country: 'IT',
  registerOffice: 'MO',
  registerNumber: '123456',
  shareCapital: 1_000_000,
  soleShareholder: true,
  iban: 'IT60X0542811101000000123456',
  bankName: 'Banca Popolare',
} as const;

describe('the PDF of a document', () => {
  let till: Till;
  beforeEach(async () => {
    till = await startTill();
  });
  afterEach(() => till.stop());

  const fetchPdf = async (id: string, name?: string): Promise<Buffer> => {
    const response = await fetch(`${till.url}/api/v1/invoices/${id}/invoice.pdf`, {
      headers: { authorization: `Bearer ${till.agent.token}` },
    });
    expect([response.status, response.headers.get('content-type')]).to.deep.equal([200, 'application/pdf']);
    const bytes = Buffer.from(await response.arrayBuffer());
    // Whoever wants to look at them says where.
    if (name !== undefined && process.env.RIPARO_PAPERS !== undefined) await writeFile(`${process.env.RIPARO_PAPERS}/${name}.pdf`, bytes);
    return bytes;
  };
  const textOf = async (id: string, name?: string): Promise<string> =>
    pdfText(await fetchPdf(id, name))
      .join('\n')
      .replaceAll(/\s+/g, ' ');
  const tell = (part: Partial<PublishedRepair>, ...rest: readonly [number?, ReturnType<typeof labour>[]?]) =>
    till.tell(buildDone({ customerId: till.rossi.caller.customerId ?? '', contactUserId: till.rossi.caller.userId, ...part }, ...rest));

  it('when an Italian centre issues an open invoice, then all that is on it can be read', async () => {
    await till.settings({ fiscalIdentity: ITALIAN_SHOP });
    const { id } = await till.issue({ repairId: (await tell({})).id });
    const text = await textOf(id, 'invoice-it');
    for (const each of [
      'Fattura A-2026-000001',
      'Copia di cortesia',
      'Officina Verdi di Luigi',
      'P. IVA: IT12345678903',
      'REP-2026-000001',
    ])
      expect(text).to.include(each);
    for (const each of [
      'Rossi Srl',
      'Via Roma 1',
      '00743110157',
      'M5UXCR1',
      '2 mar 2026',
      '1 apr 2026',
      '122,00',
      '22,00',
      'IT60X0542811101000000123456',
    ])
      expect(text).to.include(each);
    expect(text).to.include('Da pagare').and.include('Inquadri il codice').and.not.include('Esenzione');
  });

  it('when the customer reads English and has paid, then it is English, says so, and needs no code', async () => {
    await till.userSpeaks(till.rossi.caller, 'en');
    const { id } = await till.issue({ repairId: (await till.tell(paidWith(await tell({})), 2)).id });
    const text = await textOf(id, 'invoice-en');
    expect(text).to.include('Invoice A-2026-000001').and.include('€122.00 (Card)').and.include('Paid in full');
    expect(text).to.not.include('Scan this code').and.not.include('Courtesy copy');
  });

  it('when it is a receipt or takes one back, then it says that it is no fiscal document', async () => {
    await till.settings({ fiscalIdentity: ITALIAN_SHOP });
    const { id } = await till.issue({ repairId: (await tell({ customerId: till.rosa.caller.customerId ?? '' })).id });
    const note = (await till.settle(id)).body.data;
    for (const text of [await textOf(id, 'receipt'), await textOf(note.id, 'credit-note')])
      expect(text).to.include('non è un documento fiscale').and.not.include('Copia di cortesia');
    expect(await textOf(note.id))
      .to.include('Storna')
      .and.include('AR-2026-000001')
      .and.include('Wrong customer')
      .and.not.include('Inquadri');
  });

  it('when lines bear no VAT, then it says why, and names the stamp duty', async () => {
    const terms = { vatRate: 0, vatExemption: 'N2.2' as const, dueDays: 30, chargesStampDuty: true, series: 'A' };
    await till.settings({ fiscalIdentity: { ...ITALIAN_SHOP, taxRegime: 'RF19' }, invoiceTerms: terms });
    const { id } = await till.issue({ repairId: (await tell({}, 10_000, [])).id });
    const text = await textOf(id, 'flat-rate');
    expect(text).to.include('N2.2: Operazione effettuata').and.include('regime forfettario');
    expect(text).to.include('assolta in modo virtuale').and.include('100,00');
  });

  it('when a charge cannot be split, then the paper says the VAT of its rate, and a cent of rounding', async () => {
    const { id } = await till.issue({ repairId: (await tell({}, 200_000, [])).id });
    expect(await textOf(id, 'rounding'))
      .to.include('360,65')
      .and.include('Arrotondamento')
      .and.include('0,01')
      .and.include('2.000,00');
  });

  it('when the customer has the stamp duty back, then the credit note says so beside its sums', async () => {
    const terms = { vatRate: 0, vatExemption: 'N2.2' as const, dueDays: 30, chargesStampDuty: true, series: 'A' };
    await till.settings({ fiscalIdentity: { ...ITALIAN_SHOP, taxRegime: 'RF19' }, invoiceTerms: terms });
    const { id } = await till.issue({ repairId: (await tell({}, 10_000, [])).id });
    const text = await textOf((await till.settle(id)).body.data.id, 'credit-note-stamp');
    expect(text).to.include('98,00').and.include('100,00').and.include('assolta in modo virtuale');
    // Among the sums, and as a note.
    expect(text.match(/Imposta di bollo/g)).to.have.length(3);
  });

  it('when settings and customer change afterwards, then the bytes stay the same, and so does their hash', async () => {
    const repair = await tell({});
    const { id } = await till.issue({ repairId: repair.id });
    const before = await fetchPdf(id);
    await till.settings({ companyName: 'Another Name', address: 'Elsewhere' });
    till.buyers.set(till.rossi.caller.customerId ?? '', { ...ROSSI, name: 'Bianchi Spa' });
    await till.tell(paidWith(repair), 2);
    till.clock.advance(86_400_000);
    const { documentHash } = await till.read(id, { ...till.agent, token: till.tokenFor(till.agent.caller) });
    const kept = await till.deps.invoices.in('default').find(id);
    expect(documentHash).to.equal(hash('sha256', before)).and.equal(kept?.pdf?.sha256);
    const file = await till.deps.invoiceFiles.get('default', kept?.pdf?.fileId ?? '', 'pdf');
    expect(file?.bytes.equals(before)).to.equal(true);
  });

  it('when many ask at once, then all get the same bytes and one file is left', async () => {
    const { id } = await till.issue({ repairId: (await tell({})).id });
    const all = await Promise.all(Array.from({ length: 4 }, () => fetchPdf(id)));
    expect(new Set(all.map((bytes) => hash('sha256', bytes))).size).to.equal(1);
    till.clock.advance(2 * 3_600_000);
    await createSweepInvoiceFiles(till.deps)();
    expect(await till.platform.connection.collection('invoice_documents.files').countDocuments()).to.equal(1);
  });

  it('when a crash came after the number, then the job prints it, once', async () => {
    const { id } = await till.issue({ repairId: (await tell({})).id });
    await runUnfinished(till.deps, 1)();
    expect(await till.read(id)).not.to.have.property('documentHash');
    till.clock.advance(60_000);
    await runUnfinished(till.deps, 1)();
    const { documentHash, version } = await till.read(id);
    await runUnfinished(till.deps, 1)();
    expect([documentHash, version]).to.deep.equal([hash('sha256', await fetchPdf(id)), (await till.read(id)).version]);
  });

  it('when a paper is described again, then the code leads to the same page of the repair', async () => {
    const repair = await tell({});
    await till.issue({ repairId: repair.id });
    const [invoice] = await till.deps.invoices.in('default').list({}, { limit: 1 });
    if (invoice === undefined) throw new Error('no invoice');
    const address = 'https://support.example.com/pay/token';
    expect(describeInvoice(invoice, address).code).to.deep.equal({ address, caption: 'Inquadri il codice per vedere come pagare' });
    const token = till.platform.links.sign(PAYMENT_LINK, { tenantId: 'default', subjectId: repair.id }, new Date('2027-01-01'));
    expect(till.platform.links.verify(PAYMENT_LINK, token).subjectId).to.equal(repair.id);
  });

  it('when there are many long lines, then every page has the heads and nothing is lost', async () => {
    const lines = Array.from({ length: 80 }, (_, index) =>
      labour({ description: `Intervento numero ${index + 1} ${'e ancora '.repeat(index % 20)}fine`, unitPrice: euros(1_000) }),
    );
    await till.settings({ fiscalIdentity: ITALIAN_SHOP });
    till.buyers.set(till.rossi.caller.customerId ?? '', {
      ...ROSSI,
      name: 'Associazione Nazionale dei Riparatori di Apparecchi Elettronici e Informatici della Provincia di Modena '.repeat(2).trim(),
    });
    const { id } = await till.issue({ repairId: (await tell({}, 97_600, lines)).id });
    const pages = pdfText(await fetchPdf(id, 'long'));
    expect(pages.length).to.be.greaterThan(3);
    for (const page of pages.slice(0, -1)) expect(page).to.include('Prezzo unitario');
    for (let line = 1; line <= 80; line++) expect(pages.join('\n')).to.include(`Intervento numero ${line} `);
  });

  it('when names are written in any script, then no letter is a box', async () => {
    const lines = Object.values(NAMES).map((description) => labour({ description }));
    const { id } = await till.issue({ repairId: (await tell({}, 12_200 * lines.length, lines)).id });
    expect(boxesIn(await fetchPdf(id))).to.equal(0);
  });
});
