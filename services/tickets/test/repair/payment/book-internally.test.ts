import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { startBench, type Bench } from '../../bench.js';
import { CHARGE, startDesk, type Desk } from '../life.js';

const euros = (amount: number) => ({ amount, currency: 'EUR' });

interface Answered {
  readonly data?: { readonly amountPaid: object; readonly amountLeft: object; readonly version: number };
  readonly code?: string;
}

describe('what billing books on a repair', () => {
  let bench: Bench;
  let desk: Desk;
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    desk = await startDesk(bench);
  });
  after(() => bench.stop());

  const ask = async (repairId: string, what: 'payments' | 'refunds', body: object, token = bench.test.platform.serviceTokens.mint()) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    const response = await fetch(`${bench.baseUrl}/internal/repairs/${repairId}/${what}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Answered };
  };
  const online = (amount: number, more: object = {}) => ({ bookingId: randomUUID(), amount: euros(amount), method: 'ONLINE', ...more });

  it('when a payment is booked twice under its id, then once', async () => {
    const id = await desk.repairIn('READY_FOR_PICKUP');
    const booking = online(CHARGE, { reference: 'cs_1', evenIfNotDue: true });
    const all = await Promise.all([1, 2, 3].map(() => ask(id, 'payments', booking)));
    for (const { status, body } of all) {
      expect(status).to.equal(200);
      expect(body.data).to.deep.include({ amountPaid: euros(CHARGE), amountLeft: euros(0) });
    }
    const { payments } = await desk.read(id);
    expect(payments).to.have.length(1);
    expect(payments[0]).to.deep.include({ id: booking.bookingId, method: 'ONLINE', reference: 'cs_1' });
    expect(payments[0]).not.to.have.property('byUserId');
    expect(
      (await bench.events()).filter(({ data }) => (data.payment as { id?: string } | undefined)?.id === booking.bookingId),
    ).to.have.length(1);
  });

  it('when online money comes for a repair that is closed, then the desk finds what it has to give back', async () => {
    const id = await desk.repairIn('READY_FOR_PICKUP');
    await desk.act(id, 'payment', desk.agent, { method: 'CASH', amount: CHARGE });
    await desk.act(id, 'collect', desk.agent, { collectedBy: 'Rosa' });
    expect((await ask(id, 'payments', online(700, { evenIfNotDue: true }))).status).to.equal(200);
    const { body } = await bench.api.get<readonly { readonly id: string; readonly status: string }[]>('/repairs?overpaid=true', desk.agent);
    expect(body.data.map((repair) => [repair.id, repair.status])).to.deep.equal([[id, 'CLOSED']]);
  });

  it('when a transfer is more than is left, then it is refused as at the counter', async () => {
    const id = await desk.repairIn('COMPLETED');
    const transfer = { ...online(CHARGE + 1), method: 'BANK_TRANSFER', byUserId: desk.agent.caller.userId };
    expect(await ask(id, 'payments', transfer)).to.deep.include({ status: 409 });
    expect((await ask(id, 'payments', transfer)).body.code).to.equal('PAYMENT_EXCEEDS_AMOUNT_LEFT');
    expect((await ask(id, 'payments', { ...transfer, amount: euros(CHARGE) })).status).to.equal(200);
    expect((await desk.read(id)).payments[0]).to.include({ byUserId: desk.agent.caller.userId });
  });

  it('when online money came for what is paid or canceled, then it is booked and to be given back', async () => {
    for (const status of ['COMPLETED', 'CANCELED'] as const) {
      const id = await desk.repairIn(status);
      if (status === 'COMPLETED') await desk.act(id, 'payment', desk.agent, { method: 'CASH', amount: CHARGE });
      expect((await ask(id, 'payments', online(CHARGE))).status).to.equal(409);
      expect((await ask(id, 'payments', online(CHARGE, { evenIfNotDue: true }))).status).to.equal(200);
      expect(await desk.read(id)).to.deep.include({ amountOverpaid: euros(CHARGE) });
      const back = online(CHARGE, { reason: 'Paid twice', byUserId: desk.agent.caller.userId });
      for (let times = 0; times < 2; times++) expect((await ask(id, 'refunds', back)).status).to.equal(200);
      expect(await desk.read(id)).to.deep.include({ amountOverpaid: euros(0) });
    }
  });

  it('when a user asks, the repair is unknown or the currency another, then it is refused', async () => {
    const id = await desk.repairIn('COMPLETED');
    expect((await ask(id, 'payments', online(1), desk.agent.token)).status).to.equal(401);
    expect((await ask(randomUUID(), 'payments', online(1))).status).to.equal(404);
    expect((await ask(id, 'payments', { ...online(1), tenantId: 'elsewhere' })).status).to.equal(404);
    expect((await ask(id, 'payments', { ...online(1), amount: { amount: 1, currency: 'USD' } })).status).to.equal(422);
  });
});
