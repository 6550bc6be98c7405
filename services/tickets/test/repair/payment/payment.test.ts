import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { startBench, type Bench } from '../../bench.js';
import { CHARGE, startDesk, type Desk } from '../life.js';

const EUROS = (amount: number) => ({ amount, currency: 'EUR' });

describe('paying for a repair and collecting it', () => {
  let bench: Bench;
  let desk: Desk;
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    desk = await startDesk(bench);
  });
  after(() => bench.stop());

  const pay = (id: string, amount: unknown, more: object = {}) => desk.act(id, 'payment', desk.agent, { method: 'CARD', amount, ...more });
  const typesSince = async (count: number) => (await bench.events()).slice(count).map(({ type }) => type);

  describe('POST /repairs/:id/payment', () => {
    it('when paid in parts, then what is left shrinks, and with the last one it is paid', async () => {
      const id = await desk.repairIn('COMPLETED');
      const first = await pay(id, 990, { reference: 'SLIP-1' });
      expect(first.status, first.text).to.equal(200);
      expect(first.body.data).to.deep.include({ status: 'COMPLETED', amountPaid: EUROS(990), amountLeft: EUROS(4_000) });
      expect(first.body.data).not.to.have.property('paidAt');
      bench.test.clock.advance(60_000);
      const second = await pay(id, EUROS(4_000), { method: 'CASH' });
      expect(second.body.data).to.deep.include({ amountPaid: EUROS(CHARGE), amountLeft: EUROS(0), paidAt: '2026-03-02T10:01:00.000Z' });
      const { activities, payments } = await desk.read(id);
      expect(payments).to.have.length(2);
      expect(payments[0]).to.deep.include({ method: 'CARD', amount: EUROS(990), reference: 'SLIP-1', byUserId: desk.agent.caller.userId });
      expect(activities.slice(-2)).to.deep.include.members([
        {
          ...activities.at(-2),
          id: payments[0]?.id,
          type: 'PAYMENT',
          body: '9.90 EUR paid',
          metadata: { method: 'CARD', reference: 'SLIP-1', amount: EUROS(990), amountLeft: EUROS(4_000) },
        },
      ]);
      const told = (await bench.events()).filter(({ type }) => type === 'repair-paid').slice(-2);
      expect(told.map(({ data }) => data.payment)).to.deep.equal([
        { id: payments[0]?.id, method: 'CARD', amount: EUROS(990), reference: 'SLIP-1' },
        { id: payments[1]?.id, method: 'CASH', amount: EUROS(4_000) },
      ]);
      expect(told[0]?.data.repair).not.to.have.property('paidAt');
      expect(told[1]?.data.repair).to.have.property('paidAt', '2026-03-02T10:01:00.000Z');
    });

    it('when it is more than is left, then 409 says how much is', async () => {
      const id = await desk.repairIn('READY_FOR_PICKUP');
      await pay(id, 1_000);
      const { status, body } = await pay(id, CHARGE);
      expect([status, body.code, body.amountLeft]).to.deep.equal([409, 'PAYMENT_EXCEEDS_AMOUNT_LEFT', EUROS(3_990)]);
      expect(body.detail).to.include('39.90 EUR');
    });

    it('when nothing is left, then 409', async () => {
      const id = await desk.repairIn('REFUSED');
      await pay(id, CHARGE);
      expect((await pay(id, 1)).body.code).to.equal('REPAIR_ALREADY_PAID');
      expect((await desk.act(id, 'waive', desk.agent, { reason: 'Kind' })).body.code).to.equal('REPAIR_ALREADY_PAID');
      expect((await desk.patch(id, 'PAYMENT_PENDING', desk.agent)).body.code).to.equal('REPAIR_ALREADY_PAID');
    });

    it('when fields are wrong, then 422 names every one', async () => {
      const id = await desk.repairIn('COMPLETED');
      const { status, body } = await desk.act(id, 'payment', desk.agent, { method: 'SHELLS', amount: 0, reference: '', paidBy: 'me' });
      expect(status).to.equal(422);
      expect(body.errors.map(({ path }) => path)).to.have.members(['method', 'amount', 'reference', 'paidBy']);
      expect((await pay(id, { amount: 1, currency: 'USD' })).body.errors.map(({ path }) => path)).to.deep.equal(['amount.currency']);
    });

    it('when it is repeated under its Idempotency-Key, then it is taken once', async () => {
      const id = await desk.repairIn('COMPLETED');
      const options = { ...desk.agent, headers: { 'idempotency-key': randomUUID() } };
      const once = () => bench.api.post(`/repairs/${id}/payment`, { method: 'CASH', amount: 100 }, options);
      const [first, second] = [await once(), await once()];
      expect([first.status, second.status]).to.deep.equal([200, 200]);
      expect(second.body.data).to.deep.equal(first.body.data);
      expect((await desk.read(id)).amountPaid).to.deep.equal(EUROS(100));
    });
  });

  describe('POST /repairs/:id/waive', () => {
    it('when the rest is waived, then nothing is left, and only staff read why', async () => {
      const id = await desk.repairIn('PAYMENT_PENDING');
      await pay(id, 990);
      const { status, body } = await desk.act(id, 'waive', desk.agent, { reason: 'We broke the lid' });
      expect(status).to.equal(200);
      expect(body.data).to.deep.include({ waived: true, amountLeft: EUROS(0), amountPaid: EUROS(990), status: 'PAYMENT_PENDING' });
      expect(body.data.waiver).to.deep.include({ amount: EUROS(4_000), reason: 'We broke the lid' });
      expect((await bench.events()).at(-1)).to.deep.include({ type: 'repair-payment-waived' });
      const asCustomer = await bench.api.get(`/repairs/${id}`, desk.rosa);
      expect(asCustomer.body.data).to.include({ waived: true });
      expect(asCustomer.text).not.to.include('lid');
      expect((await desk.act(id, 'waive', desk.agent, {})).body.errors[0]?.path).to.equal('reason');
    });
  });

  describe('POST /repairs/:id/ready', () => {
    it('when it is ready, then the customer can be told, whether it is paid or not', async () => {
      const id = await desk.repairIn('COMPLETED');
      const before = (await bench.events()).length;
      const { body } = await desk.act(id, 'ready', desk.agent);
      expect(body.data).to.include({ status: 'READY_FOR_PICKUP', statusName: 'Ready for Pickup' });
      expect(body.data.readyAt).to.equal(bench.test.clock.now().toISOString());
      expect(await typesSince(before)).to.deep.equal(['repair-status-changed', 'repair-ready']);
    });

    it('when the technician says so by the status, then it is told alike', async () => {
      const id = await desk.repairIn('REFUSED');
      const before = (await bench.events()).length;
      const { body } = await desk.patch(id, 'READY_FOR_PICKUP', desk.elena, { reason: 'On the shelf' });
      expect(body.data).to.have.property('readyAt');
      expect(await typesSince(before)).to.deep.equal(['repair-status-changed', 'repair-ready']);
    });
  });

  describe('POST /repairs/:id/collect', () => {
    it('when something is left to pay, then 409 says how much', async () => {
      const id = await desk.repairIn('READY_FOR_PICKUP');
      await pay(id, 4_000);
      const { status, body } = await desk.act(id, 'collect', desk.agent, { collectedBy: 'Rosa' });
      expect([status, body.code, body.amountLeft]).to.deep.equal([409, 'REPAIR_NOT_PAID', EUROS(990)]);
      expect(body.detail).to.include('9.90 EUR');
    });

    for (const how of ['paid', 'waived'] as const) {
      it(`when it is ${how}, then it is handed back and closed`, async () => {
        const id = await desk.repairIn('READY_FOR_PICKUP');
        await (how === 'paid' ? pay(id, CHARGE) : desk.act(id, 'waive', desk.agent, { reason: 'Kind' }));
        const before = (await bench.events()).length;
        const { status, body } = await desk.act(id, 'collect', desk.agent, { collectedBy: 'Her brother' });
        expect(status).to.equal(200);
        expect(body.data).to.include({ status: 'CLOSED', collectedBy: 'Her brother', hasDevicePassword: false });
        expect(body.data.collectedAt).to.equal(bench.test.clock.now().toISOString());
        expect(await typesSince(before)).to.deep.equal(['repair-status-changed', 'repair-collected']);
        expect((await desk.act(id, 'collect', desk.agent, { collectedBy: 'Rosa' })).body).to.include({ status: 409, current: 'CLOSED' });
      });
    }

    it('when a canceled one is closed without anything to collect, then no collection is told', async () => {
      const id = await desk.repairIn('CANCELED');
      const before = (await bench.events()).length;
      const { body } = await desk.patch(id, 'CLOSED', desk.agent);
      expect(body.data).not.to.have.property('collectedAt');
      expect(await typesSince(before)).to.deep.equal(['repair-status-changed']);
    });

    it('when nobody is named, then 422', async () => {
      const id = await desk.repairIn('CANCELED');
      expect((await desk.act(id, 'collect', desk.agent, { collectedBy: ' ' })).body.errors[0]?.path).to.equal('collectedBy');
    });
  });
});
