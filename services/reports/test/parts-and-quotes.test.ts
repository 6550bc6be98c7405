import { StockMoved, type PublishedStockMovement } from '@riparo/shared/contracts/parts.events';
import { QuoteAccepted, QuoteDeclined, QuoteExpired, QuoteSent, type PublishedQuote } from '@riparo/shared/contracts/quotes.events';
import { buildPart, buildQuote } from '@riparo/shared/testing/published-money';
import { expectIndexed, plansOf } from '@riparo/shared/testing/query-plans';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { startBench, type Bench } from './bench.js';
import { euro } from './workshop.js';

const MARCH = 'from=2026-03-01&to=2026-04-01';

describe('parts and quotes in reports', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench();
  });
  afterEach(() => bench.stop());

  describe('GET /reports/parts', () => {
    const display = buildPart();
    const battery = buildPart({ sku: 'BAT-1', name: 'Battery' });
    const moved = async (part = display, more: Partial<PublishedStockMovement> = {}, at = '2026-03-05T10:00:00.000Z', times = 1) => {
      const movement = {
        id: randomUUID(),
        kind: 'CONSUMPTION' as const,
        quantity: -1,
        unitCost: euro(3_000),
        unitPrice: euro(8_000),
        ...more,
      };
      for (let time = 0; time < times; time++) await bench.world.publish(StockMoved, { part, at, movement }, { subject: part.id });
    };

    it('when parts were built in, then pieces, revenue, cost and margin add up, of each part and in all', async () => {
      await moved(display, { quantity: -2 }, undefined, 2);
      await moved(display, { unitPrice: euro(0), unitCost: euro(3_100) });
      // What a piece cost is rounded, what all of them cost is not.
      await moved(battery, { quantity: -4, unitCost: euro(499), value: euro(-2_000), unitPrice: euro(2_000) });
      expect(await bench.report(`/reports/parts?${MARCH}`)).to.deep.include({
        pieces: 7,
        revenue: [euro(24_000)],
        cost: [euro(11_100)],
        margin: [euro(12_900)],
        partCount: 2,
        byPart: [
          { partId: battery.id, sku: 'BAT-1', name: 'Battery', pieces: 4, revenue: euro(8_000), cost: euro(2_000), margin: euro(6_000) },
          {
            partId: display.id,
            sku: display.sku,
            name: display.name,
            pieces: 3,
            revenue: euro(16_000),
            cost: euro(9_100),
            margin: euro(6_900),
          },
        ],
      });
    });

    it('when pieces only came in or went out otherwise, or in another month, then they do not count', async () => {
      await moved(display, { kind: 'RECEIPT', quantity: 5 });
      await moved(display, { kind: 'SCRAP', quantity: -1 });
      await moved(display, {}, '2026-03-31T22:00:00.000Z');
      expect(await bench.report(`/reports/parts?${MARCH}`)).to.deep.include({ pieces: 0, byPart: [] });
    });

    it('when technicians ask, then 403; when the desk asks for CSV, then a table', async () => {
      await moved();
      const { status } = await bench.api.get('/reports/parts', { token: bench.world.tokenFor({ role: 'ENGINEER' }) });
      expect(status).to.equal(403);
      const { text } = await bench.api.get(`/reports/parts?${MARCH}&format=csv`, { token: bench.token });
      expect(text).to.contain('partId,sku,name,pieces,currency,revenue,cost,margin').and.contain(',EUR,8000,3000,5000');
    });
  });

  describe('GET /reports/quotes', () => {
    const EVENTS = { SENT: QuoteSent, ACCEPTED: QuoteAccepted, DECLINED: QuoteDeclined, EXPIRED: QuoteExpired };
    const tell = (quote: PublishedQuote, version: number) =>
      bench.world.publish(
        EVENTS[quote.status as keyof typeof EVENTS],
        { quote, at: quote.decidedAt ?? quote.sentAt },
        { subject: quote.id, version },
      );
    const decided = async (status: 'ACCEPTED' | 'DECLINED', decidedAt: string) => {
      const quote = buildQuote();
      await tell(quote, 2);
      await tell({ ...quote, status, decidedAt }, 3);
    };

    it('when quotes were answered or not, then they are counted, with the rate and the hours', async () => {
      await decided('ACCEPTED', '2026-03-02T12:00:00.000Z');
      await decided('ACCEPTED', '2026-03-03T10:00:00.000Z');
      await decided('DECLINED', '2026-03-02T20:00:00.000Z');
      await tell(buildQuote({ status: 'EXPIRED' }), 4);
      await tell(buildQuote(), 2);
      await tell(buildQuote({ sentAt: '2026-04-02T10:00:00.000Z' }), 2);
      expect(await bench.report(`/reports/quotes?${MARCH}`)).to.deep.include({
        sent: 5,
        accepted: 2,
        declined: 1,
        expired: 1,
        withdrawn: 0,
        open: 1,
        acceptanceRate: 0.5,
        medianHours: 10,
        acceptedTotal: [euro(24_400)],
      });
    });

    describe('with a second version', () => {
      const first = buildQuote();
      const [accepted, declined] = ['ACCEPTED', 'DECLINED'] as const;
      const agreed = { ...first, status: accepted, decidedAt: '2026-03-02T12:00:00.000Z' };
      const next = (earlier: PublishedQuote, more: Partial<PublishedQuote> = {}): PublishedQuote => {
        const { quoteVersion, status, total, sentAt, decidedAt } = earlier;
        const before = { quoteVersion, status, total, sentAt, ...(decidedAt === undefined ? {} : { decidedAt }) };
        return {
          ...first,
          quoteVersion: 2,
          replaces: 1,
          earlier: [before],
          total: euro(15_000),
          sentAt: '2026-03-03T10:00:00.000Z',
          ...more,
        };
      };

      it('when it was declined, then the first stays accepted, in whatever order that was told', async () => {
        const more = next(agreed);
        const answered = { ...more, status: declined, decidedAt: '2026-03-03T14:00:00.000Z' };
        const told = [[answered, 7] as const, [agreed, 3] as const, [more, 5] as const, [first, 2] as const];
        for (const [quote, version] of [...told, ...told]) await tell(quote, version);
        expect(await bench.report(`/reports/quotes?${MARCH}`)).to.deep.include({
          sent: 2,
          accepted: 1,
          declined: 1,
          open: 0,
          acceptanceRate: 0.5,
          medianHours: 3,
          acceptedTotal: [euro(12_200)],
        });
      });

      it('when it replaced one without an answer, then that one is withdrawn', async () => {
        await tell(first, 2);
        await tell(next({ ...first, status: 'WITHDRAWN' }), 4);
        const figures = { sent: 2, accepted: 0, withdrawn: 1, open: 1, acceptanceRate: null };
        expect(await bench.report(`/reports/quotes?${MARCH}`)).to.deep.include(figures);
      });

      it('when it was accepted too, in another month, then it adds the difference there', async () => {
        await tell(agreed, 3);
        await tell(next(agreed, { status: accepted, sentAt: '2026-04-02T10:00:00.000Z', decidedAt: '2026-04-02T11:00:00.000Z' }), 6);
        expect(await bench.report(`/reports/quotes?${MARCH}`)).to.deep.include({ accepted: 1, acceptedTotal: [euro(12_200)] });
        const april = await bench.report('/reports/quotes?from=2026-04-01&to=2026-05-01');
        expect(april).to.deep.include({ sent: 1, accepted: 1, acceptedTotal: [euro(2_800)] });
      });
    });
  });

  it('when either is asked for, then no query reads more than its period', async () => {
    const { connection } = bench.world.platform;
    const at = '2026-03-05T10:00:00.000Z';
    const movement = { id: randomUUID(), kind: 'CONSUMPTION' as const, quantity: -1, unitCost: euro(1) };
    await bench.world.publish(StockMoved, { part: buildPart(), at, movement });
    await bench.world.publish(QuoteSent, { quote: buildQuote(), at });
    for (const [path, collection] of [
      ['parts', 'consumptions'],
      ['quotes', 'quote_versions'],
    ] as const) {
      const read = () => bench.report(`/reports/${path}?${MARCH}`);
      await read();
      expectIndexed(await plansOf(connection, 'day_sheets', read), path, ['_id']);
      expect(await plansOf(connection, collection, read)).to.deep.equal([]);
    }
  });
});
