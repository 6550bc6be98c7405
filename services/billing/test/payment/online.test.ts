import { expect } from 'chai';
import { isPayableOnline } from '../../src/payment/online/payable-online.js';
import { callAbout, euros, startPaymentBench, type PaymentBench, type PaymentView } from './payment-bench.js';

const MINUTE = 60_000;

describe('paying online', () => {
  let world: PaymentBench;
  before(async () => {
    world = await startPaymentBench();
  });
  after(() => world.stop());

  const open = async (part = {}) => {
    const repair = await world.repair(part);
    return { repairId: repair.id, ...(await world.checkout(repair.id)) };
  };
  const back = (repairId: string) => world.bench.api.get(`/pay/${world.linkTo(repairId)}?from=provider`, { root: true });

  it('when the page is opened, then it asks for what is left, once', async () => {
    const { id, repairId, session } = await open();
    expect(session).to.include({ mode: 'payment', amount_total: 4_990, currency: 'eur', client_reference_id: id });
    expect(session.metadata).to.include({ tenantId: 'default', paymentId: id });
    expect(await world.read(id)).to.include({ status: 'STARTED' });
    expect((await world.checkout(repairId)).session.id).to.equal(session.id);
    const both = await Promise.all([world.checkout(repairId), world.checkout(repairId)]);
    expect(both.map((each) => each.session.id)).to.deep.equal([session.id, session.id]);
  });

  it('when two open it for the first time at once, then there is one page', async () => {
    const repair = await world.repair();
    const all = await Promise.all([1, 2, 3].map(() => world.checkout(repair.id)));
    expect(new Set(all.map(({ session }) => session.id)).size).to.equal(1);
  });

  it('when the call comes, then the repair has the money, and a second call changes nothing', async () => {
    const { id, repairId, session } = await open();
    world.stripe.pay(session);
    const once = { id: 'evt_once' };
    expect((await world.call(session, once)).status).to.equal(204);
    expect(await world.read(id)).to.include({ status: 'VERIFIED', transactionId: session.payment_intent });
    const asked = world.stripe.requests.length;
    expect((await world.call(session, once)).status).to.equal(204);
    expect(world.stripe.requests).to.have.length(asked);
    expect((await world.call(session)).status).to.equal(204);
    expect([world.paidOf(repairId), world.tickets.booked.get(id)]).to.deep.equal([4_990, 4_990]);
    expect((await world.told()).filter((line) => line.endsWith(id))).to.deep.equal([`verified ${id}`]);
  });

  it('when the customer is back before the call, then it is booked by the return, once', async () => {
    const { id, repairId, session } = await open();
    world.stripe.pay(session);
    const { status, text } = await back(repairId);
    expect([status, text.includes('Abbiamo ricevuto il Suo pagamento'), text.includes('<form')]).to.deep.equal([200, true, false]);
    expect((await world.call(session)).status).to.equal(204);
    expect(world.paidOf(repairId)).to.equal(4_990);
    expect((await world.told()).filter((line) => line.endsWith(id))).to.deep.equal([`verified ${id}`]);
  });

  it('when call and return come at once, then it is booked once', async () => {
    const { id, repairId, session } = await open();
    world.stripe.pay(session);
    await Promise.all([world.call(session), back(repairId), world.call(session), back(repairId)]);
    expect(world.paidOf(repairId)).to.equal(4_990);
    expect((await world.told()).filter((line) => line.endsWith(id))).to.deep.equal([`verified ${id}`]);
  });

  it('when neither comes, then the clock asks the provider', async () => {
    const { id, repairId, session } = await open();
    world.stripe.pay(session);
    await world.later(11 * MINUTE);
    expect(await world.read(id)).to.include({ status: 'VERIFIED' });
    expect(world.paidOf(repairId)).to.equal(4_990);
  });

  it('when nothing was paid, then the page says so, and it lapses with the provider’s page', async () => {
    const { id, repairId, session } = await open();
    expect((await back(repairId)).text).to.include('Non abbiamo ancora ricevuto');
    session.status = 'expired';
    expect((await world.call(session, { type: 'checkout.session.expired' })).status).to.equal(204);
    expect(await world.read(id)).to.include({ status: 'LAPSED' });
    expect((await world.checkout(repairId)).session.id).not.to.equal(session.id);
  });

  it('when the money comes for a page that lapsed long ago, then it is booked all the same', async () => {
    const { id, session } = await open();
    session.status = 'expired';
    await world.call(session, { type: 'checkout.session.expired' });
    world.stripe.pay(session);
    expect((await world.call(session)).status).to.equal(204);
    expect(await world.read(id)).to.include({ status: 'VERIFIED' });
  });

  for (const [what, other] of [
    ['amount', { amount: 4_000 }],
    ['currency', { currency: 'usd' }],
  ] as const) {
    it(`when another ${what} arrives, then the desk looks at it, and nothing is booked`, async () => {
      const { id, repairId, session } = await open();
      world.stripe.pay(session, other);
      await world.call(session);
      expect(await world.read(id)).to.deep.include({ status: 'TO_VERIFY', doubt: 'AMOUNT_DIFFERS', askedAmount: euros(4_990) });
      expect(world.paidOf(repairId)).to.equal(0);
      expect((await world.told()).filter((line) => line.endsWith(id))).to.deep.equal([`to-verify ${id}`]);
    });
  }

  it('when the desk takes another amount, then the repair gets what arrived', async () => {
    const { id, repairId, session } = await open();
    world.stripe.pay(session, { amount: 4_000 });
    await world.call(session);
    const { status } = await world.bench.api.post(`/payments/${id}/verify`, {}, { token: world.agent.token });
    expect([status, world.paidOf(repairId)]).to.deep.equal([200, 4_000]);
  });

  for (const [what, meanwhile] of [
    ['was paid at the counter', (repairId: string) => world.paidAtTheCounter(repairId)],
    [
      'was canceled',
      (repairId: string) => {
        const known = world.bench.known.get(repairId) as object;
        world.bench.known.set(repairId, { ...known, status: 'CANCELED', outcome: undefined, amountDue: euros(0), amountLeft: euros(0) });
      },
    ],
  ] as const) {
    it(`when the repair ${what} meanwhile, then the desk looks at it, and it can go back`, async () => {
      const { id, repairId, session } = await open();
      world.stripe.pay(session);
      meanwhile(repairId);
      const paidBefore = world.paidOf(repairId);
      expect((await world.call(session)).status).to.equal(204);
      expect(await world.read(id)).to.include({ status: 'TO_VERIFY', doubt: 'NOT_DUE' });
      expect((await back(repairId)).text).to.include('Stiamo verificando');
      expect(world.paidOf(repairId)).to.equal(paidBefore);
      const count = world.stripe.refunds.length;
      const reject = () =>
        world.bench.api.post<PaymentView>(`/payments/${id}/reject`, { reason: 'Paid twice' }, { token: world.agent.token });
      // The provider gives it back, and its answer is lost.
      world.stripe.faults.push('hang up', 'hang up');
      expect((await reject()).status).to.equal(503);
      expect(await world.read(id)).to.include({ status: 'TO_VERIFY', isBeingDecided: true });
      await world.later(MINUTE);
      expect(await world.read(id)).to.include({ status: 'REJECTED', reason: 'Paid twice' });
      expect(world.stripe.refunds.slice(count).map(({ amount }) => amount)).to.deep.equal([4_990]);
      expect((await world.told()).filter((line) => line.endsWith(id))).to.deep.equal([`to-verify ${id}`, `rejected ${id}`]);
    });
  }

  for (const fault of ['away', 'lost answer'] as const) {
    it(`when the tickets service is gone (${fault}) as the money arrives, then it is booked later, once`, async () => {
      const { id, repairId, session } = await open();
      world.stripe.pay(session);
      world.tickets.faults.push(fault);
      expect((await world.call(session, { id: `evt_${fault}` })).status).to.equal(503);
      // The provider repeats its call.
      expect((await world.call(session, { id: `evt_${fault}` })).status).to.equal(204);
      expect(await world.read(id)).to.include({ status: 'VERIFIED' });
      expect(world.paidOf(repairId)).to.equal(4_990);
    });
  }

  it('when a call is forged, changed, too old or about a page of somebody else, then nothing follows', async () => {
    const { id, session } = await open();
    world.stripe.pay(session);
    expect(await world.call(session, { secret: 'whsec_of_somebody_else' })).to.deep.equal({ status: 400, code: 'SIGNATURE_NOT_VALID' });
    const old = new Date(world.bench.clock.now().getTime() - 6 * MINUTE);
    expect((await world.call(session, {}, old)).code).to.equal('SIGNATURE_NOT_VALID');
    const { payload, signature } = callAbout(session, world.bench.clock.now());
    const send = (body: string, headers: Record<string, string>) =>
      world.bench.api.request('POST', '/payments/stripe/webhook', body, { headers });
    expect((await send(payload.replace(session.id, 'cs_other'), { 'stripe-signature': signature })).status).to.equal(400);
    expect((await send(payload, {})).status).to.equal(400);
    expect((await send('', { 'stripe-signature': signature })).status).to.equal(400);
    expect((await world.call({ id: 'cs_test_unknown' })).status).to.equal(204);
    expect((await world.call(session, { type: 'customer.created' })).status).to.equal(204);
    expect(await world.read(id)).to.include({ status: 'STARTED' });
  });

  it('when the provider is away as the page is opened, then 503, and the next try opens the same payment', async () => {
    const repair = await world.repair();
    world.stripe.faults.push('503', '503');
    const { status } = await world.bench.api.post('/payments/checkout', { repairId: repair.id }, { token: world.rosa.token });
    expect(status).to.equal(503);
    const { id, session } = await world.checkout(repair.id);
    expect(session.client_reference_id).to.equal(id);
    const { body } = await world.bench.api.get<readonly PaymentView[]>(`/payments?repairId=${repair.id}`, { token: world.agent.token });
    expect(body.data).to.have.length(1);
  });

  it('when the answer to the opening is lost, then the provider opens no second page', async () => {
    const repair = await world.repair();
    const count = world.stripe.sessions.size;
    world.stripe.faults.push('hang up', 'hang up');
    expect((await world.bench.api.post('/payments/checkout', { repairId: repair.id }, { token: world.rosa.token })).status).to.equal(503);
    await world.checkout(repair.id);
    expect(world.stripe.sessions.size - count).to.equal(1);
  });

  it('when the provider is away as its call comes, then the repetition of that call books', async () => {
    const { id, repairId, session } = await open();
    world.stripe.pay(session);
    world.stripe.faults.push('503', '503');
    expect((await world.call(session, { id: 'evt_repeated' })).status).to.equal(503);
    expect(await world.read(id)).to.include({ status: 'STARTED' });
    expect((await world.call(session, { id: 'evt_repeated' })).status).to.equal(204);
    expect([(await world.read(id)).status, world.paidOf(repairId)]).to.deep.equal(['VERIFIED', 4_990]);
  });

  it('when calls were dealt with, then the database forgets them after 30 days by itself', async () => {
    const indexes = await world.bench.platform.connection.collection('provider_calls').indexes();
    expect(indexes.find(({ expireAfterSeconds }) => expireAfterSeconds !== undefined)).to.deep.include({
      key: { createdAt: 1 },
      expireAfterSeconds: 30 * 24 * 60 * 60,
    });
  });

  describe('in another currency', () => {
    for (const currency of ['EUR', 'USD', 'CHF', 'PLN', 'JPY', 'KRW'])
      it(`when it is ${currency}, then the provider counts it as we do`, () => expect(isPayableOnline(currency)).to.equal(true));

    for (const currency of ['HUF', 'ISK', 'UGX', 'KWD', 'BHD'])
      it(`when it is ${currency}, then nothing is asked for a hundredth or a hundredfold`, () =>
        expect(isPayableOnline(currency)).to.equal(false));

    it('when the provider counts it otherwise, then online payment is off, and the page offers none', async () => {
      const forints = (amount: number) => ({ amount, currency: 'HUF' });
      const amounts = { amountDue: forints(19_900), amountPaid: forints(0), amountLeft: forints(19_900) };
      const repair = await world.repair(amounts);
      const asked = world.stripe.requests.length;
      const { body } = await world.bench.api.post('/payments/checkout', { repairId: repair.id }, { token: world.rosa.token });
      expect(body).to.include({ status: 409, code: 'ONLINE_PAYMENT_OFF' });
      expect((await world.bench.api.get(`/pay/${world.linkTo(repair.id)}`, { root: true })).text).not.to.include('<form');
      expect(world.stripe.requests).to.have.length(asked);
    });

    it('when it has no decimals, then the page asks for whole units', async () => {
      const yen = (amount: number) => ({ amount, currency: 'JPY' });
      const { session } = await open({ amountDue: yen(4_990), amountPaid: yen(0), amountLeft: yen(4_990) });
      expect(session).to.include({ amount_total: 4_990, currency: 'jpy' });
    });
  });

  it('when less is due by now, then the old page is ended and a new one asks for the rest', async () => {
    const { id, repairId, session } = await open();
    const known = world.bench.known.get(repairId) as object;
    world.bench.known.set(repairId, { ...known, amountPaid: euros(1_000), amountLeft: euros(3_990) });
    const next = await world.checkout(repairId);
    expect(next.session.amount_total).to.equal(3_990);
    expect([session.status, (await world.read(id)).status]).to.deep.equal(['expired', 'LAPSED']);
  });
});

