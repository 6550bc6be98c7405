import { expect } from 'chai';
import { CustomerUpdated } from '@riparo/shared/contracts/auth.events';
import type { Bench } from '../bench.js';
import { HOUR_MS } from '@riparo/shared/time/units';
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
  verified,
  type Made,
  type Receiver,
} from './receiver.js';

describe('delivering webhooks', () => {
  let bench: Bench;
  let receivers: Receiver[] = [];
  const listen = async (): Promise<Receiver> => {
    const receiver = await startReceiver();
    receivers.push(receiver);
    return receiver;
  };
  beforeEach(async () => {
    bench = await startHooks();
  });
  afterEach(async () => {
    for (const receiver of receivers) await receiver.stop();
    receivers = [];
    await bench.stop();
  });

  it('when an event comes twice, then its receiver gets it once, signed, with what puts events into order', async () => {
    const receiver = await listen();
    const { id, secret } = await makeHook(bench, receiver.url);
    const subject = await tell(bench);
    await tell(bench, subject);
    expect(receiver.got).to.have.length(1);
    const message = verified(secret, receiver.got[0]!);
    expect(message).to.include({ type: 'riparo.auth.customer-updated.v1', subject, version: 1 });
    expect(message.data).to.deep.include({ customer: { ...(message.data as { customer: object }).customer, id: subject } });
    const [delivery] = await deliveriesOf(bench, id);
    expect(delivery).to.include({ status: 'DELIVERED', id: receiver.got[0]!.headers['webhook-id'] });
  });

  it('when nobody wants a type, then nothing is kept of it', async () => {
    const receiver = await listen();
    await makeHook(bench, receiver.url, { events: ['tickets.*'] });
    await tell(bench);
    expect(await bench.platform.connection.collection('webhook_deliveries').countDocuments()).to.equal(0);
  });

  it('when the secret was rotated, then both sign for a day, and afterwards the new one alone', async () => {
    const receiver = await listen();
    const { id, secret } = await makeHook(bench, receiver.url);
    const rotated = await bench.api.post<Made>(`/webhooks/${id}/rotate-secret`, undefined, { token: admin(bench) });
    await tell(bench);
    for (const each of [secret, rotated.body.data.secret]) verified(each, receiver.got[0]!);
    bench.clock.advance(24 * HOUR_MS + 1);
    await tell(bench);
    // The library refuses a timestamp that is not of now, so the number of signatures tells.
    const signatures = receiver.got.map(({ headers }) => String(headers['webhook-signature']).split(' ').length);
    expect(signatures).to.deep.equal([2, 1]);
  });

  it('when a rotation is repeated under its Idempotency-Key, then it is the same secret', async () => {
    const { id } = await makeHook(bench, 'http://127.0.0.1:9/');
    const options = { token: admin(bench), headers: { 'idempotency-key': 'turn' } };
    const rotate = () => bench.api.post<Made>(`/webhooks/${id}/rotate-secret`, undefined, options);
    expect((await rotate()).body.data.secret).to.equal((await rotate()).body.data.secret);
  });

  it('when the receiver refuses and then takes it, then it is tried after growing pauses under one id', async () => {
    const receiver = await listen();
    receiver.behave((response, count) => answering(count < 3 ? 503 : 200)(response, count));
    const { id } = await makeHook(bench, receiver.url);
    await tell(bench);
    const [first] = await deliveriesOf(bench, id);
    expect(first).to.include({ status: 'PENDING' });
    await bench.service.deliverWebhooks();
    expect(receiver.got, 'not before it is due').to.have.length(1);
    const begun = bench.clock.now().getTime();
    const second = await tryAgain(bench, id);
    const pauses = [Date.parse(first!.nextAttemptAt!) - begun, Date.parse(second.nextAttemptAt!) - bench.clock.now().getTime()];
    expect(pauses[0]).to.be.within(5_000, 6_000);
    expect(pauses[1]).to.be.within(300_000, 360_000);
    const third = await tryAgain(bench, id);
    expect(third.status).to.equal('DELIVERED');
    expect(third.attempts.map(({ statusCode }) => statusCode)).to.deep.equal([503, 503, 200]);
    expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id'])).size).to.equal(1);
    expect(await readHook(bench, id)).to.not.have.property('failingSince');
  });

  it('when the receiver says Retry-After, then it is left alone for so long, a day at most', async () => {
    const receiver = await listen();
    receiver.behave((response, count) => answering(429, { 'retry-after': count === 1 ? '7200' : '99999999' })(response, count));
    const { id } = await makeHook(bench, receiver.url);
    await tell(bench);
    const dueIn = async () => Date.parse((await deliveriesOf(bench, id))[0]!.nextAttemptAt!) - bench.clock.now().getTime();
    expect(await dueIn()).to.equal(2 * HOUR_MS);
    await tryAgain(bench, id);
    expect(await dueIn()).to.equal(24 * HOUR_MS);
  });

  it('when one receiver hangs, then the others get theirs meanwhile, and its time runs out', async () => {
    const [stuck, quick] = [await listen(), await listen()];
    stuck.behave(hanging);
    const { id } = await makeHook(bench, stuck.url);
    await makeHook(bench, quick.url);
    const customer = { type: 'BUSINESS', name: 'Studio Verdi', contactEmail: 'verdi@example.test', status: 'ACTIVE' } as const;
    const subjects = Array.from({ length: 10 }, (_, index) => `customer-${index}`);
    for (const subject of subjects) await bench.publish(CustomerUpdated, { customer: { ...customer, id: subject } }, { subject });
    await until(() => expect(quick.got).to.have.length(10));
    await bench.service.deliverWebhooks();
    const errors = (await deliveriesOf(bench, id)).flatMap(({ attempts }) => attempts.map(({ error }) => error));
    expect(new Set(errors)).to.deep.equal(new Set(['TIMED_OUT']));
  });

  it('when the answer goes on for ever, then its beginning is kept and the status counts', async () => {
    const receiver = await listen();
    receiver.behave((response) => {
      response.writeHead(200);
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(64_000), more);
      };
      more();
    });
    const { id } = await makeHook(bench, receiver.url);
    await tell(bench);
    const [delivery] = await deliveriesOf(bench, id);
    expect(delivery?.status).to.equal('DELIVERED');
    expect(delivery?.attempts[0]?.answer).to.have.length(1_024);
  });

  it('when a delivery is repeated, then it goes out again under its id; when switched off, then 409', async () => {
    const receiver = await listen();
    const { id } = await makeHook(bench, receiver.url);
    await tell(bench);
    const [delivery] = await deliveriesOf(bench, id);
    const replay = () => bench.api.post(`/webhooks/${id}/deliveries/${delivery!.id}/replay`, undefined, { token: admin(bench) });
    expect((await replay()).status).to.equal(202);
    await bench.service.deliverWebhooks();
    expect(receiver.got.map(({ headers }) => headers['webhook-id'])).to.deep.equal([delivery!.id, delivery!.id]);
    const shown = await bench.api.get(`/webhooks/${id}/deliveries/${delivery!.id}`, { token: admin(bench) });
    expect(shown.body.data.payload).to.deep.equal(JSON.parse(receiver.got[0]!.body));
    expect(await deliveriesOf(bench, id, '?status=FAILED')).to.deep.equal([]);
    await bench.api.put(`/webhooks/${id}`, { url: receiver.url, events: ['*'], active: false }, { token: admin(bench) });
    expect((await replay()).body.code).to.equal('WEBHOOK_SWITCHED_OFF');
  });

  it('when it is switched off, then what is due waits until it is on; when deleted, then for ever', async () => {
    const receiver = await listen();
    receiver.behave(answering(500));
    const { id } = await makeHook(bench, receiver.url);
    await tell(bench);
    const set = (active: boolean) =>
      bench.api.put(`/webhooks/${id}`, { url: receiver.url, events: ['customers.*'], active }, { token: admin(bench) });
    await set(false);
    expect(await readHook(bench, id)).to.include({ active: false, disabledReason: 'BY_HAND' });
    await tell(bench);
    receiver.behave(answering(204));
    await tryAgain(bench, id);
    expect(receiver.got).to.have.length(1);
    await set(true);
    await bench.service.deliverWebhooks();
    expect(receiver.got).to.have.length(2);
    receiver.behave(answering(500));
    await tell(bench);
    await bench.api.delete(`/webhooks/${id}`, { token: admin(bench) });
    bench.clock.advance(HOUR_MS);
    await bench.service.deliverWebhooks();
    expect(receiver.got).to.have.length(3);
  });
});
