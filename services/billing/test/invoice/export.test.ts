import { expect } from 'chai';
import { buildDone, euros, labour, ROSSI, startTill, type Till } from './till.js';

describe('GET /invoices/export.csv', () => {
  let till: Till;
  beforeEach(async () => {
    till = await startTill();
  });
  afterEach(() => till.stop());

  const exported = async (query = 'from=2026-03-01&to=2026-04-01') => {
    const { text, status } = await till.api.get(`/invoices/export.csv?${query}`, { token: till.agent.token });
    expect(status, text).to.equal(200);
    const [head, ...rows] = text.replace('\uFEFF', '').trim().split('\r\n');
    return { columns: head?.split(',') ?? [], rows };
  };
  const done = (who: 'rosa' | 'rossi', lines = [labour()], amount = 12_200) =>
    till.tell(buildDone({ customerId: till[who].caller.customerId ?? '' }, amount, lines));

  it('when documents were issued, then each has a line for each rate, and months have their sums', async () => {
    const lines = [labour(), labour({ kind: 'PART', description: 'Display', unitPrice: euros(5_000), vatRate: 10 })];
    const { id } = await till.issue({ repairId: (await done('rossi', lines, 17_700)).id });
    await till.issue({ repairId: (await done('rosa')).id });
    await till.settle(id);
    const { columns, rows } = await exported();
    expect(columns.slice(0, 4)).to.deep.equal(['section', 'number', 'kind', 'date']);
    const company = 'Rossi Srl,,00743110157,REP-2026-000001';
    expect(rows).to.deep.equal([
      `document,A-2026-000001,INVOICE,2026-03-02,${company},,22,,100,22,122,,EUR,CREDITED,`,
      `document,A-2026-000001,INVOICE,2026-03-02,${company},,10,,50,5,55,,EUR,CREDITED,`,
      `document,A-2026-000002,CREDIT_NOTE,2026-03-02,${company},A-2026-000001,22,,-100,-22,-122,,EUR,ISSUED,`,
      `document,A-2026-000002,CREDIT_NOTE,2026-03-02,${company},A-2026-000001,10,,-50,-5,-55,,EUR,ISSUED,`,
      'document,AR-2026-000001,RECEIPT,2026-03-02,Rosa Bianchi,,,REP-2026-000001,,22,,100,22,122,,EUR,ISSUED,',
      'summary,,INVOICE,2026-03,,,,,,22,,0,0,0,,EUR,,',
      'summary,,INVOICE,2026-03,,,,,,10,,0,0,0,,EUR,,',
      'summary,,RECEIPT,2026-03,,,,,,22,,100,22,122,,EUR,,',
    ]);
  });

  it('when a charge cannot be split, then its cent stands in a column of its own', async () => {
    const { id, ...said } = await till.issue({ repairId: (await done('rossi', [], 200_000)).id });
    expect(said).to.deep.include({ net: euros(163_934), vat: euros(36_065), total: euros(200_000), rounding: euros(1) });
    await till.settle(id);
    const { columns, rows } = await exported();
    expect(columns.at(-1)).to.equal('rounding');
    expect(rows.map((row) => row.split(',').slice(-9))).to.deep.equal([
      ['22', '', '1639.34', '360.65', '1999.99', '', 'EUR', 'CREDITED', '0.01'],
      ['22', '', '-1639.34', '-360.65', '-1999.99', '', 'EUR', 'ISSUED', '-0.01'],
      ['22', '', '0', '0', '0', '', 'EUR', '', ''],
    ]);
  });

  it('when the customer paid the stamp duty, then invoice and credit note cancel out without it', async () => {
    const invoiceTerms = { vatRate: 0, vatExemption: 'N2.2' as const, dueDays: 30, chargesStampDuty: true, series: 'A' };
    await till.settings({ invoiceTerms });
    const { id } = await till.issue({ repairId: (await done('rossi', [], 10_000)).id });
    await till.settle(id);
    const { rows } = await exported();
    expect(rows.map((row) => row.split(',').slice(-9))).to.deep.equal([
      ['0', 'N2.2', '98', '0', '98', '2', 'EUR', 'CREDITED', ''],
      ['0', 'N2.2', '-98', '0', '-98', '2', 'EUR', 'ISSUED', ''],
      ['0', '', '0', '0', '0', '', 'EUR', '', ''],
    ]);
  });

  it('when a name looks like a formula, then a spreadsheet does not run it', async () => {
    till.buyers.set(till.rossi.caller.customerId ?? '', { ...ROSSI, name: '=HYPERLINK("x")' });
    await till.issue({ repairId: (await done('rossi')).id });
    expect((await exported()).rows[0]).to.include(`"'=HYPERLINK(""x"")"`);
  });

  it('when the period has none, then there is the head alone; without a period 422', async () => {
    expect((await exported('from=2025-03-01&to=2025-04-01')).rows).to.deep.equal([]);
    expect((await till.api.get('/invoices/export.csv', { token: till.agent.token })).status).to.equal(422);
    for (const { token } of [till.rosa, till.person('TECH')])
      expect((await till.api.get('/invoices/export.csv?from=2026-03-01&to=2026-04-01', { token })).status).to.equal(403);
  });
});
