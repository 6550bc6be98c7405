import {
  startStripeServer,
  STRIPE_SECRET_KEY,
  STRIPE_WEBHOOK_SECRET,
  type StripeServer,
  type StripeSession,
} from '@riparo/shared/testing/stripe-server';
import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { createHmac, randomUUID } from 'node:crypto';
import { eachMode } from '../systems/modes.js';
import { joinAsEngineer } from './journey.js';
import type { Person } from './person.js';

interface Money {
  readonly amount: number;
}
interface Repair {
  readonly id: string;
  readonly status: string;
  readonly amountLeft: Money;
  readonly payments: readonly { readonly method: string; readonly amount: Money }[];
}
interface Payment {
  readonly id: string;
  readonly status: string;
  readonly doubt?: string;
}
interface CashBook {
  readonly totals: readonly { readonly net: Money; readonly payments: number; readonly refunds: number }[];
}

/** Two of every service; in one process these say nothing. */
const TWO_OF_EACH = Object.fromEntries(
  ['AUTH', 'TICKETS', 'ASSETS', 'NOTIFICATIONS', 'REPORTS', 'BILLING'].map((name) => [`${name}_INSTANCES`, '2']),
);

/** The provider calls about its page; the same `id` is the same call again. */
const callAbout = async (url: string, { id }: StripeSession, call = `evt_${randomUUID()}`, secret = STRIPE_WEBHOOK_SECRET) => {
  const payload = JSON.stringify({
    id: call,
    object: 'event',
    type: 'checkout.session.completed',
    data: { object: { object: 'checkout.session', id } },
  });
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', secret).update(`${timestamp}.${payload}`).digest('hex');
  const { status } = await fetch(`${url}/api/v1/payments/stripe/webhook`, {
    method: 'POST',
    body: payload,
    headers: { 'content-type': 'application/json', 'stripe-signature': `t=${timestamp},v1=${signature}` },
  });
  return status;
};

eachMode('calls of the payment provider', (begin) => {
  let stripe: StripeServer;
  beforeEach(async () => {
    stripe = await startStripeServer();
  });
  afterEach(() => stripe.stop());

  it('when calls come twice, late, early, with another amount or too late, then each payment counts once', async () => {
    const { system, cast } = await begin({ ...TWO_OF_EACH, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_API_URL: stripe.url });
    const desk: Person = cast.admin;
    const bea = await joinAsEngineer(cast, 'bea@example.com', 'Bea Bench');
    let serials = 0;

    /** A repair of 49.90 that is done, with a page of the provider on which nobody has paid yet. */
    const opened = async () => {
      const device = { category: 'PHONE', brand: 'Fairphone', model: '5', serialNumber: `FP5-${++serials}` };
      const customer = {
        type: 'INDIVIDUAL',
        name: 'Carla',
        surname: 'Bianchi',
        contactPhone: '+39 059 123456',
        contactEmail: 'c@example.com',
      };
      const { id } = await desk.post<Repair>('/repairs', { device, problemDescription: 'Broken display', customer });
      await eventually(() => bea.post(`/repairs/${id}/take`, {}).then(() => true));
      await bea.post(`/repairs/${id}/complete`, { description: 'New display', amount: 4_990 });
      const payment = await eventually(() => desk.post<Payment>('/payments/checkout', { repairId: id }));
      return { id, paymentId: payment.id, session: stripe.newest() };
    };
    const onlineOf = async (id: string): Promise<readonly number[]> =>
      (await desk.get<Repair>(`/repairs/${id}`)).payments.filter(({ method }) => method === 'ONLINE').map(({ amount }) => amount.amount);
    const paymentIs = (id: string, wanted: Partial<Payment>): Promise<true> =>
      eventually(async () => {
        expect(await desk.get<Payment>(`/payments/${id}`)).to.include(wanted);
        return true as const;
      });

    // Twice at once, then again after everything died: it is booked once. A forged call is refused.
    const twice = await opened();
    stripe.pay(twice.session);
    expect(await callAbout(cast.url, twice.session, 'evt_forged', 'whsec_of_somebody_else')).to.be.within(400, 499);
    const call = `evt_${randomUUID()}`;
    const answers = await Promise.all([1, 2, 3].map(() => callAbout(cast.url, twice.session, call)));
    expect(answers.some((status) => status < 300)).to.equal(true);
    await system.kill();
    await system.start();
    await eventually(async () => expect(await callAbout(cast.url, twice.session)).to.be.below(300));
    await paymentIs(twice.paymentId, { status: 'VERIFIED' });
    expect(await onlineOf(twice.id)).to.deep.equal([4_990]);

    // Before the customer is back, and before anything was paid.
    const early = await opened();
    await callAbout(cast.url, early.session);
    expect(await onlineOf(early.id)).to.deep.equal([]);
    stripe.pay(early.session);
    await callAbout(cast.url, early.session);
    await paymentIs(early.paymentId, { status: 'VERIFIED' });

    // Another amount than was asked for waits for the desk, which takes what came.
    const other = await opened();
    stripe.pay(other.session, { amount: 4_000 });
    await callAbout(cast.url, other.session);
    await paymentIs(other.paymentId, { status: 'TO_VERIFY', doubt: 'AMOUNT_DIFFERS' });
    await desk.post(`/payments/${other.paymentId}/verify`, {});
    expect((await desk.get<Repair>(`/repairs/${other.id}`)).amountLeft.amount).to.equal(990);

    // Paid at the counter a moment ago: the money is not due any more, and goes back.
    const late = await opened();
    await desk.post(`/repairs/${late.id}/payment`, { method: 'CASH', amount: 4_990 });
    stripe.pay(late.session);
    await callAbout(cast.url, late.session);
    await paymentIs(late.paymentId, { status: 'TO_VERIFY', doubt: 'NOT_DUE' });
    await desk.post(`/payments/${late.paymentId}/reject`, { reason: 'You have paid at the counter.' });
    await eventually(() => expect(stripe.refunds.map(({ amount }) => amount)).to.deep.equal([4_990]));

    await eventually(async () => {
      const { totals } = await desk.get<CashBook>('/reports/payments');
      expect(totals[0]).to.deep.include({ payments: 4, refunds: 0, net: { amount: 4_990 + 4_990 + 4_000 + 4_990, currency: 'EUR' } });
      return true;
    });
  });
});
