import { expect } from 'chai';
import Joi from 'joi';
import { DomainError, isDomainError } from '../../src/errors/domain-error.js';
import { createInternalClient, type InternalClient } from '../../src/http/internal-client.js';
import { created, ok } from '../../src/http/reply.js';
import { action, get } from '../../src/http/route.js';
import { createServiceTokens } from '../../src/http/service-token.js';
import { listen } from '../../src/composition/http-server.js';
import { contextFrom, currentContext, runInContext } from '../../src/runtime/context.js';
import { SECRET, startDemo, type Demo } from './demo-app.js';

const routes = [
  get('/internal/context', 'internal', 'Context', {}, () => Promise.resolve(ok({ context: currentContext() })), { root: true }),
  get('/internal/gone', 'internal', 'Gone', {}, () => Promise.reject(new DomainError('not-found', 'CUSTOMER_NOT_FOUND', 'no')), {
    root: true,
  }),
  get('/internal/breaks', 'internal', 'Breaks', {}, () => Promise.reject(new Error('broken')), { root: true }),
  action(
    '/internal/things',
    'internal',
    'Make',
    { body: Joi.object({ name: Joi.string() }) },
    ({ body }) => Promise.resolve(created('/x', body)),
    { root: true },
  ),
];

const errorOf = (work: Promise<unknown>): Promise<DomainError> =>
  work.then(
    () => expect.fail('it should have failed'),
    (error: unknown) => (isDomainError(error) ? error : expect.fail(String(error))),
  );

describe('a call from service to service', () => {
  let demo: Demo;
  let client: InternalClient;
  before(async () => {
    demo = await startDemo({ routes });
    const tokens = createServiceTokens({ secret: SECRET, service: 'other' });
    client = createInternalClient({ service: 'demo', baseUrl: demo.url, tokens, timeoutMs: 2_000 });
  });
  after(() => demo.stop());

  it("when a request causes it, then it carries that request's id and trace", async () => {
    const context = contextFrom('request-12345', undefined);
    const answer = await runInContext(context, () => client.get<{ context: unknown }>('/internal/context'));
    expect(answer.context).to.deep.equal(context);
  });

  it('when it makes something, then its data comes back', async () => {
    expect(await client.post('/internal/things', { name: 'x' }, 'key-1')).to.deep.equal({ name: 'x' });
  });

  it('when the other side refuses, then its code comes through', async () => {
    const error = await errorOf(client.get('/internal/gone'));
    expect([error.kind, error.code]).to.deep.equal(['not-found', 'CUSTOMER_NOT_FOUND']);
  });

  it('when the other side refuses the input, then its faults come through', async () => {
    const error = await errorOf(client.post('/internal/things', { other: 1 }, 'key-2'));
    expect(error.details.errors).to.deep.equal([{ path: 'other', message: 'is not a known field' }]);
  });

  it('when the other side fails, is not there or does not answer, then unavailable', async () => {
    const silent = await listen(() => undefined, { port: 0 });
    const tokens = createServiceTokens({ secret: SECRET, service: 'other' });
    const at = (port: number) => createInternalClient({ service: 'demo', baseUrl: `http://127.0.0.1:${port}`, tokens, timeoutMs: 100 });
    const errors = [await errorOf(client.get('/internal/breaks')), await errorOf(at(silent.port).get('/internal/x'))];
    await silent.close({ idleGraceMs: 0, deadlineMs: 0 });
    errors.push(await errorOf(at(silent.port).get('/internal/x')));
    expect(errors.map(({ kind }) => kind)).to.deep.equal(['unavailable', 'unavailable', 'unavailable']);
  });

  it('when one of several instances is away, then another one answers, whichever comes first', async () => {
    const tokens = createServiceTokens({ secret: SECRET, service: 'other' });
    const several = createInternalClient({ service: 'demo', baseUrl: () => `http://127.0.0.1:4, ${demo.url}`, tokens });
    for (let turn = 0; turn < 3; turn++) expect(await several.post('/internal/things', { name: 'x' }, 'key')).to.deep.equal({ name: 'x' });
  });

  it('when the secret differs, then unavailable: the caller could not do anything about it', async () => {
    const tokens = createServiceTokens({ secret: `${SECRET}!`, service: 'other' });
    const error = await errorOf(createInternalClient({ service: 'demo', baseUrl: demo.url, tokens }).get('/internal/context'));
    expect(error.kind).to.equal('unavailable');
  });
});
