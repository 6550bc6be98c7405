import { NAMES } from '@riparo/shared/testing/names';
import { boxesIn, pdfText } from '@riparo/shared/testing/pdf-text';
import { expect } from 'chai';
import { startBench, type Bench, type Somebody } from './bench.js';

describe('GET /assets/:id/label.pdf', () => {
  let bench: Bench;
  let rossi: Somebody;
  beforeEach(async () => {
    bench = await startBench();
    rossi = await bench.customer();
  });
  afterEach(() => bench.stop());

  const labelOf = async (part: object) => {
    const id = await bench.asset(rossi, part);
    const answer = await fetch(`${bench.url}/api/v1/assets/${id}/label.pdf`, { headers: { authorization: `Bearer ${rossi.token}` } });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { id, answer, bytes, pages: pdfText(bytes) };
  };

  it('when a customer asks for the label, then it is a PDF, and for another customer 404', async () => {
    const { id, answer, bytes, pages } = await labelOf({ friendlyName: "Rosa's Laptop", serialNumber: 'PF-3X9K21' });
    expect([answer.status, answer.headers.get('content-type')]).to.deep.equal([200, 'application/pdf']);
    expect(pages.join()).to.contain("Rosa's Laptop").and.contain('PF-3X9K21');
    expect(bytes.includes('FontFile')).to.equal(false);
    const other = await bench.customer();
    expect((await bench.api.get(`/assets/${id}/label.pdf`, { token: other.token })).body.code).to.equal('ASSET_NOT_FOUND');
  });

  it('when names are written in any script, then every letter of them is there', async () => {
    for (const [language, name] of Object.entries({ ...NAMES, British: 'O’Neil’s PC – 50 €' })) {
      const { bytes, pages } = await labelOf({ friendlyName: name, brand: name, serialNumber: `S${language}` });
      for (const word of name.split(' ')) expect(pages.join('\n'), language).to.contain(word);
      expect(boxesIn(bytes), language).to.equal(0);
    }
  });

  for (const length of [21, 64, 100])
    it(`when a serial number has ${length} characters, then all of them are on the one label`, async () => {
      const serialNumber = 'ABCDEFGHJ9'.repeat(10).slice(0, length);
      const { pages } = await labelOf({
        friendlyName: 'Counter '.repeat(12),
        brand: 'b'.repeat(100),
        model: 'm'.repeat(100),
        serialNumber,
      });
      expect(pages).to.have.length(1);
      expect(pages.join().replaceAll('\n', '')).to.contain(serialNumber);
    });

  it('when a name is too long for the label, then it ends in three dots, and the serial number is whole', async () => {
    const { pages } = await labelOf({
      friendlyName: '電'.repeat(100),
      brand: '腦'.repeat(100),
      model: '腦'.repeat(100),
      serialNumber: 'S'.repeat(100),
    });
    expect(pages).to.have.length(1);
    expect(pages.join()).to.contain('…');
    expect(pages.join().match(/S/g)).to.have.length(100);
  });
});
