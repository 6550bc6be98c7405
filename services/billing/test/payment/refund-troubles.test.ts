import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import type { StripeRefund } from '@riparo/shared/testing/stripe-server';
import { startPaymentBench, type PaymentBench, type PaymentView } from './payment-bench.js';

const HOUR = 3_600_000;

describe('online refunds that go wrong', () => {
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
    return { id, repairId: repair.id, session };
  };
  const refund = (id: string, amount: number) =>
    world.bench.api.post<PaymentView>(`/payments/${id}/refund`, { amount, reason: 'The part failed' }, { token: world.admin.token });
  const stateOf = async (id: string, which = 0) => (await world.read(id)).refunds[which]?.state;
  const clear = async (id: string, body: object, by = world.admin) => {
    const refundId = (await world.read(id)).refunds[0]?.id ?? randomUUID();
    return world.bench.api.post<PaymentView>(`/payments/${id}/refunds/${refundId}/clear`, body, { token: by.token });
  };
  const toClear = async () => {
    const { body } = await world.bench.api.get<readonly PaymentView[]>('/payments?refundToClear=true', { token: world.agent.token });
    return body.data.map(({ id }) => id);
  };
  const goneBack = ({ payment_intent }: { readonly payment_intent: string | null }): readonly StripeRefund[] =>
    world.stripe.refunds.filter((one) => one.payment_intent === payment_intent);
  const fail = async (session: { readonly payment_intent: string | null }, type = 'refund.failed'): Promise<void> => {
    const [gone] = goneBack(session);
    if (gone === undefined) throw new Error('nothing went back');
    gone.status = 'failed';
    expect((await world.call(gone, { type })).status).to.equal(204);
  };

  /** The clock of payments some hours later; then it is as late as before, so that nobody has to sign in again. */
  const inHours = async (hours: number): Promise<void> => {
    const now = world.bench.clock.now();
    await world.later(hours * HOUR);
    world.bench.clock.set(now.toISOString());
  };

  /** The provider has sent 10.00, and meanwhile somebody has given everything back over the counter. */
  const unbooked = async () => {
    const one = await paid();
    world.tickets.faults.push('none', 'away');
    expect((await refund(one.id, 1_000)).status).to.equal(503);
    world.nowPaid(one.repairId, 0);
    await world.later(60_000);
    return one;
  };

  describe('when the repair refuses what has gone', () => {
    it('when somebody was faster at the counter, then the desk finds it, and later refunds go on', async () => {
      const { id, repairId } = await unbooked();
      expect(await stateOf(id)).to.equal('UNBOOKED');
      expect(await toClear()).to.include(id);
      world.nowPaid(repairId, 3_990);
      expect((await refund(id, 500)).status).to.equal(200);
      expect([await stateOf(id), await stateOf(id, 1), world.paidOf(repairId)]).to.deep.equal(['UNBOOKED', 'DONE', 3_490]);
    });

    it('when the repair takes it after all, then it is booked, once', async () => {
      const { id, repairId } = await unbooked();
      expect((await clear(id, { how: 'BOOK' })).body.code).to.equal('REFUND_EXCEEDS_PAID');
      expect(await stateOf(id)).to.equal('UNBOOKED');
      world.nowPaid(repairId, 4_990);
      const { body, text } = await clear(id, { how: 'BOOK', note: 'The counter had typed it wrongly' });
      expect(body.data.refunds[0], text).to.include({ state: 'DONE', clearedNote: 'The counter had typed it wrongly' });
      expect(world.paidOf(repairId)).to.equal(3_990);
      const again = await clear(id, { how: 'BOOK' });
      expect([again.status, again.body.code, again.body.current]).to.deep.equal([409, 'REFUND_NOT_TO_CLEAR', 'DONE']);
      expect(await toClear()).not.to.include(id);
    });

    it('when it was dealt with outside, then the note says how, and customers do not read it', async () => {
      const { id } = await unbooked();
      expect((await clear(id, { how: 'OUTSIDE' })).status).to.equal(422);
      expect((await clear(id, { how: 'OUTSIDE', note: 'Rosa brought the cash back' })).body.data.refunds[0]?.state).to.equal('CLEARED');
      expect((await world.read(id, world.rosa)).refunds[0]).not.to.have.any.keys('clearedNote', 'clearedByUserId', 'clearedAt');
      expect(await toClear()).not.to.include(id);
    });

    it('when what was dealt with outside comes back after all, then the desk finds it again', async () => {
      const { id, session, repairId } = await unbooked();
      await clear(id, { how: 'OUTSIDE', note: 'Rosa brought the cash back' });
      await fail(session);
      expect([await stateOf(id), (await toClear()).includes(id)]).to.deep.equal(['CAME_BACK', true]);
      // The repair never saw it go, so there is nothing to book.
      expect((await clear(id, { how: 'BOOK' })).body.data.refunds[0]?.state).to.equal('FAILED');
      expect(world.paidOf(repairId)).to.equal(0);
      await fail(session);
      expect(await stateOf(id)).to.equal('FAILED');
    });

    it('when an agent clears, or there is no such refund, then 403 and 404', async () => {
      const { id } = await unbooked();
      expect((await clear(id, { how: 'BOOK' }, world.agent)).status).to.equal(403);
      const path = `/payments/${id}/refunds/${randomUUID()}/clear`;
      const none = await world.bench.api.post(path, { how: 'BOOK' }, { token: world.admin.token });
      expect([none.status, none.body.code]).to.deep.equal([404, 'REFUND_NOT_FOUND']);
    });

    it('when the late refusal of one try meets the answer of another, then what the repair has counts', async () => {
      const one = await paid();
      world.tickets.faults.push('none', 'lost answer');
      await refund(one.id, 1_000);
      await Promise.all([world.later(60_000), world.later(60_000)]);
      expect([await stateOf(one.id), world.paidOf(one.repairId)]).to.deep.equal(['DONE', 3_990]);
    });
  });

  describe('when the customer’s bank does not take it', () => {
    for (const type of ['refund.failed', 'refund.updated', 'charge.refund.updated'] as const)
      it(`when ${type} tells, then the desk finds it`, async () => {
        const { id, session } = await paid();
        await refund(id, 1_000);
        await fail(session, type);
        expect(await stateOf(id)).to.equal('CAME_BACK');
        expect(await toClear()).to.include(id);
      });

    it('when it is told twice, or what is told is that it went well, then nothing more changes', async () => {
      const { id, session } = await paid();
      await refund(id, 1_000);
      const [gone] = goneBack(session);
      await world.call(gone!, { type: 'refund.updated' });
      expect(await stateOf(id)).to.equal('DONE');
      await fail(session);
      await clear(id, { how: 'OUTSIDE', note: 'Given in cash' });
      await fail(session);
      expect(await stateOf(id)).to.equal('CLEARED');
    });

    it('when the desk books it, then the repair has the money again, once, and it can go back anew', async () => {
      const { id, repairId, session } = await paid();
      await refund(id, 1_000);
      await fail(session);
      world.tickets.faults.push('lost answer');
      expect((await clear(id, { how: 'BOOK' })).status).to.equal(503);
      await world.later(60_000);
      expect([await stateOf(id), world.paidOf(repairId)]).to.deep.equal(['FAILED', 4_990]);
      expect((await refund(id, 4_990)).status).to.equal(200);
      expect(world.paidOf(repairId)).to.equal(0);
    });

    it('when it comes back before the repair knew, then the repair is asked, and the desk finds what is left', async () => {
      const { id, repairId, session } = await paid();
      world.tickets.faults.push('none', 'lost answer');
      await refund(id, 1_000);
      await fail(session);
      expect([await stateOf(id), world.paidOf(repairId)]).to.deep.equal(['CAME_BACK', 3_990]);
      const refused = await unbooked();
      await fail(refused.session);
      expect([await stateOf(refused.id), world.paidOf(refused.repairId)]).to.deep.equal(['FAILED', 0]);
    });

    it('when it was rejected money, then it waits for the desk again, which is told', async () => {
      const repair = await world.repair();
      const { id, session } = await world.checkout(repair.id);
      world.stripe.pay(session);
      world.paidAtTheCounter(repair.id);
      await world.call(session);
      const reject = () =>
        world.bench.api.post<PaymentView>(`/payments/${id}/reject`, { reason: 'Paid twice' }, { token: world.agent.token });
      expect((await reject()).body.data.status).to.equal('REJECTED');
      await fail(session);
      expect(await world.read(id))
        .to.include({ status: 'TO_VERIFY', doubt: 'CAME_BACK' })
        .and.not.have.property('reason');
      world.bench.clock.advance(1_000);
      expect((await reject()).body.data.status).to.equal('REJECTED');
      expect(goneBack(session).map(({ status }) => status)).to.deep.equal(['failed', 'succeeded']);
      // The first one is told of again.
      const [first] = goneBack(session);
      await world.call(first!, { type: 'refund.failed' });
      expect((await world.read(id)).status).to.equal('REJECTED');
      const lines = (await world.told()).filter((line) => line.endsWith(id));
      expect(lines).to.deep.equal([`to-verify ${id}`, `rejected ${id}`, `to-verify ${id}`, `rejected ${id}`]);
    });

    it('when somebody has made the refund in the provider’s own pages, then nothing follows', async () => {
      const { id, session } = await paid();
      const made: StripeRefund = {
        id: `re_${id}`,
        payment_intent: session.payment_intent ?? '',
        amount: 10,
        metadata: {},
        status: 'failed',
      };
      world.stripe.refunds.push(made);
      expect((await world.call(made, { type: 'refund.failed' })).status).to.equal(204);
      expect((await world.call({ id: 're_unknown' }, { type: 'refund.failed' })).status).to.equal(204);
      expect((await world.read(id)).refunds).to.deep.equal([]);
    });
  });

  describe('when the provider has forgotten our key', () => {
    const promised = async (hours: number) => {
      const one = await paid();
      // The provider has sent it, and its answer is lost.
      world.stripe.faults.push('hang up', 'hang up');
      expect((await refund(one.id, 1_000)).status).to.equal(503);
      world.stripe.forgetKeys();
      await inHours(hours);
      return one;
    };

    it('when it is tried again after a day, then it does not go back twice', async () => {
      const { id, repairId, session } = await promised(25);
      expect([await stateOf(id), goneBack(session).length, world.paidOf(repairId)]).to.deep.equal(['DONE', 1, 3_990]);
    });

    it('when a rejection is tried again after a day, then it does not go back twice', async () => {
      const repair = await world.repair();
      const { id, session } = await world.checkout(repair.id);
      world.stripe.pay(session, { amount: 4_000 });
      await world.call(session);
      world.stripe.faults.push('hang up', 'hang up');
      const body = { reason: 'Not what was agreed' };
      expect((await world.bench.api.post(`/payments/${id}/reject`, body, { token: world.agent.token })).status).to.equal(503);
      world.stripe.forgetKeys();
      await inHours(25);
      expect([(await world.read(id)).status, goneBack(session).length]).to.deep.equal(['REJECTED', 1]);
    });

    it('when it never reached the provider, then it goes back now', async () => {
      const one = await paid();
      world.stripe.faults.push('503', '503');
      expect((await refund(one.id, 1_000)).status).to.equal(503);
      await inHours(25);
      expect([await stateOf(one.id), goneBack(one.session).length]).to.deep.equal(['DONE', 1]);
    });
  });

  it('when all of it went back in the provider’s own pages, then the repair is told what the desk asks for', async () => {
    const { id, repairId, session } = await paid();
    world.stripe.refunds.push({
      id: `re_${id}`,
      payment_intent: session.payment_intent ?? '',
      amount: 4_990,
      metadata: {},
      status: 'succeeded',
    });
    expect((await refund(id, 4_990)).body.data.refunds[0]?.state).to.equal('DONE');
    expect([goneBack(session).length, world.paidOf(repairId)]).to.deep.equal([1, 0]);
  });

  describe('payments that take days', () => {
    it('when the money is on its way, then no second page is opened, and it is booked when it comes', async () => {
      const repair = await world.repair();
      const { id, session } = await world.checkout(repair.id);
      world.stripe.payLater(session);
      await world.call(session);
      const again = () =>
        world.bench.api.post('/payments/checkout', { repairId: repair.id }, { token: world.bench.tokenFor(world.rosa.caller) });
      expect((await again()).body).to.include({ status: 409, code: 'PAYMENT_UNDER_WAY' });
      const page = await world.bench.api.get(`/pay/${world.linkTo(repair.id)}?from=provider`, { root: true });
      expect(page.text).to.include('è in arrivo');
      const now = world.bench.clock.now();
      await world.later(72 * HOUR);
      expect((await again()).body.code).to.equal('PAYMENT_UNDER_WAY');
      world.bench.clock.set(now.toISOString());
      world.stripe.pay(session);
      await world.call(session, { type: 'checkout.session.async_payment_succeeded' });
      expect([(await world.read(id)).status, world.paidOf(repair.id)]).to.deep.equal(['VERIFIED', 4_990]);
    });

    for (const [how, code, status] of [
      ['payLater', 'PAYMENT_UNDER_WAY', 'STARTED'],
      ['pay', 'REPAIR_ALREADY_PAID', 'TO_VERIFY'],
    ] as const)
      it(`when somebody pays (${how}) while another page is asked for, then that money counts`, async () => {
        const repair = await world.repair();
        const { id, session } = await world.checkout(repair.id);
        world.nowPaid(repair.id, 1_000);
        // The provider says that the page is open, and then refuses to end it.
        const { sessions } = world.stripe;
        const [get, asked] = [sessions.get.bind(sessions), { times: 0 }];
        sessions.get = (key) => {
          if (key === session.id && ++asked.times === 2) world.stripe[how](session);
          return get(key);
        };
        const again = await world.bench.api.post('/payments/checkout', { repairId: repair.id }, { token: world.rosa.token });
        sessions.get = get;
        expect([again.status, again.body.code, (await world.read(id)).status]).to.deep.equal([409, code, status]);
      });

    it('when the bank refuses, then the next checkout opens a new page', async () => {
      const repair = await world.repair();
      const { id, session } = await world.checkout(repair.id);
      world.stripe.payLater(session);
      await world.call(session);
      world.stripe.payLater(session, true);
      await world.call(session, { type: 'checkout.session.async_payment_failed' });
      expect((await world.read(id)).status).to.equal('LAPSED');
      const next = await world.checkout(repair.id);
      expect(next.session.id).not.to.equal(session.id);
      expect(next.session.status).to.equal('open');
    });
  });
});
