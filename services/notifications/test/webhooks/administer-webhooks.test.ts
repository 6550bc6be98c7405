import { randomUUID } from 'node:crypto';
import { ALL_EVENTS } from '@riparo/shared/contracts/topology';
import { ROLES } from '@riparo/shared/contracts/roles';
import { expect } from 'chai';
import { OFFERED, WITHHELD } from '../../src/webhook/event-types.js';
import type { Bench } from '../bench.js';
import { admin, answering, makeHook, readHook, startHooks, startReceiver, tell, verified, type Made, type Receiver } from './receiver.js';

describe('administering webhooks', () => {
  let bench: Bench;
  let receiver: Receiver;
  before(async () => {
    bench = await startHooks();
    receiver = await startReceiver();
  });
  after(async () => {
    await receiver.stop();
    await bench.stop();
  });
  afterEach(() => {
    receiver.behave(answering(204));
    receiver.got.length = 0;
  });

  it('when a type of event is published, then webhooks offer it or keep it back on purpose', () => {
    const known = [...OFFERED, ...WITHHELD].map(({ type }) => type);
    expect(known).to.have.members(ALL_EVENTS.map(({ type }) => type));
    expect(new Set(known).size).to.equal(known.length);
  });

  it('when types are asked for, then each is told with its group and a sentence, and none of accounts', async () => {
    const { body } = await bench.api.get<typeof OFFERED>('/webhooks/event-types', { token: admin(bench) });
    expect(body.data).to.deep.include({ type: 'riparo.tickets.ticket-opened.v1', group: 'tickets', about: 'A ticket was opened.' });
    expect(body.data.filter(({ type }) => /user|session|registration/.test(type))).to.deep.equal([]);
  });

  it('when one is made, then its secret is shown once, and again under the same Idempotency-Key only', async () => {
    const body = { url: receiver.url, description: 'Bookkeeping', events: ['tickets.*', 'riparo.auth.customer-created.v1'] };
    const options = { token: admin(bench), headers: { 'idempotency-key': randomUUID() } };
    const first = await bench.api.post<Made>('/webhooks', body, options);
    const again = await bench.api.post<Made>('/webhooks', body, options);
    expect(first.body.data).to.include({ active: true, url: receiver.url });
    expect(first.body.data.secret).to.match(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(again.body.data).to.include({ id: first.body.data.id, secret: first.body.data.secret });
    expect(await readHook(bench, first.body.data.id)).to.not.have.property('secret');
    const stored = await bench.platform.connection.collection('webhooks').find({}).toArray();
    expect(JSON.stringify(stored)).to.not.contain(first.body.data.secret);
  });

  it('when the input is wrong, then one 422 has every fault', async () => {
    const answer = await bench.api.post('/webhooks', { url: 'ftp://example.com', events: ['nothing.*'], more: 1 }, { token: admin(bench) });
    expect(answer.status).to.equal(422);
    expect(answer.body.errors.map(({ path }) => path)).to.have.members(['url', 'events.0', 'more']);
    for (const url of [
      'https://user:pw@example.com/',
      'https://example.com/#part',
      'nowhere',
      `https://example.com/${'a'.repeat(2_000)}`,
    ]) {
      const refused = await bench.api.post('/webhooks', { url, events: ['*'] }, { token: admin(bench) });
      expect(
        refused.body.errors.map(({ path }) => path),
        url,
      ).to.deep.equal(['url']);
    }
  });

  it('when the caller is no administrator, then 403', async () => {
    for (const role of ROLES) {
      const { status } = await bench.api.get('/webhooks', { token: bench.tokenFor({ role }) });
      expect(status, role).to.equal(role === 'ADMIN' || role === 'SUPER_ADMIN' ? 200 : 403);
    }
  });

  it('when it belongs to another tenant, then it is 404 there and hears nothing of it', async () => {
    const { id } = await makeHook(bench, receiver.url);
    const token = admin(bench, 'other');
    const input = { url: receiver.url, events: ['*'], active: true };
    const answers = [
      await bench.api.get(`/webhooks/${id}`, { token }),
      await bench.api.put(`/webhooks/${id}`, input, { token }),
      await bench.api.delete(`/webhooks/${id}`, { token }),
      await bench.api.post(`/webhooks/${id}/rotate-secret`, undefined, { token }),
      await bench.api.post(`/webhooks/${id}/test`, undefined, { token }),
      await bench.api.get(`/webhooks/${id}/deliveries`, { token }),
    ];
    expect(answers.map(({ status }) => status)).to.deep.equal([404, 404, 404, 404, 404, 404]);
    await tell(bench, randomUUID(), 1, 'other');
    expect(receiver.got).to.deep.equal([]);
  });

  it('when If-Match is stale, then 412 and nothing is changed', async () => {
    const { id } = await makeHook(bench, receiver.url);
    const body = { url: receiver.url, events: ['*'], active: false };
    const stale = await bench.api.put(`/webhooks/${id}`, body, { token: admin(bench), headers: { 'if-match': '"7"' } });
    expect(stale.status).to.equal(412);
    expect(await readHook(bench, id)).to.include({ active: true });
  });

  it('when it is tested, then a signed sample is sent at once and the answer tells what came of it', async () => {
    const { id, secret } = await makeHook(bench, receiver.url, { active: false });
    const { body } = await bench.api.post(`/webhooks/${id}/test`, undefined, { token: admin(bench) });
    expect(body.data).to.deep.include({ delivered: true });
    expect(verified(secret, receiver.got[0]!)).to.deep.include({ type: 'riparo.webhook-test.v1', data: { webhookId: id } });
    receiver.behave(answering(500, {}, 'out of order'));
    const failed = await bench.api.post(`/webhooks/${id}/test`, undefined, { token: admin(bench) });
    expect(failed.body.data.delivered).to.equal(false);
    expect(failed.body.data.attempt).to.include({ statusCode: 500, error: 'REFUSED', answer: 'out of order' });
  });

  it('when it is tested too often, then 429', async () => {
    const { id } = await makeHook(bench, receiver.url);
    const test = () => bench.api.post(`/webhooks/${id}/test`, undefined, { token: admin(bench) });
    const statuses = new Set<number>();
    for (let count = 0; count < 60; count++) statuses.add((await test()).status);
    expect([...statuses]).to.deep.equal([200]);
    const refused = await test();
    expect([refused.status, refused.body.code]).to.deep.equal([429, 'TOO_MANY_WEBHOOK_ATTEMPTS']);
  });

  it('when 60 are made at once, then 50 are there and the rest is 409; a deleted one makes room', async () => {
    const token = admin(bench, 'crowded');
    const make = () => bench.api.post<Made>('/webhooks', { url: receiver.url, events: ['*'] }, { token });
    const made = await Promise.all(Array.from({ length: 60 }, make));
    expect(made.filter(({ status }) => status === 201)).to.have.length(50);
    expect(made.filter(({ body }) => body.code === 'WEBHOOK_LIMIT_REACHED')).to.have.length(10);
    const one = made.find(({ status }) => status === 201)!;
    expect((await bench.api.delete(`/webhooks/${one.body.data.id}`, { token })).status).to.equal(204);
    expect((await bench.api.get(`/webhooks/${one.body.data.id}`, { token })).status).to.equal(404);
    expect((await make()).status).to.equal(201);
  });
});
