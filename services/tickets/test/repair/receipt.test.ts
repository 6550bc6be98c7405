import { createPrinter } from '@riparo/shared/pdf/create-printer';
import { boxesIn, pdfText } from '@riparo/shared/testing/pdf-text';
import { NAMES } from '@riparo/shared/testing/names';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Receipt } from '../../src/repair/intake/print-receipt.js';
import { labelsFor } from '../../src/repair/public-status/labels.js';
import { startBench, type Bench, type Person } from '../bench.js';
import { buildRepair, opened } from './repair.builder.js';

describe('GET /repairs/:id/receipt.pdf', () => {
  let bench: Bench;
  let agent: Person;
  let rosa: Person;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T08:00:00Z', env: { PUBLIC_URL: 'https://repairs.example/' } });
    agent = bench.person('AGENT');
    rosa = await bench.customer({ name: 'Nicolò', surname: 'Żółw', contactPhone: '+39 011 555 0100' });
  });
  afterEach(() => bench.stop());

  const taken = (overrides: object = {}) =>
    opened(bench, agent, {
      customerId: rosa.caller.customerId,
      device: { ...buildRepair().device, accessories: ['Charger', 'Bag'], condition: 'Scratched lid', warrantyEndDate: '2027-01-31' },
      notes: 'Keep the data',
      devicePassword: 'orchidea',
      estimatedCompletionAt: '2026-03-06T16:00:00Z',
      ...overrides,
    });
  const receipt = async (id: string, by: Person) => {
    const answer = await fetch(`${bench.baseUrl}/api/v1/repairs/${id}/receipt.pdf`, { headers: { authorization: `Bearer ${by.token}` } });
    return { answer, bytes: Buffer.from(await answer.arrayBuffer()) };
  };

  it('when the desk or the customer prints it, then it says what was taken in, and nothing that is secret', async () => {
    await bench.settings({ companyName: 'Riparo Torino', address: 'Via Po 1\n10123 Torino', contactPhone: '+39 011 555 0199' });
    const { id, number } = await taken();
    for (const by of [agent, rosa]) {
      const { answer, bytes } = await receipt(id, by);
      expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'application/pdf']);
      expect(answer.headers.get('content-disposition')).to.contain(`${number}.pdf`);
      const [text = '', ...more] = pdfText(bytes);
      expect(more).to.deep.equal([]);
      for (const said of [
        ...[
          'Riparo Torino',
          '10123 Torino',
          '+39 011 555 0199',
          `Intake receipt ${number}`,
          '2 Mar 2026, 09:00',
          'Nicolò Żółw',
          '+39 011 555 0100',
        ],
        ...['Lenovo ThinkPad T14', 'PF-3X9K21', 'Under warranty · 31 Jan 2027', 'Charger, Bag', 'Scratched lid', 'Does not start'],
        ...['Keep the data', '6 Mar 2026, 17:00', 'Please bring this receipt', "Customer's signature", 'Page 1 of 1'],
      ])
        expect(text, said).to.contain(said);
      expect(text).to.not.contain('orchidea');
    }
  });

  it('when the centre speaks Italian, then so does the receipt', async () => {
    await bench.settings({ locale: 'it-IT' });
    const [text] = pdfText((await receipt((await taken()).id, rosa)).bytes);
    expect(text)
      .to.contain('Ricevuta di accettazione')
      .and.contain('In garanzia')
      .and.contain('2 mar 2026, 09:00')
      .and.contain('31 gen 2027')
      .and.contain('Firma del cliente');
  });

  it('when texts are as long as they may be, then they go on over pages, whole', async () => {
    const words = Array.from({ length: 1_600 }, (_, index) => `w${index}`).join(' ');
    const { id } = await taken({ problemDescription: words, notes: 'x'.repeat(10_000) });
    const pages = pdfText((await receipt(id, rosa)).bytes);
    expect(pages.length).to.be.greaterThan(3);
    const text = pages.join('\n');
    expect(text.match(/w\d+\b/g)).to.have.length(1_600);
    expect(text.match(/x/g)?.length).to.be.at.least(10_000);
    expect(text).to.contain(`Page ${pages.length} of ${pages.length}`).and.contain("Customer's signature");
  });

  it('when names are written in any script, then every letter of them is there', async () => {
    for (const [language, name] of Object.entries(NAMES)) {
      const customer = await bench.customer({ name, surname: 'Rossi' });
      const { id } = await opened(bench, agent, { customerId: customer.caller.customerId });
      const { bytes } = await receipt(id, agent);
      const text = pdfText(bytes).join('\n');
      for (const word of name.split(' ')) expect(text, language).to.contain(word);
      expect(boxesIn(bytes), language).to.equal(0);
    }
  });

  it('when a serial number has 100 characters, then it goes on in the next line, whole', async () => {
    const serialNumber = 'ABCDEFGHJ9'.repeat(10);
    const { id } = await taken({ device: { ...buildRepair().device, serialNumber } });
    expect(
      pdfText((await receipt(id, rosa)).bytes)
        .join('')
        .replaceAll('\n', ''),
    ).to.contain(serialNumber);
  });

  it("when it is another customer's, or a technician asks, then there is none for them", async () => {
    const { id } = await taken();
    expect((await receipt(id, await bench.customer())).answer.status).to.equal(404);
    expect((await receipt(id, await bench.technician())).answer.status).to.equal(403);
  });
});

describe('a printed receipt', () => {
  const printer = createPrinter();
  const print = (text: string) =>
    printer<Receipt>(new URL('../../src/repair/intake/print-receipt.js', import.meta.url), {
      words: labelsFor(undefined),
      company: [text, text],
      number: 'REP-2026-000001',
      rows: [['Problem', text]],
      statusUrl: 'https://repairs.example/repair-status?number=REP-2026-000001&serialNumber=X',
      createdAt: new Date('2026-03-02T08:00:00Z'),
    });

  it('when it is printed twice, then it is the same file', async () => {
    expect((await print('Però')).equals(await print('Però'))).to.equal(true);
  });

  it('when a text has letters of other alphabets, then they are there', async () => {
    for (const text of ['Però città €', 'Łódź Škoda', 'Київ', 'Αθήνα']) expect(pdfText(await print(text)).join(), text).to.contain(text);
  });

  it('when no font has a character, then its code point is there in its place', async () => {
    const bytes = await print('a\u{10330}b\u{E000}');
    expect(pdfText(bytes).join()).to.contain('a[U+10330]b[U+E000]');
    expect(boxesIn(bytes)).to.equal(0);
  });

  it('when a name is written from the right amid other text, then only the name is turned', async () => {
    const lines = pdfText(await print('Sig. שלום עולם (Torino) 12')).join('\n');
    expect(lines).to.contain('Sig. ').and.contain('שלום').and.contain(' (Torino) 12');
    expect(lines.indexOf('עולם')).to.be.lessThan(lines.indexOf('שלום'));
  });

  it('when a text holds anything, then the receipt is a whole document of one or more pages', async () => {
    const hostile = ['%%EOF\nendobj', ') Tj (', '\u202Egnp', '👩‍👩‍👧 ✓', 'ab\u0000c', '\uD800', 'مرحبا', '你好', '\t\t'];
    for (const text of hostile) expect(pdfText(await print(text)).length, JSON.stringify(text)).to.be.greaterThan(0);
    const anything = fc.string({ unit: 'binary', maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(anything, async (text) => {
        const bytes = await print(text);
        expect(bytes.subarray(0, 5).toString()).to.equal('%PDF-');
        expect(pdfText(bytes).length).to.be.greaterThan(0);
      }),
      { numRuns: 15 },
    );
  });
});