describe('paying online without a key, or with a wrong one', () => {
  it('when there is no key, then it is cleanly off everywhere', async () => {
    const world = await startPaymentBench({ config: { STRIPE_SECRET_KEY: undefined } });
    try {
      const repair = await world.repair();
      const { token } = world.rosa;
      const { api } = world.bench;
      for (const answer of [
        await api.post('/payments/checkout', { repairId: repair.id }, { token }),
        await api.get('/me/payment-methods', { token }),
        await api.post('/me/payment-methods', undefined, { token }),
        await api.delete('/me/payment-methods/pm_1', { token }),
        await api.put('/me/payment-methods/pm_1/default', undefined, { token }),
      ])
        expect([answer.status, answer.body.code]).to.deep.equal([409, 'ONLINE_PAYMENT_OFF']);
      expect(await world.call({ id: 'cs_1' })).to.deep.equal({ status: 409, code: 'ONLINE_PAYMENT_OFF' });
      const page = await api.get(`/pay/${world.linkTo(repair.id)}`, { root: true });
      expect([page.status, page.text.includes('<form')]).to.deep.equal([200, false]);
      expect(world.stripe.requests).to.deep.equal([]);
    } finally {
      await world.stop();
    }
  });

  it('when the key is wrong, then 503, and nothing is lost', async () => {
    const world = await startPaymentBench({ config: { STRIPE_SECRET_KEY: 'sk_test_wrong' } });
    try {
      const repair = await world.repair();
      const { status } = await world.bench.api.post('/payments/checkout', { repairId: repair.id }, { token: world.rosa.token });
      expect(status).to.equal(503);
    } finally {
      await world.stop();
    }
  });
});
