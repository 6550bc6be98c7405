import { buildQuote, buildReservation } from '@riparo/shared/testing/published-money';
import { expect } from 'chai';
import { startBench, type Bench } from '../bench.js';
import { startDesk, type Desk } from './life.js';
import { tellQuote, tellReservation } from './parts-and-quotes.js';

const euros = (amount: number) => ({ amount, currency: 'EUR' });

describe('a repair and its quote', () => {
  let bench: Bench;
  let desk: Desk;
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    desk = await startDesk(bench);
  });
  after(() => bench.stop());

  const statusOf = async (id: string) => (await desk.read(id)).status;

  it('when a quote goes out, then the repair is on hold, and customers see the quote', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const quote = buildQuote({ repairId: id });
    await tellQuote(bench, quote, 2);
    const seen = await desk.read(id, desk.rosa);
    expect(seen).to.deep.include({
      status: 'ON_HOLD',
      quote: { id: quote.id, number: quote.number, quoteVersion: 1, status: 'SENT', total: euros(12_200), validUntil: '2026-04-01' },
    });
    const moved = (await bench.events()).findLast(({ type }) => type === 'repair-status-changed');
    expect(moved?.data).to.include({ from: 'IN_PROGRESS', to: 'ON_HOLD', cause: 'QUOTE' });
  });

  it('when it is accepted, then the repair goes on where it was stopped', async () => {
    for (const from of ['IN_PROGRESS', 'PENDING'] as const) {
      const id = await desk.repairIn(from);
      const quote = buildQuote({ repairId: id });
      await tellQuote(bench, quote, 2);
      expect(await statusOf(id)).to.equal('ON_HOLD');
      await tellQuote(bench, { ...quote, status: 'ACCEPTED' }, 3);
      expect(await statusOf(id)).to.equal(from);
    }
  });

  it('when it is accepted while parts are missing, then the repair waits for these', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const quote = buildQuote({ repairId: id });
    await tellQuote(bench, quote, 2);
    await tellReservation(bench, buildReservation({ repairId: id }), 4);
    await tellQuote(bench, { ...quote, status: 'ACCEPTED' }, 3);
    expect(await statusOf(id)).to.equal('AWAITING_PARTS');
  });

  it('when it is declined, then the repair is refused with the fee that was agreed', async () => {
    const id = await desk.repairIn('IN_PROGRESS', { sheet: { refusalFee: 1_500 } });
    const quote = buildQuote({ repairId: id });
    await tellQuote(bench, quote, 2);
    await tellQuote(bench, { ...quote, status: 'DECLINED', comment: 'Too dear' }, 3);
    const after = await desk.read(id);
    expect(after).to.deep.include({ status: 'REFUSED', amountDue: euros(1_500), refusalFee: euros(1_500) });
    expect(after.outcome).to.deep.include({
      type: 'REFUSED',
      description: 'Quote QUO-2026-000001 was declined: Too dear',
      decidedByUserId: desk.elena.caller.userId,
    });
    expect((await desk.act(id, 'ready', desk.agent)).status).to.equal(200);
    expect((await desk.act(id, 'payment', desk.agent, { method: 'CASH', amount: 1_500 })).status).to.equal(200);
    expect((await desk.act(id, 'collect', desk.agent, { collectedBy: 'Rosa' })).body.data.status).to.equal('CLOSED');
  });

  it('when the quote names another fee, then that one holds; without any, nothing is charged', async () => {
    for (const [refusalFee, due] of [
      [euros(900), 900],
      [undefined, 0],
    ] as const) {
      const id = await desk.repairIn('IN_PROGRESS');
      const quote = buildQuote({ repairId: id, ...(refusalFee === undefined ? {} : { refusalFee }) });
      await tellQuote(bench, { ...quote, status: 'DECLINED' }, 3);
      expect(await desk.read(id)).to.deep.include({ status: 'REFUSED', amountDue: euros(due) });
    }
  });

  it('when a second version is declined after a first was accepted, then the work goes on as accepted', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const quote = buildQuote({ repairId: id });
    await tellQuote(bench, { ...quote, status: 'ACCEPTED' }, 3);
    const second = { ...quote, quoteVersion: 2, total: euros(20_000) };
    await tellQuote(bench, second, 5);
    expect(await statusOf(id)).to.equal('ON_HOLD');
    await tellQuote(bench, { ...second, status: 'DECLINED' }, 6);
    expect(await statusOf(id)).to.equal('IN_PROGRESS');
    const { body } = await desk.act(id, 'complete', desk.elena, { description: 'Done', amount: 12_201 });
    expect(body).to.deep.include({ code: 'QUOTE_EXCEEDED', accepted: euros(12_200), charged: euros(12_201) });
  });

  it('when it is withdrawn, then the repair goes on; when it expires, then it stays on hold', async () => {
    for (const [status, then] of [
      ['WITHDRAWN', 'IN_PROGRESS'],
      ['EXPIRED', 'ON_HOLD'],
    ] as const) {
      const id = await desk.repairIn('IN_PROGRESS');
      const quote = buildQuote({ repairId: id });
      await tellQuote(bench, quote, 2);
      await tellQuote(bench, { ...quote, status }, 3);
      expect(await statusOf(id), status).to.equal(then);
    }
  });

  it('when an event comes twice or late, then nothing happens again', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const quote = buildQuote({ repairId: id });
    await tellQuote(bench, quote, 2);
    await tellQuote(bench, { ...quote, status: 'ACCEPTED' }, 3);
    const { version } = await desk.read(id);
    await tellQuote(bench, { ...quote, status: 'ACCEPTED' }, 3);
    await tellQuote(bench, quote, 2);
    await tellQuote(bench, buildQuote({ repairId: id, sentAt: '2026-03-01T10:00:00.000Z', status: 'DECLINED' }), 9);
    expect(await desk.read(id)).to.include({ version, status: 'IN_PROGRESS' });
  });

  it('when somebody took the repair up again, then the answer moves nothing', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const quote = buildQuote({ repairId: id });
    await tellQuote(bench, quote, 2);
    expect((await desk.act(id, 'take', desk.elena)).status).to.equal(200);
    await tellQuote(bench, { ...quote, status: 'ACCEPTED' }, 3);
    expect(await statusOf(id)).to.equal('IN_PROGRESS');
  });

  it('when somebody had put it on hold before, then the answer lets it go on too', async () => {
    const id = await desk.repairIn('ON_HOLD');
    const quote = buildQuote({ repairId: id });
    await tellQuote(bench, quote, 2);
    await tellQuote(bench, { ...quote, status: 'ACCEPTED' }, 3);
    expect(await statusOf(id)).to.equal('IN_PROGRESS');
  });

  it('when it goes out while parts are missing, then the repair waits for the answer once they are there', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const [quote, reservation] = [buildQuote({ repairId: id }), buildReservation({ repairId: id })];
    await tellReservation(bench, reservation, 3);
    await tellQuote(bench, quote, 2);
    expect(await statusOf(id)).to.equal('AWAITING_PARTS');
    await tellReservation(bench, { ...reservation, state: 'RESERVED' }, 4);
    expect(await statusOf(id)).to.equal('ON_HOLD');
    await tellQuote(bench, { ...quote, status: 'ACCEPTED' }, 3);
    expect(await statusOf(id)).to.equal('IN_PROGRESS');
  });

  it('when the intake agreed another fee than the quote says, then the smaller one is due', async () => {
    for (const [refusalFee, due] of [
      [900, 900],
      [99_900, 1_500],
    ] as const) {
      const id = await desk.repairIn('IN_PROGRESS', { sheet: { refusalFee: 1_500 } });
      await tellQuote(bench, buildQuote({ repairId: id, status: 'DECLINED', refusalFee: euros(refusalFee) }), 3);
      expect(await desk.read(id)).to.deep.include({ status: 'REFUSED', amountDue: euros(due) });
    }
  });

  it('when the repair is over, then a quote changes nothing of it', async () => {
    const id = await desk.repairIn('CANCELED');
    await tellQuote(bench, buildQuote({ repairId: id, status: 'DECLINED' }), 3);
    expect(await desk.read(id)).to.deep.include({ status: 'CANCELED', amountDue: euros(0) });
  });

  describe('POST /repairs/:id/complete', () => {
    const accepted = async (more: object = {}) => {
      const id = await desk.repairIn('IN_PROGRESS');
      await tellQuote(bench, buildQuote({ repairId: id, status: 'ACCEPTED', ...more }), 3);
      return id;
    };
    const complete = (id: string, amount: number) => desk.act(id, 'complete', desk.elena, { description: 'Done', amount });

    it('when no more is charged than was accepted, then 200', async () => {
      expect((await complete(await accepted(), 12_200)).status).to.equal(200);
    });

    it('when a maximum was accepted, then it is the limit', async () => {
      const id = await accepted({ maximum: euros(15_000) });
      expect((await complete(id, 15_001)).body.code).to.equal('QUOTE_EXCEEDED');
      expect((await complete(id, 15_000)).status).to.equal(200);
    });

    it('when nobody has answered the first quote, then 409 QUOTE_NOT_DECIDED, unless nothing is charged', async () => {
      const id = await desk.repairIn('IN_PROGRESS');
      await tellQuote(bench, buildQuote({ repairId: id }), 2);
      await desk.act(id, 'take', desk.elena);
      const { status, body } = await complete(id, 1);
      expect([status, body.code]).to.deep.equal([409, 'QUOTE_NOT_DECIDED']);
      expect((await complete(id, 0)).status).to.equal(200);
    });

    it('when the quote has expired, then 409 QUOTE_NOT_DECIDED; when it was withdrawn, then 200', async () => {
      for (const [state, status] of [
        ['EXPIRED', 409],
        ['WITHDRAWN', 200],
      ] as const) {
        const id = await desk.repairIn('IN_PROGRESS');
        await tellQuote(bench, buildQuote({ repairId: id, status: state }), 3);
        await desk.act(id, 'take', desk.elena);
        expect((await complete(id, 1)).status, state).to.equal(status);
      }
    });

    it('when the accepted amount is in another currency, then 409 QUOTE_EXCEEDED', async () => {
      const id = await accepted({ total: { amount: 12_200, currency: 'JPY' } });
      expect((await complete(id, 100)).body.code).to.equal('QUOTE_EXCEEDED');
    });
  });

  describe('POST /repairs/:id/refuse', () => {
    const refuse = (id: string, amount: number) => desk.act(id, 'refuse', desk.elena, { reason: 'Too wet', amount });

    it('when a fee was agreed at the intake or by the quote, then no more than that is charged', async () => {
      const agreed = await desk.repairIn('IN_PROGRESS', { sheet: { refusalFee: 1_500 } });
      const quoted = await desk.repairIn('IN_PROGRESS');
      await tellQuote(bench, buildQuote({ repairId: quoted, status: 'ACCEPTED', refusalFee: euros(1_500) }), 3);
      for (const id of [agreed, quoted]) {
        const { status, body } = await refuse(id, 1_501);
        expect([status, body.code]).to.deep.equal([409, 'REFUSAL_FEE_EXCEEDED']);
        expect((await refuse(id, 1_500)).status).to.equal(200);
      }
    });

    it('when no fee was agreed, then the quote is the limit', async () => {
      const [open, decided] = [await desk.repairIn('IN_PROGRESS'), await desk.repairIn('IN_PROGRESS')];
      await tellQuote(bench, buildQuote({ repairId: open }), 2);
      await desk.act(open, 'take', desk.elena);
      expect((await refuse(open, 1)).body.code).to.equal('QUOTE_NOT_DECIDED');
      await tellQuote(bench, buildQuote({ repairId: decided, status: 'ACCEPTED' }), 3);
      expect((await refuse(decided, 12_201)).body.code).to.equal('QUOTE_EXCEEDED');
    });
  });
});
