import { PAYMENT_LINK } from '@riparo/shared/contracts/links';
import { buildQuote } from '@riparo/shared/testing/published-money';
import { expectIndexed, plansOf } from '@riparo/shared/testing/query-plans';
import { expect } from 'chai';
import { startBench, type Bench, type Person } from '../../bench.js';
import { CHARGE, startDesk, type Desk } from '../life.js';
import { tellQuote } from '../parts-and-quotes.js';

const euros = (amount: number) => ({ amount, currency: 'EUR' });

describe('deposits and refunds of a repair', () => {
  let bench: Bench;
  let desk: Desk;
  let admin: Person;
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    desk = await startDesk(bench);
    admin = bench.person('ADMIN');
  });
  after(() => bench.stop());

  const pay = (id: string, amount: unknown, more: object = {}) => desk.act(id, 'payment', desk.agent, { method: 'CARD', amount, ...more });
  const refund = (id: string, amount: number, more: object = {}) =>
    desk.act(id, 'refund', admin, { method: 'CASH', amount, reason: 'The part failed', ...more });
  const paidIn = async (status: 'COMPLETED' | 'READY_FOR_PICKUP', amount = CHARGE): Promise<string> => {
    const id = await desk.repairIn(status);
    expect((await pay(id, amount)).status).to.equal(200);
    return id;
  };

  describe('a deposit', () => {
    it('when money is taken before the outcome, then it is set off against the charge', async () => {
      const id = await desk.repairIn('IN_PROGRESS');
      const first = await pay(id, 1_990);
      expect(first.body.data).to.deep.include({ amountPaid: euros(1_990), amountLeft: euros(0), amountOverpaid: euros(0) });
      expect(first.body.data).not.to.have.property('paidAt');
      expect((await desk.read(id)).activities.at(-1)).to.deep.include({
        body: '19.90 EUR paid in advance',
        metadata: { method: 'CARD', amount: euros(1_990), deposit: true },
      });
      const done = await desk.act(id, 'complete', desk.elena, { description: 'Done', amount: CHARGE });
      expect(done.body.data).to.deep.include({ amountDue: euros(CHARGE), amountLeft: euros(3_000) });
      const { repair } = (await bench.events()).at(-1)?.data as { repair: object };
      expect(repair).to.deep.include({ amountPaid: euros(1_990), amountLeft: euros(3_000), amountWaived: euros(0) });
      expect(repair).to.have.nested.property('payments[0].amount.amount', 1_990);
    });

    it('when it covers the whole charge, then the repair is paid with its outcome', async () => {
      const id = await desk.repairIn('IN_PROGRESS');
      await pay(id, CHARGE);
      const { body } = await desk.act(id, 'complete', desk.elena, { description: 'Done', amount: CHARGE });
      expect(body.data).to.have.property('paidAt');
    });

    it('when a quote says what it costs, then no more is taken in advance', async () => {
      const id = await desk.repairIn('IN_PROGRESS');
      const quote = buildQuote({ repairId: id, total: euros(5_000) });
      await tellQuote(bench, quote, 1);
      expect((await pay(id, 4_000)).status).to.equal(200);
      const tooMuch = await pay(id, 1_001);
      expect([tooMuch.status, tooMuch.body.code, tooMuch.body.amountLeft]).to.deep.equal([409, 'DEPOSIT_EXCEEDS_QUOTE', euros(1_000)]);
      await tellQuote(bench, { ...quote, status: 'ACCEPTED', maximum: euros(6_000) }, 2);
      expect((await pay(id, 2_000)).status).to.equal(200);
      expect((await pay(id, 1)).body.code).to.equal('DEPOSIT_EXCEEDS_QUOTE');
    });

    it('when the quote has expired, then no more than it said is taken in advance', async () => {
      const id = await desk.repairIn('IN_PROGRESS');
      const quote = buildQuote({ repairId: id, total: euros(5_000) });
      await tellQuote(bench, quote, 1);
      await tellQuote(bench, { ...quote, status: 'EXPIRED' }, 2);
      expect((await pay(id, 5_001)).body.code).to.equal('DEPOSIT_EXCEEDS_QUOTE');
    });

    it('when there is no quote, then 10,000.00 is the most', async () => {
      const id = await desk.repairIn('PENDING');
      const { body } = await pay(id, 1_000_001);
      expect([body.code, body.amountLeft]).to.deep.equal(['DEPOSIT_TOO_HIGH', euros(1_000_000)]);
    });

    it('when the repair is canceled, then all of it is to be given back before it closes', async () => {
      const id = await desk.repairIn('IN_PROGRESS');
      await pay(id, 2_000);
      const { body } = await desk.act(id, 'cancel', desk.agent, {});
      expect(body.data).to.deep.include({ amountOverpaid: euros(2_000), amountLeft: euros(0) });
      for (const closing of [desk.patch(id, 'CLOSED', desk.agent), desk.act(id, 'collect', desk.agent, { collectedBy: 'Rosa' })]) {
        const answer = await closing;
        expect([answer.status, answer.body.code, answer.body.amountOverpaid]).to.deep.equal([409, 'REFUND_DUE', euros(2_000)]);
      }
      const back = await refund(id, 2_000);
      expect(back.status, back.text).to.equal(200);
      expect((await desk.act(id, 'collect', desk.agent, { collectedBy: 'Rosa' })).status).to.equal(200);
    });

    it('when it is above the charge, then the rest goes back before the device does', async () => {
      const id = await desk.repairIn('IN_PROGRESS');
      await pay(id, 8_000);
      await desk.act(id, 'complete', desk.elena, { description: 'Done', amount: CHARGE });
      await desk.act(id, 'ready', desk.agent);
      expect((await desk.act(id, 'collect', desk.agent, { collectedBy: 'Rosa' })).body.code).to.equal('REFUND_DUE');
      const spanning = await refund(id, 4_000);
      expect([spanning.body.code, spanning.body.amountOverpaid]).to.deep.equal(['REFUND_SPANS_OVERPAYMENT', euros(3_010)]);
      const { body } = await refund(id, 3_010, { kind: 'CORRECTION' });
      expect(body.data).to.deep.include({ amountDue: euros(CHARGE), amountPaid: euros(CHARGE), amountOverpaid: euros(0) });
      expect((await bench.events()).at(-1)).to.have.nested.property('data.refund.kind', 'OVERPAYMENT');
      // Another cashier gives the same money back: that must not make the repair cheaper.
      for (const more of [{}, { kind: 'OVERPAYMENT' }]) expect((await refund(id, 3_010, more)).body.code).to.equal('NOTHING_OVERPAID');
      expect((await refund(id, 10, { kind: 'REDUCTION' })).body.data).to.deep.include({ amountDue: euros(CHARGE - 10) });
      expect((await desk.act(id, 'collect', desk.agent, { collectedBy: 'Rosa' })).status).to.equal(200);
    });
  });

  describe('POST /repairs/:id/refund', () => {
    it('when a part failed, then the customer pays less in all, and everything tells so', async () => {
      const id = await paidIn('READY_FOR_PICKUP');
      await desk.act(id, 'collect', desk.agent, { collectedBy: 'Rosa' });
      const { status, body, text } = await refund(id, 1_990, { reference: 'R-1' });
      expect(status, text).to.equal(200);
      expect(body.data).to.deep.include({ status: 'CLOSED', amountDue: euros(3_000), amountPaid: euros(3_000), amountLeft: euros(0) });
      expect(body.data).to.have.property('paidAt');
      const { payments, activities } = await desk.read(id, desk.rosa);
      expect(payments[1]).to.deep.include({
        method: 'CASH',
        amount: euros(-1_990),
        reference: 'R-1',
        refund: { kind: 'REDUCTION', reason: 'The part failed' },
      });
      expect(payments[1]).not.to.have.property('byUserId');
      expect(activities.at(-1)).to.deep.include({
        id: payments[1]?.id,
        body: '19.90 EUR given back: The part failed',
        metadata: { method: 'CASH', reference: 'R-1', refunded: euros(1_990), kind: 'REDUCTION', amountLeft: euros(0) },
      });
      const { type, data } = (await bench.events()).at(-1) ?? {};
      expect(type).to.equal('repair-refunded');
      expect(data?.refund).to.deep.equal({
        id: payments[1]?.id,
        method: 'CASH',
        reference: 'R-1',
        amount: euros(1_990),
        kind: 'REDUCTION',
        reason: 'The part failed',
      });
      expect(data?.repair).to.have.nested.property('payments[1].amount.amount', -1_990);
    });

    it('when the payment was entered wrongly, then it is due again', async () => {
      const id = await paidIn('COMPLETED');
      const { body } = await refund(id, CHARGE, { kind: 'CORRECTION' });
      expect(body.data).to.deep.include({ amountDue: euros(CHARGE), amountPaid: euros(0), amountLeft: euros(CHARGE) });
      expect(body.data).not.to.have.property('paidAt');
      expect((await pay(id, CHARGE)).body.data).to.have.property('paidAt');
    });

    it('when the device has gone, then a correction is refused', async () => {
      const id = await paidIn('READY_FOR_PICKUP');
      await desk.act(id, 'collect', desk.agent, { collectedBy: 'Rosa' });
      expect((await refund(id, 1, { kind: 'CORRECTION' })).body.code).to.equal('REFUND_AFTER_CLOSING');
    });

    it('when it is more than was paid, then 409 says how much was', async () => {
      const id = await paidIn('COMPLETED', 990);
      const { status, body } = await refund(id, 991);
      expect([status, body.code, body.amountPaid]).to.deep.equal([409, 'REFUND_EXCEEDS_PAID', euros(990)]);
      expect((await refund(id, 990)).body.data).to.deep.include({ amountDue: euros(4_000), amountLeft: euros(4_000) });
      expect((await refund(id, 1)).body.code).to.equal('REFUND_EXCEEDS_PAID');
    });

    it('when something was waived, then what is left is neither charged again nor given back', async () => {
      const id = await paidIn('COMPLETED', 3_000);
      await desk.act(id, 'waive', desk.agent, { reason: 'Kind' });
      expect((await refund(id, 1_000)).body.data).to.deep.include({
        amountLeft: euros(0),
        amountOverpaid: euros(0),
        amountPaid: euros(2_000),
      });
      const corrected = await refund(id, 500, { kind: 'CORRECTION' });
      expect(corrected.body.data).to.deep.include({ amountLeft: euros(500), amountWaived: euros(1_990) });
      const waived = await desk.act(id, 'waive', desk.agent, { reason: 'Again' });
      expect(waived.body.data).to.deep.include({ amountLeft: euros(0), amountWaived: euros(2_490) });
    });

    it('when an agent asks, then 403; when fields are wrong, then 422 names every one', async () => {
      const id = await paidIn('COMPLETED');
      expect((await desk.act(id, 'refund', desk.agent, { method: 'CASH', amount: 1, reason: 'x' })).status).to.equal(403);
      const { status, body } = await desk.act(id, 'refund', admin, { method: 'SHELLS', amount: 0, kind: 'GIFT' });
      expect(status).to.equal(422);
      expect(body.errors.map(({ path }) => path)).to.have.members(['method', 'amount', 'kind', 'reason']);
    });

    it('when the method is ONLINE at the counter, then 422 names the door', async () => {
      const id = await paidIn('COMPLETED', 100);
      for (const answer of [await pay(id, 1, { method: 'ONLINE' }), await refund(id, 1, { method: 'ONLINE' })]) {
        expect(answer.status).to.equal(422);
        expect(answer.body.errors[0]).to.have.property('path', 'method');
        expect(answer.body.errors[0]?.message).to.include('POST /payments/');
      }
    });
  });

  it('when money is to be given back, then an index finds the repair, until it is given back', async () => {
    const asked = () => bench.api.get<readonly { readonly id: string }[]>('/repairs?overpaid=true', desk.agent);
    const found = async () => (await asked()).body.data.map(({ id }) => id);
    const id = await desk.repairIn('IN_PROGRESS');
    await pay(id, 1_000);
    expect(await found()).not.to.include(id);
    await desk.act(id, 'cancel', desk.agent, {});
    expect(await found()).to.include(id);
    expectIndexed(await plansOf(bench.test.platform.connection, 'repairs', asked), 'overpaid', ['overpaid']);
    await refund(id, 1_000);
    expect(await found()).not.to.include(id);
    expect((await bench.api.get('/repairs?overpaid=false', desk.agent)).status).to.equal(422);
  });

  describe('POST /repairs/:id/payment-link', () => {
    it('when something is left, then desk and customer get a link to pay it', async () => {
      const id = await desk.repairIn('COMPLETED');
      for (const person of [desk.agent, desk.rosa]) {
        const { status, body } = await bench.api.post<{ url: string; expiresAt: string }>(`/repairs/${id}/payment-link`, undefined, person);
        expect(status).to.equal(200);
        const [, token = ''] = body.data.url.split('/pay/');
        expect(bench.test.platform.links.verify(PAYMENT_LINK, token)).to.include({ subjectId: id });
        expect(new Date(body.data.expiresAt).getTime() - bench.test.clock.now().getTime()).to.equal(90 * 86_400_000);
      }
    });

    it('when nothing is left, there is no outcome, or it is somebody else’s, then there is no link', async () => {
      const link = (id: string, person: Person) => bench.api.post(`/repairs/${id}/payment-link`, undefined, person);
      expect((await link(await paidIn('COMPLETED'), desk.rosa)).body.code).to.equal('REPAIR_ALREADY_PAID');
      expect((await link(await desk.repairIn('PENDING'), desk.rosa)).body.code).to.equal('REPAIR_WITHOUT_OUTCOME');
      expect((await link(await desk.repairIn('COMPLETED'), await bench.customer())).status).to.equal(404);
    });
  });
});
