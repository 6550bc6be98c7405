import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { NAMES } from '@riparo/shared/testing/names';
import { boxesIn, pdfText } from '@riparo/shared/testing/pdf-text';
import { expect } from 'chai';
import { LABOUR, startBench, type Bench, type Person } from './bench.js';

describe('the PDF of a quote', () => {
  let bench: Bench;
  let agent: Person;
  let rosa: Person;
  let repair: PublishedRepair;
  beforeEach(async () => {
    bench = await startBench();
    agent = bench.person('AGENT');
    rosa = await bench.customer({ name: 'Rosa', surname: 'Bianchi' });
    repair = await bench.repair({ customerId: rosa.caller.customerId, contactUserId: rosa.caller.userId });
  });
  afterEach(() => bench.stop());

  const fetchPdf = async (id: string) => {
    const response = await fetch(`${bench.url}/api/v1/quotes/${id}/quote.pdf`, { headers: { authorization: `Bearer ${agent.token}` } });
    expect([response.status, response.headers.get('content-type')]).to.deep.equal([200, 'application/pdf']);
    return Buffer.from(await response.arrayBuffer());
  };
  const pagesOf = async (id: string): Promise<readonly string[]> => pdfText(await fetchPdf(id));

  it('when a draft is printed, then every sum is on it and it says that it is a draft', async () => {
    const lines = [
      LABOUR,
      { kind: 'FEE', description: 'Shipping', unitPrice: 1000, vatRate: 0 },
      { kind: 'DISCOUNT', description: 'Goodwill', quantity: 2, unitPrice: 500, vatRate: 22 },
    ];
    const [text = ''] = await pagesOf((await bench.draft(agent.token, { repairId: repair.id, lines, refusalFee: 1500 })).id);
    expect(text).to.include('BOZZA').and.not.include('Per accettazione');
    for (const each of ['Officina Verdi', 'Rosa Bianchi', 'ABC123', '-10,00', '0%', '8,80', '58,80', '15,00', 'Pagina 1 di 1'])
      expect(text).to.include(each);
  });

  it('when it was sent, then it says until when it is valid and has room for a signature', async () => {
    const [text = ''] = await pagesOf((await bench.sent(agent.token, { repairId: repair.id })).id);
    expect(text).to.include('1 apr 2026').and.include('Per accettazione').and.not.include('BOZZA');
  });

  it('when there are many lines, then every page of them has the heads and no line is lost', async () => {
    const lines = Array.from({ length: 120 }, (_, index) => ({
      ...LABOUR,
      description: `Work number ${index + 1} ${'and more '.repeat(index % 9)}end`,
    }));
    const pages = await pagesOf((await bench.draft(agent.token, { repairId: repair.id, lines })).id);
    expect(pages.length).to.be.greaterThan(3);
    for (const page of pages.slice(0, -1)) expect(page).to.include('Prezzo unitario');
    const whole = pages.join('\n');
    for (const { description } of lines) expect(whole).to.include(description.split(' ').slice(0, 3).join(' '));
  });

  it('when a name is written in any script, then no letter is a box', async () => {
    const lines = Object.values(NAMES).map((description) => ({ ...LABOUR, description }));
    expect(boxesIn(await fetchPdf((await bench.draft(agent.token, { repairId: repair.id, lines })).id))).to.equal(0);
  });

  it('when the person who gets it reads English, then it is English in an Italian centre', async () => {
    const { caller } = rosa;
    await bench.userSpeaks(caller, 'en-GB');
    const [text = ''] = await pagesOf((await bench.sent(agent.token, { repairId: repair.id })).id);
    expect(text).to.include('Valid until').and.include('€61.00');
  });
});
