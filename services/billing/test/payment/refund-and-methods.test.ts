import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { euros, startPaymentBench, type PaymentBench, type PaymentView } from './payment-bench.js';

describe('online money that goes back', () => {
  let world: PaymentBench;
  before(async () => {
    world = await startPaymentBench();
  });
  after(() => world.stop());

  const paid = async () => {
    const repair = await world.repair();
    const { id, session } = await world.checkout(repair.id);
    world.stripe.pay(session);
    await world.call(session);
    return { id, repairId: repair.id, refundsBefore: world.stripe.refunds.length };
  };
  const refund = (id: string, amount: unknown, headers: Record<string, string> = {}, by = world.admin) =>
    world.bench.api.post<PaymentView>(`/payments/${id}/refund`, { amount, reason: 'The part failed' }, { token: by.token, headers });

  it('when a part goes back, then the provider sends it and the repair knows', async () => {
    const { id, repairId } = await paid();
    const { status, body, text } = await refund(id, 1_990);
    expect(status, text).to.equal(200);
    expect(body.data.refunds[0]).to.deep.include({ amount: euros(1_990), reason: 'The part failed', state: 'DONE' });
    expect(world.stripe.refunds.at(-1)?.amount).to.equal(1_990);
    expect(world.paidOf(repairId)).to.equal(3_000);
    const tooMuch = await refund(id, 3_001);
    expect([tooMuch.body.code, tooMuch.body.amountPaid]).to.deep.equal(['REFUND_EXCEEDS_PAID', euros(3_000)]);
  });

  it('when it is repeated under its Idempotency-Key, then it goes back once', async () => {
    const { id, repairId, refundsBefore } = await paid();
    const headers = { 'idempotency-key': randomUUID() };
    // The provider has sent it, and its answer is lost.
    world.stripe.faults.push('hang up', 'hang up');
    expect((await refund(id, 1_000, headers)).status).to.equal(503);
    const { status, body } = await refund(id, 1_000, headers);
    expect([status, body.data.refunds.length]).to.deep.equal([200, 1]);
    expect([world.stripe.refunds.length - refundsBefore, world.paidOf(repairId)]).to.deep.equal([1, 3_990]);
  });

  for (const fault of ['away', 'lost answer'] as const) {
    it(`when the tickets service is gone (${fault}) after the provider has sent it, then the clock tells the repair, once`, async () => {
      const { id, repairId, refundsBefore } = await paid();
      // The first question is whether the repair would take it; the second one is lost.
      world.tickets.faults.push('none', fault);
      expect((await refund(id, 1_000)).status).to.equal(503);
      expect((await world.read(id)).refunds[0]?.state).to.equal('SENT');
      await world.later(60_000);
      expect((await world.read(id)).refunds[0]?.state).to.equal('DONE');
      expect([world.stripe.refunds.length - refundsBefore, world.paidOf(repairId)]).to.deep.equal([1, 3_990]);
    });
  }

  it('when the provider refuses, then the money stays, and it can be tried again', async () => {
    const { id, repairId } = await paid();
    world.stripe.faults.push('refuse');
    const { body } = await refund(id, 4_990);
    expect(body.code).to.equal('REFUND_REFUSED');
    expect(body.detail).to.include('Insufficient funds');
    expect([(await world.read(id)).refunds[0]?.state, world.paidOf(repairId)]).to.deep.equal(['FAILED', 4_990]);
    expect((await refund(id, 4_990)).status).to.equal(200);
    expect(world.paidOf(repairId)).to.equal(0);
  });

  it('when the repair would not take it, then the provider is not asked', async () => {
    const { id, repairId, refundsBefore } = await paid();
    world.bench.known.set(repairId, { ...(world.bench.known.get(repairId) as object), amountPaid: euros(100) });
    expect((await refund(id, 1_000)).body.code).to.equal('REFUND_EXCEEDS_PAID');
    expect(world.stripe.refunds).to.have.length(refundsBefore);
    expect((await world.read(id)).refunds).to.deep.equal([]);
  });

  it('when two give back more than there is at once, then one of them does', async () => {
    const { id, repairId } = await paid();
    const answers = await Promise.all([refund(id, 3_000), refund(id, 3_000)]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    expect(world.paidOf(repairId)).to.equal(1_990);
  });

  it('when an agent asks, then 403', async () => {
    expect((await refund((await paid()).id, 1, {}, world.agent)).status).to.equal(403);
  });
});

describe('saved cards', () => {
  let world: PaymentBench;
  before(async () => {
    world = await startPaymentBench();
  });
  after(() => world.stop());

  const list = async (by = world.rosa) =>
    (await world.bench.api.get<readonly { readonly id: string; readonly isDefault: boolean }[]>('/me/payment-methods', { token: by.token }))
      .body.data;

  it('when a card is added, chosen and removed, then the provider keeps it and we show four digits', async () => {
    expect(await list()).to.deep.equal([]);
    const { token } = world.rosa;
    const { status, body } = await world.bench.api.post<{ url: string }>('/me/payment-methods', undefined, { token });
    const session = world.stripe.newest();
    expect([status, body.data.url, session.mode]).to.deep.equal([201, session.url, 'setup']);
    world.stripe.cards.set('pm_rosa', { id: 'pm_rosa', customer: session.customer });
    expect(await list()).to.deep.equal([
      { id: 'pm_rosa', brand: 'visa', last4: '4242', expiryMonth: 12, expiryYear: 2030, isDefault: false },
    ]);
    expect((await world.bench.api.put('/me/payment-methods/pm_rosa/default', undefined, { token })).status).to.equal(200);
    expect((await list())[0]?.isDefault).to.equal(true);
    const { session: page } = await world.checkout((await world.repair()).id);
    expect(page.customer).to.equal(session.customer);
    // The page of somebody signed in is not handed to whoever has the link.
    const repair = await world.repair();
    const { session: hers } = await world.checkout(repair.id);
    const leading = await fetch(`${world.bench.url}/pay/${world.linkTo(repair.id)}/checkout`, { method: 'POST' });
    expect([leading.status, world.stripe.newest().customer]).to.deep.equal([200, null]);
    expect(leading.headers.get('refresh')).not.to.include(hers.url);
    expect((await world.bench.api.delete('/me/payment-methods/pm_rosa', { token })).status).to.equal(204);
    expect(await list()).to.deep.equal([]);
  });

  it('when it is somebody else’s card, then it is unknown and stays', async () => {
    await world.bench.api.post('/me/payment-methods', undefined, { token: world.rosa.token });
    world.stripe.cards.set('pm_hers', { id: 'pm_hers', customer: world.stripe.newest().customer });
    const other = await world.bench.customer();
    await world.bench.api.post('/me/payment-methods', undefined, { token: other.token });
    for (const id of ['pm_hers', 'pm_none'])
      expect((await world.bench.api.delete(`/me/payment-methods/${id}`, { token: other.token })).body.code).to.equal(
        'PAYMENT_METHOD_NOT_FOUND',
      );
    expect((await list()).map(({ id }) => id)).to.deep.equal(['pm_hers']);
    expect((await world.bench.api.get('/me/payment-methods', { token: world.agent.token })).status).to.equal(403);
  });
});

describe('the page on which a repair is paid', () => {
  let world: PaymentBench;
  before(async () => {
    world = await startPaymentBench();
    await world.bench.settings({
      fiscalIdentity: {
        legalName: 'Officina Verdi di Anna <Verdi>',
        vatNumber: '01234567890',
        taxRegime: 'RF01',
        street: 'Via Emilia',
        postalCode: '41121',
        city: 'Modena',
        country: 'IT',
        iban: 'IT60X0542811101000000123456',
        bankName: 'Banca di Modena',
      },
    });
  });
  after(() => world.stop());

  const page = (token: string, query = '') => world.bench.api.get(`/pay/${token}${query}`, { root: true });
  const submit = (token: string) =>
    fetch(`${world.bench.url}/pay/${token}/checkout`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

  it('when something is due, then it says how much, where to transfer it, and leads to the provider', async () => {
    const repair = await world.repair({ device: { category: 'LAPTOP', brand: '<b>Dell</b>', model: 'X', serialNumber: 'S1' } });
    const token = world.linkTo(repair.id);
    const { status, text, headers } = await page(token);
    expect(status).to.equal(200);
    expect(headers.get('content-security-policy')).to.include("default-src 'none'").and.include("frame-ancestors 'none'");
    expect(text).to.include('lang="it"').and.include('49,90').and.include('IT60 X054 2811 1010 0000 0123 456').and.include(repair.number);
    expect(text).to.include('&lt;b&gt;Dell').and.not.include('<b>Dell').and.not.include('<script');
    expect(text).to.include('Anna &lt;Verdi&gt;');
    await world.bench.api.post('/me/payment-methods', undefined, { token: world.rosa.token });
    const answer = await submit(token);
    const session = world.stripe.newest();
    expect([answer.status, answer.headers.get('refresh')]).to.deep.equal([200, `0; url=${session.url}`]);
    expect(await answer.text()).to.include(`href="${session.url}"`);
    expect(session.success_url).to.include('https://support.example.com/pay/').and.include('?from=provider');
    // Whoever has the link is not shown the cards of the customer.
    expect(session.customer).to.equal(null);
  });

  it('when the customer reads English, then so does the page', async () => {
    await world.bench.userSpeaks(world.rosa.caller, 'en');
    expect((await page(world.linkTo((await world.repair()).id))).text)
      .to.include('lang="en"')
      .and.include('Pay €49.90');
    await world.bench.userSpeaks(world.rosa.caller, 'it');
  });

  it('when everything is paid, then there is nothing to press, and a form that was open says so', async () => {
    const repair = await world.repair();
    const token = world.linkTo(repair.id);
    world.paidAtTheCounter(repair.id);
    const { text } = await page(token);
    expect([text.includes('<form'), /tutto pagato|Everything is paid/.test(text)]).to.deep.equal([false, true]);
    expect((await submit(token)).status).to.equal(409);
  });

  it('when the provider is away, then the page says so', async () => {
    const repair = await world.repair();
    world.stripe.faults.push('503', '503');
    const answer = await submit(world.linkTo(repair.id));
    expect([answer.status, answer.headers.get('retry-after')]).to.deep.equal([503, '5']);
    expect(await answer.text()).to.match(/Riprovi tra poco|try again in a moment/);
  });

  it('when the link is not valid, then the page says so', async () => {
    for (const token of ['nonsense', world.bench.linkTo({ id: (await world.repair()).id, quoteVersion: 1 })])
      expect((await page(token)).status).to.equal(422);
    expect((await submit('nonsense')).status).to.equal(422);
  });
});
