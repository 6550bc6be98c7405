import type { RequestHandler } from 'express';
import Joi from 'joi';
import { pino, type Logger } from 'pino';
import { Registry } from 'prom-client';
import type { Caller } from '../../src/contracts/caller.js';
import { createApp, type AppOptions } from '../../src/http/create-app.js';
import { createApiRouter } from '../../src/http/create-router.js';
import { createTokenVerifier, TOKEN_AUDIENCE, TOKEN_ISSUER } from '../../src/http/authenticate.js';
import type { IdempotencyStore } from '../../src/persistence/idempotency-store.js';
import { pageQuery } from '../../src/http/pagination.js';
import { accepted, created, ok } from '../../src/http/reply.js';
import { createRevocationList, type RevocationList } from '../../src/http/revocations.js';
import { action, create, get, patch, remove, type Call, type Reply, type Route } from '../../src/http/route.js';
import { line, uuid } from '../../src/http/schemas.js';
import { createServiceTokens, type ServiceTokens } from '../../src/http/service-token.js';
import { listen } from '../../src/composition/http-server.js';
import { uuidSource } from '../../src/runtime/ids.js';
import type { ReadinessCheck } from '../../src/http/service.js';
import { createHttpClient, type HttpClient } from '../../src/testing/http-client.js';
import { createTestClock, type TestClock } from '../../src/testing/test-clock.js';
import { createTestTokens, type TestTokens } from '../../src/testing/test-tokens.js';

export const SECRET = 'the shared secret of the demo services';

interface NewThing {
  readonly name: string;
  readonly size: number;
  readonly colour: 'RED' | 'BLUE';
  readonly urgent?: boolean;
  readonly parts?: readonly { readonly weight: number }[];
  readonly owner?: { readonly address: string };
}

const thing = Joi.object<NewThing>({
  name: line(40).required(),
  size: Joi.number().integer().min(1).required(),
  colour: Joi.string().valid('RED', 'BLUE').required(),
  urgent: Joi.boolean(),
  parts: Joi.array().items(Joi.object({ weight: Joi.number().required() })),
  owner: Joi.object({ address: line().required() }),
});

/** Answers with the call itself, so that a test sees what a use case is given. */
const echo = (call: Call<unknown, unknown, Record<string, string>, Caller | undefined>): Promise<Reply> =>
  Promise.resolve(ok({ id: 'echo', ...call, ids: undefined, now: call.now.toISOString() }));

export const demoRoutes: readonly Route[] = [
  get('/things/:id', 'read:tickets', 'One thing', {}, echo),
  get('/things', 'read:tickets', 'Things', { query: pageQuery(['createdAt', 'size'], { urgent: Joi.boolean(), ownerId: uuid() }) }, echo),
  get('/things/latest', 'read:tickets', 'The latest thing', {}, () => Promise.resolve(ok({ id: 'latest' }))),
  get('/things/:id.ics', 'read:tickets', 'A calendar entry', {}, ({ params }) => Promise.resolve(ok({ id: 'ics', of: params.id }))),
  create('/things', 'write:tickets', 'Make a thing', { body: thing }, ({ body, ids }) => {
    const id = ids.next();
    return Promise.resolve(created(`/things/${id}`, { id, version: 1, ...body }));
  }),
  patch('/things/:id', 'write:tickets', 'Change a thing', { body: thing, query: Joi.object({ dry: Joi.boolean() }) }, echo),
  remove('/things/:id', 'manage:admins', 'Remove a thing', {}, () => Promise.resolve({ status: 204 })),
  action('/things/:id/poke', ['assign:tickets', 'accept:tickets'], 'Poke a thing', {}, echo),
  get('/me', 'signed-in', 'Who am I', {}, echo),
  action('/hello', 'public', 'Say hello', {}, () => Promise.resolve(accepted({ id: 'hello' }))),
  get('/internal/ping', 'internal', 'For services', {}, echo, { root: true }),
  get('/.well-known/demo.json', 'public', 'At the root', {}, () => Promise.resolve({ status: 200, body: { at: 'root' } }), { root: true }),
];

export interface DemoOptions {
  readonly routes?: readonly Route[];
  readonly idempotency?: IdempotencyStore;
  readonly log?: Logger;
  readonly metrics?: Registry;
  readonly metricsToken?: string;
  readonly ready?: () => Promise<readonly ReadinessCheck[]>;
  readonly before?: readonly RequestHandler[];
  readonly app?: Partial<AppOptions>;
}

export interface Demo {
  readonly api: HttpClient;
  readonly url: string;
  readonly clock: TestClock;
  readonly tokens: TestTokens;
  readonly serviceTokens: ServiceTokens;
  readonly revocations: RevocationList;
  readonly metrics: Registry;
  stop(): Promise<void>;
}

const noStore = (): Promise<never> => Promise.reject(new Error('this demo has no idempotency store'));

/** A service of a few routes on a free port, with real tokens and no database. */
export const startDemo = async (options: DemoOptions = {}): Promise<Demo> => {
  const { routes = demoRoutes, log = pino({ level: 'silent' }), metrics = new Registry() } = options;
  const { idempotency = { begin: noStore, finish: noStore, release: noStore }, ready = () => Promise.resolve([]) } = options;
  const clock = createTestClock();
  const tokens = createTestTokens(clock);
  const revocations = createRevocationList(clock);
  const serviceTokens = createServiceTokens({ secret: SECRET, service: 'demo', clock });
  const verifier = createTokenVerifier({ keys: tokens.keys, audience: TOKEN_AUDIENCE, issuer: TOKEN_ISSUER, clock, revocations });
  const router = createApiRouter({ routes, platform: { verifier, serviceTokens, clock, ids: uuidSource }, idempotency });
  const idle = (): Promise<void> => Promise.resolve();
  const app = createApp({
    name: 'demo',
    log,
    metrics,
    services: [{ name: 'demo', router, routes, jobs: [], start: idle, stop: idle, ready }],
    metricsToken: options.metricsToken,
    before: options.before ?? [],
    ...options.app,
  });
  const server = await listen(app, { port: 0 });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    // Its routes describe no answers, and tests give it more of them.
    api: createHttpClient(url, { checked: false }),
    url,
    clock,
    tokens,
    serviceTokens,
    revocations,
    metrics,
    stop: () => server.close({ idleGraceMs: 0, deadlineMs: 200 }),
  };
};

export const THING_ID = '0192f3a0-0000-7000-8000-000000000001';
export const validThing = (): NewThing => ({ name: 'Lamp', size: 3, colour: 'RED' });
