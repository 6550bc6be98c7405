import { InvoiceIssued, type PublishedInvoice } from '@riparo/shared/contracts/invoices.events';
import { buildInvoice } from '@riparo/shared/testing/published-money';
import { expectIndexed, plansOf } from '@riparo/shared/testing/query-plans';
import { expect } from 'chai';
import { startBench, type Bench } from './bench.js';
import { euro } from './workshop.js';

describe('GET /reports/revenue', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench();
  });
  afterEach(() => bench.stop());

  const tell = async (part: Partial<PublishedInvoice> = {}, times = 1, tenantId = 'default') => {
    const invoice = buildInvoice(part);
    for (let time = 0; time < times; time++)
      await bench.world.publish(InvoiceIssued, { invoice, at: `${invoice.issuedOn}T10:00:00.000Z` }, { subject: invoice.id, tenantId });
  };
  const MARCH = 'from=2026-03-01&to=2026-04-01';

  beforeEach(async () => {
    await tell({}, 2);
    await tell({
      kind: 'RECEIPT',
      issuedOn: '2026-03-31',
      net: euro(1_000),
      vat: euro(100),
      total: euro(1_100),
      vatGroups: [{ vatRate: 10, net: euro(1_000), vat: euro(100) }],
    });
    await tell({
      kind: 'CREDIT_NOTE',
      issuedOn: '2026-03-31',
      net: euro(500),
      vat: euro(110),
      total: euro(610),
      vatGroups: [{ vatRate: 22, net: euro(500), vat: euro(110) }],
    });
    await tell({ issuedOn: '2026-04-01' });
    await tell({}, 1, 'other');
  });

  it('when documents were issued, then sums by kind, rate and day have credit notes taken off', async () => {
    expect(await bench.report(`/reports/revenue?${MARCH}`)).to.deep.include({
      count: 3,
      total: [euro(12_690)],
      net: [euro(10_500)],
      vat: [euro(2_190)],
      byKind: [
        { kind: 'INVOICE', count: 1, total: [euro(12_200)] },
        { kind: 'RECEIPT', count: 1, total: [euro(1_100)] },
        { kind: 'CREDIT_NOTE', count: 1, total: [euro(-610)] },
      ],
      byVatRate: [
        { vatRate: 22, net: euro(9_500), vat: euro(2_090) },
        { vatRate: 10, net: euro(1_000), vat: euro(100) },
      ],
      byDate: [
        { date: '2026-03-02', count: 1, total: [euro(12_200)] },
        { date: '2026-03-31', count: 2, total: [euro(490)] },
      ],
    });
  });

  it('when it is asked for by month, then a month is one date', async () => {
    const { byDate } = await bench.report(`/reports/revenue?from=2026-03-01&to=2026-05-01&by=month`);
    expect(byDate).to.deep.equal([
      { date: '2026-03', count: 3, total: [euro(12_690)] },
      { date: '2026-04', count: 1, total: [euro(12_200)] },
    ]);
  });

  it('when nothing was issued, then there are no sums', async () => {
    const report = await bench.report('/reports/revenue?from=2025-03-01&to=2025-04-01');
    expect(report).to.deep.include({ count: 0, total: [], net: [], vat: [], byVatRate: [], byDate: [] });
  });

  it('when CSV is asked for, then the figures are lines of it', async () => {
    const { text } = await bench.api.get(`/reports/revenue?${MARCH}&format=csv`, { token: bench.token });
    expect(text).to.include('total,EUR,,12690').and.include('vatByRate,22,EUR,2090').and.include('kind,CREDIT_NOTE,EUR,-610');
  });

  it('when the report is read, then indexes find the documents', async () => {
    const read = () => bench.report(`/reports/revenue?${MARCH}`);
    await read();
    expectIndexed(await plansOf(bench.world.platform.connection, 'day_sheets', read), 'revenue', ['_id']);
    const plans = await plansOf(bench.world.platform.connection, 'documents', read);
    expect(plans).to.deep.equal([]);
  });
});
