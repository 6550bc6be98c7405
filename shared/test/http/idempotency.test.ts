import { expect } from 'chai';
import Joi from 'joi';
import type { Connection } from 'mongoose';
import { DomainError } from '../../src/errors/domain-error.js';
import { createIdempotencyStore } from '../../src/persistence/idempotency-store.js';
import { created, ok } from '../../src/http/reply.js';
import { action, create, type Call, type Reply } from '../../src/http/route.js';
import { eventually } from '../../src/testing/eventually.js';
import { connectTestDatabase } from '../../src/testing/test-database.js';
import { startDemo, type Demo } from './demo-app.js';

interface PostOptions {
  readonly path?: string;
  readonly input?: object;
  readonly token?: string;
}

const body = Joi.object({ name: Joi.string().required() });

describe('POST with Idempotency-Key', () => {
  let connection: Connection;
  let demo: Demo;
  let runs: { readonly id: string; readonly now: Date }[];
  let behave: (id: string) => Promise<void>;

  beforeEach(async () => {
    runs = [];
    behave = () => Promise.resolve();
    connection = await connectTestDatabase();
    const idempotency = createIdempotencyStore(connection);
    await idempotency.ensureIndexes();
    const make = async ({ ids, now, body: input }: Pick<Call, 'ids' | 'now' | 'body'>): Promise<Reply> => {
      const id = ids.next();
      runs.push({ id, now });
      await behave(id);
      return created(`/things/${id}`, { id, version: 1, run: runs.length, input });
    };
    const routes = [
      create('/things', 'signed-in', 'Make', { body }, make),
      create('/others', 'signed-in', 'Make another', { body }, make),
      create('/tokens', 'public', 'Make a token', { body }, make, { replay: false }),
      action('/pokes', 'signed-in', 'Poke', {}, () => Promise.resolve(ok({ id: String(runs.push({ id: '', now: new Date() })) }))),
    ];
    demo = await startDemo({ routes, idempotency });
  });
  afterEach(async () => {
    await demo.stop();
    await connection.dropDatabase();
    await connection.close();
  });

  const anna = () => demo.tokens.tokenFor({ role: 'AGENT', userId: 'anna' });
  const post = (key: string, { path = '/things', input = { name: 'Lamp' }, token = anna() }: PostOptions = {}) =>
    demo.api.post(path, input, { token, headers: { 'idempotency-key': key } });

  it('when repeated, then the first answer again, marked, and one run', async () => {
    const first = await post('key-1');
    demo.clock.advance(60 * 60 * 1000);
    const second = await post('key-1');
    expect([first.status, second.status]).to.deep.equal([201, 201]);
    expect(second.text).to.equal(first.text);
    expect(second.headers.get('location')).to.equal(first.headers.get('location'));
    expect(second.headers.get('etag')).to.equal('"1"');
    expect(second.headers.get('content-type')).to.equal(first.headers.get('content-type'));
    expect([first, second].map(({ headers }) => headers.get('idempotent-replayed'))).to.deep.equal([null, 'true']);
    expect(runs).to.have.lengthOf(1);
  });

  it('when many come at once, then one runs and the others get its answer or 409 REQUEST_IN_PROGRESS', async () => {
    let release: (() => void) | undefined;
    behave = () => new Promise((resolve) => (release = resolve));
    const first = post('key-1');
    await eventually(() => release !== undefined);
    const others = await Promise.all(Array.from({ length: 8 }, () => post('key-1')));
    for (const answer of others) {
      expect([answer.status, answer.body.code]).to.deep.equal([409, 'REQUEST_IN_PROGRESS']);
      expect(Number(answer.headers.get('retry-after'))).to.be.within(1, 10);
    }
    release?.();
    expect((await first).status).to.equal(201);
    expect(runs).to.have.lengthOf(1);
  });

  it('when the body is another, then 422 IDEMPOTENCY_KEY_REUSED', async () => {
    await post('key-1');
    const answer = await post('key-1', { input: { name: 'Chair' } });
    expect([answer.status, answer.body.code]).to.deep.equal([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect(runs).to.have.lengthOf(1);
  });

  it('when caller, tenant, path or key differ, then each has its own run', async () => {
    await post('key-1');
    await post('key-1', { token: demo.tokens.tokenFor({ role: 'AGENT', userId: 'ben' }) });
    await post('key-1', { token: demo.tokens.tokenFor({ role: 'AGENT', userId: 'anna', tenantId: 'other' }) });
    await post('key-1', { path: '/others' });
    await post('key-2');
    expect(new Set(runs.map(({ id }) => id)).size).to.equal(5);
  });

  it('when the first run was refused, then the next one decides anew with its ids and its moment', async () => {
    behave = () => Promise.reject(new DomainError('conflict', 'NOT_YET', 'Not yet.'));
    expect((await post('key-1')).body.code).to.equal('NOT_YET');
    behave = () => Promise.resolve();
    demo.clock.advance(1_000);
    expect((await post('key-1')).status).to.equal(201);
    expect(runs[1]).to.deep.equal(runs[0]);
  });

  it('when the first run died, then after its lease the next one makes the same ids', async () => {
    // A run that never comes back is what a crash leaves behind.
    behave = () => new Promise(() => undefined);
    const lost = post('key-1').catch((error: unknown) => error);
    await eventually(() => runs.length === 1);
    behave = () => Promise.resolve();
    demo.clock.advance(9_000);
    expect((await post('key-1')).status).to.equal(409);
    demo.clock.advance(1_001);
    expect((await post('key-1')).status).to.equal(201);
    expect(runs[1]).to.deep.equal(runs[0]);
    await demo.stop();
    expect(await lost).to.be.instanceOf(Error);
  });

  it('when 24 hours have passed, then the key is new', async () => {
    await post('key-1');
    demo.clock.advance(24 * 60 * 60 * 1000);
    await post('key-1', { input: { name: 'Chair' }, token: anna() });
    expect(runs).to.have.lengthOf(2);
    expect(runs[1]?.id).not.to.equal(runs[0]?.id);
  });

  it('when the answer holds secrets, then nothing of it is stored, and a repetition answers afresh', async () => {
    const first = await post('key-1', { path: '/tokens', input: { name: 'topsecret' } });
    const second = await post('key-1', { path: '/tokens', input: { name: 'topsecret' } });
    expect(second.body.data.id).to.equal(first.body.data.id);
    expect([first.body.data.run, second.body.data.run]).to.deep.equal([1, 2]);
    const stored = await connection.collection('idempotency_keys').find({}).toArray();
    expect(stored).to.have.lengthOf(1);
    expect(JSON.stringify(stored)).not.to.contain('topsecret').and.not.to.contain(first.body.data.id);
  });

  it('when the input is invalid, then the key is not used up', async () => {
    expect((await post('key-1', { input: {} })).status).to.equal(422);
    expect((await post('key-1')).status).to.equal(201);
  });

  for (const key of ['', ' ', 'x'.repeat(256), 'tab\there', 'é']) {
    it(`when the key is ${JSON.stringify(key.slice(0, 10))} (${key.length}), then 422 at "Idempotency-Key"`, async () => {
      const answer = await post(key);
      expect(answer.status).to.equal(422);
      expect(answer.body.errors.map(({ path }) => path)).to.deep.equal(['Idempotency-Key']);
    });
  }

  it('when the key is 255 characters long, then it is taken', async () => {
    expect((await post('x'.repeat(255))).status).to.equal(201);
  });

  it('when the POST is an action, then the key means nothing', async () => {
    await post('key-1', { path: '/pokes', input: {} });
    await post('key-1', { path: '/pokes', input: {} });
    expect(runs).to.have.lengthOf(2);
  });
});
