import { expect } from 'chai';
import { SessionsRevoked } from '../../src/contracts/auth.events.js';
import { fields, one } from '../../src/http/reference/answer.js';
import { count, id, text, version } from '../../src/http/reference/answer-fields.js';
import { created, ok } from '../../src/http/reply.js';
import { create, get } from '../../src/http/route.js';
import type { Entity } from '../../src/persistence/repository.js';
import { createMongoRepository } from '../../src/persistence/mongo-repository.js';
import { assembleService, type ServiceOptions } from '../../src/composition/assemble-service.js';
import type { Platform } from '../../src/composition/platform.js';
import { createTestPlatform, type TestPlatform } from '../../src/testing/test-platform.js';
import { eventually } from '../../src/testing/eventually.js';
import { indifferentTo } from './indifferent.js';

interface Note extends Entity {
  readonly text: string;
}

/** Stands in for the auth service. */
const demoService = (platform: Platform, more: Partial<ServiceOptions> = {}) => {
  const notes = createMongoRepository<Note>({
    connection: platform.connection,
    service: 'auth',
    collection: 'notes',
    clock: platform.clock,
    relay: platform.relay,
  });
  return assembleService({
    name: 'auth',
    platform,
    repositories: [notes],
    subscriptions: indifferentTo('auth'),
    routes: [
      create(
        '/notes',
        'signed-in',
        'Write',
        {},
        async ({ caller, ids }) => {
          const note = await notes
            .in(caller.tenantId)
            .insert({ id: ids.next(), text: 'hello' }, ({ id }) => [{ type: 'riparo.demo.noted.v1', data: { id } }]);
          return created(`/notes/${note.id}`, { id: note.id, version: note.version });
        },
        { answer: one(fields({ id: id(), version: version() })) },
      ),
      get('/notes', 'signed-in', 'Count', {}, async ({ caller }) => ok({ id: 'count', count: await notes.in(caller.tenantId).count({}) }), {
        answer: one(fields({ id: text(), count: count() })),
      }),
    ],
    ...more,
  });
};

describe('an assembled service', () => {
  let test: TestPlatform;
  beforeEach(async () => {
    test = await createTestPlatform({ service: 'auth' });
  });
  afterEach(() => test.stop());

  it('when it runs, then it serves its routes and publishes what its repositories save', async () => {
    const { api } = await test.startService((platform) => demoService(platform));
    const token = test.tokenFor({ role: 'AGENT' });
    const answer = await api.post('/notes', {}, { token });
    expect(answer.status).to.equal(201);
    await test.idle();
    expect(test.published.map(({ type, subject }) => [type, subject])).to.deep.equal([['riparo.demo.noted.v1', answer.body.data.id]]);
  });

  it('when a POST is repeated with its key, then there is one resource and one event', async () => {
    const { api } = await test.startService((platform) => demoService(platform));
    const options = { token: test.tokenFor({ role: 'AGENT' }), headers: { 'idempotency-key': 'key-1' } };
    const [first, second] = [await api.post('/notes', {}, options), await api.post('/notes', {}, options)];
    expect(second.body.data.id).to.equal(first.body.data.id);
    expect((await api.get('/notes', options)).body.data.count).to.equal(1);
    await test.idle();
    expect(test.published).to.have.lengthOf(1);
  });

  it('when a session is ended elsewhere, then its token counts no more, also after a restart', async () => {
    const caller = test.callerOf({ role: 'AGENT' });
    const token = test.tokenFor(caller);
    const first = await test.startService((platform) => demoService(platform));
    expect((await first.api.get('/notes', { token })).status).to.equal(200);
    const until = new Date(test.clock.now().getTime() + 60_000).toISOString();
    await test.publish(SessionsRevoked, { userId: caller.userId, sessionId: caller.sessionId, until });
    expect((await first.api.get('/notes', { token })).status).to.equal(401);

    const again = await createTestPlatform({
      service: 'auth',
      connection: test.platform.connection,
      tokens: test.tokens,
      clock: test.clock,
    });
    const { api } = await again.startService((platform) => demoService(platform));
    expect((await api.get('/notes', { token })).status).to.equal(401);
    await again.stop();
  });

  it('when ready, then the checks say so by name', async () => {
    const checks = () => Promise.resolve([{ name: 'mail', ok: true }]);
    const { api } = await test.startService((platform) => demoService(platform, { checks }));
    const answer = await api.get('/health/ready', { root: true });
    expect(answer.body.checks).to.deep.equal(['started', 'database', 'bus', 'mail'].map((name) => ({ name, ok: true })));
  });

  it('when the database goes away, then 503 for requests, not ready, and alive', async () => {
    const { api } = await test.startService((platform) => demoService(platform));
    const database = test.platform.connection.name;
    const client = test.platform.connection.getClient();
    await client.close(true);
    const answer = await api.get('/notes', { token: test.tokenFor({ role: 'AGENT' }) });
    const [ready, live] = [await api.get('/health/ready', { root: true }), await api.get('/health/live', { root: true })];
    // Back for the clean-up.
    await client.connect();
    expect([answer.status, answer.body.code]).to.deep.equal([503, 'DEPENDENCY_UNAVAILABLE']);
    expect(answer.text).not.to.contain(database);
    expect([ready.status, live.status]).to.deep.equal([503, 200]);
  });

  it('when it starts and stops, then indexes, onStart and jobs come in that order, and onStop last', async () => {
    const steps: string[] = [];
    const note = (step: string) => () => {
      steps.push(step);
      return Promise.resolve();
    };
    const repositories = [{ ensureIndexes: note('indexes') }];
    const jobs = [{ name: 'tick', cron: '* * * * * *', run: note('job') }];
    const service = await test.startService((platform) =>
      demoService(platform, { repositories, jobs, onStart: note('onStart'), onStop: note('onStop') }),
    );
    await eventually(() => steps.includes('job'));
    await service.stop();
    expect(steps.slice(0, 3)).to.deep.equal(['indexes', 'onStart', 'job']);
    expect(steps.at(-1)).to.equal('onStop');
    expect(steps.filter((step) => step === 'onStop')).to.have.lengthOf(1);
  });
});
