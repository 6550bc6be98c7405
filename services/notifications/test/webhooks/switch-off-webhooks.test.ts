import { expect } from 'chai';
import type { Bench } from '../bench.js';
import { startSmtpSink } from '@riparo/shared/testing/smtp-sink';
import {
  admin,
  answering,
  deliveriesOf,
  hanging,
  makeHook,
  readHook,
  startHooks,
  startReceiver,
  tell,
  tryAgain,
  until,
  type Receiver,
} from './receiver.js';

describe('webhooks that nobody answers', () => {
  let bench: Bench;
  let receiver: Receiver;
  beforeEach(async () => {
    bench = await startHooks();
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await receiver.stop();
    await bench.stop();
  });

  const mailsTo = async (address: string): Promise<readonly string[]> => {
    await bench.idle();
    await bench.deliver();
    return bench.smtp.mails.filter(({ to }) => to.includes(address)).map(({ mail }) => `${mail.subject} ${mail.text}`);
  };

  it('when the receiver answers 410, then it is switched off at once and administrators are told', async () => {
    await bench.knowUser({ role: 'ADMIN', email: 'keeper@example.test' });
    await bench.knowUser({ role: 'AGENT', email: 'agent@example.test' });
    receiver.behave(answering(410));
    const { id } = await makeHook(bench, receiver.url, { description: 'Bookkeeping' });
    await tell(bench);
    expect(await readHook(bench, id)).to.include({ active: false, disabledReason: 'GONE' });
    expect((await deliveriesOf(bench, id))[0]).to.include({ status: 'FAILED' });
    const mails = await mailsTo('keeper@example.test');
    expect(mails).to.have.length(1);
    expect(mails[0]).to.contain('Bookkeeping').and.not.contain('/hook');
    expect(await mailsTo('agent@example.test')).to.deep.equal([]);
    await tell(bench);
    expect(receiver.got, 'not told of what comes later').to.have.length(1);
  });

  it('when nothing arrives for two days and one is given up, then it is off until switched on', async () => {
    await bench.knowUser({ role: 'ADMIN', email: 'keeper@example.test', locale: 'it' });
    receiver.behave(answering(500));
    const { id } = await makeHook(bench, receiver.url);
    const begun = bench.clock.now().getTime();
    await tell(bench);
    for (let attempt = 2; attempt <= 9; attempt++) {
      expect(await readHook(bench, id), `before attempt ${attempt}`).to.include({ active: true });
      await tryAgain(bench, id);
    }
    const days = (bench.clock.now().getTime() - begun) / 86_400_000;
    expect(days).to.be.within(2, 3);
    expect((await deliveriesOf(bench, id))[0]).to.include({ status: 'FAILED' });
    expect(await readHook(bench, id)).to.include({ active: false, disabledReason: 'FAILING' });
    expect((await mailsTo('keeper@example.test'))[0]).to.contain('Webhook disattivato');
    receiver.behave(answering(204));
    await bench.api.put(`/webhooks/${id}`, { url: receiver.url, events: ['customers.*'], active: true }, { token: admin(bench) });
    expect(await readHook(bench, id)).to.not.have.any.keys('disabledAt', 'disabledReason', 'failingSince');
    await tell(bench);
    expect((await deliveriesOf(bench, id))[0]).to.include({ status: 'DELIVERED' });
  });

  it('when others arrive meanwhile, then one that is given up switches nothing off', async () => {
    receiver.behave((response) => answering(receiver.got.at(-1)?.body.includes('cursed') === true ? 500 : 204)(response, 0));
    const { id } = await makeHook(bench, receiver.url);
    await tell(bench, 'cursed');
    for (let attempt = 2; attempt <= 9; attempt++) {
      const [cursed] = await deliveriesOf(bench, id, '?status=PENDING');
      bench.clock.set(cursed!.nextAttemptAt!);
      await tell(bench);
    }
    expect(await deliveriesOf(bench, id, '?status=FAILED')).to.have.length(1);
    expect(await readHook(bench, id)).to.include({ active: true });
  });

  describe('two instances', () => {
    it('when both look, then each delivery goes out once; what a dead one left is taken over', async () => {
      const smtp = await startSmtpSink();
      const { connection } = bench.platform;
      const other = await startHooks({ connection, tokens: bench.tokens, clock: bench.clock, smtp });
      try {
        const { id } = await makeHook(bench, receiver.url);
        receiver.behave(answering(500));
        for (let count = 0; count < 20; count++) await tell(bench);
        receiver.behave(answering(204));
        receiver.got.length = 0;
        bench.clock.advance(10_000);
        await Promise.all([bench.service.deliverWebhooks(), other.service.deliverWebhooks()]);
        const ids = receiver.got.map(({ headers }) => headers['webhook-id']);
        expect([ids.length, new Set(ids).size]).to.deep.equal([20, 20]);
        // As if an instance had been killed in the middle of an attempt.
        const claimed = { status: 'PENDING', claim: { owner: 'dead' }, nextAttemptAt: new Date(bench.clock.now().getTime() + 30_000) };
        await connection.collection('webhook_deliveries').updateOne({ webhookId: id }, { $set: claimed });
        await other.service.deliverWebhooks();
        expect(receiver.got).to.have.length(20);
        bench.clock.advance(30_000);
        await Promise.all([bench.service.deliverWebhooks(), other.service.deliverWebhooks()]);
        expect(receiver.got).to.have.length(21);
        expect(await deliveriesOf(bench, id, '?status=PENDING')).to.deep.equal([]);
      } finally {
        await other.stop();
        await smtp.stop();
      }
    });

    it('when 60 webhooks are made at both at once, then 50 are there', async () => {
      const smtp = await startSmtpSink();
      const other = await startHooks({ connection: bench.platform.connection, tokens: bench.tokens, clock: bench.clock, smtp });
      try {
        const make = (_: unknown, index: number) =>
          (index % 2 === 0 ? bench : other).api.post('/webhooks', { url: receiver.url, events: ['*'] }, { token: admin(bench) });
        const made = await Promise.all(Array.from({ length: 60 }, make));
        expect(made.map(({ status }) => status).filter((status) => status === 201)).to.have.length(50);
        const { body } = await other.api.get('/webhooks', { token: admin(bench) });
        expect(body.pagination.totalCount).to.equal(50);
      } finally {
        await other.stop();
        await smtp.stop();
      }
    });

    it('when an instance stops during an attempt, then another begins anew and the first does not count', async () => {
      const smtp = await startSmtpSink();
      const { connection } = bench.platform;
      const config = { WEBHOOK_TIMEOUT_MS: 20_000 };
      const other = await startHooks({ connection, tokens: bench.tokens, clock: bench.clock, smtp, config });
      receiver.behave(hanging);
      const { id } = await makeHook(other, receiver.url);
      const told = tell(other);
      await until(() => expect(receiver.got).to.have.length(1));
      await other.stop();
      await told;
      await smtp.stop();
      receiver.behave(answering(204));
      await bench.service.deliverWebhooks();
      const [delivery] = await deliveriesOf(bench, id);
      expect(delivery?.status).to.equal('DELIVERED');
      expect(delivery?.attempts).to.have.length(1);
    });
  });
});
