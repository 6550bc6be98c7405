import { expect } from 'chai';
import type { RequestHandler } from 'express';
import Joi from 'joi';
import { action, get } from '../../src/http/route.js';
import { ok } from '../../src/http/reply.js';
import { currentContext } from '../../src/runtime/context.js';
import type { ReadinessCheck } from '../../src/http/service.js';
import { eventually } from '../../src/testing/eventually.js';
import { captureLog } from '../log-capture.js';
import { demoRoutes, startDemo, THING_ID, type Demo, type DemoOptions } from './demo-app.js';

describe('the app of a process', () => {
  let demo: Demo | undefined;
  afterEach(() => demo?.stop());
  const start = async (options: DemoOptions = {}): Promise<Demo> => (demo = await startDemo(options));

  describe('X-Request-Id and traceparent', () => {
    const routes = [
      get('/context', 'public', 'Context', {}, ({ requestId }) => Promise.resolve(ok({ id: requestId, context: currentContext() }))),
    ];
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

    it('when well-formed, then taken, returned and known to the use case', async () => {
      const { api } = await start({ routes });
      const answer = await api.get('/context', { headers: { 'x-request-id': 'request-12345', traceparent } });
      expect(answer.headers.get('x-request-id')).to.equal('request-12345');
      expect(answer.body.data).to.deep.equal({ id: 'request-12345', context: { requestId: 'request-12345', traceparent } });
    });

    for (const bad of ['short', 'x'.repeat(101), 'with blank in it', 'a{"level":60}b']) {
      it(`when the id is "${bad.slice(0, 20)}", then a new one is made`, async () => {
        const { api } = await start({ routes });
        const answer = await api.get('/context', { headers: { 'x-request-id': bad, traceparent: '00-zz' } });
        expect(answer.headers.get('x-request-id')).to.match(/^[0-9a-f-]{36}$/);
        expect(answer.body.data.context)
          .to.have.property('traceparent')
          .that.matches(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      });
    }

    it('when two requests run at once, then each keeps its own context', async () => {
      let release: (() => void) | undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      const waiting = get('/waits', 'public', 'Waits', {}, async () => {
        await gate;
        return ok({ id: currentContext()?.requestId });
      });
      const { api } = await start({ routes: [...routes, waiting] });
      const first = api.get('/waits', { headers: { 'x-request-id': 'first-request' } });
      await api.get('/context', { headers: { 'x-request-id': 'second-request' } });
      release?.();
      expect((await first).body.data.id).to.equal('first-request');
    });
  });

  it('when search is empty, then nothing is searched for', async () => {
    const query = Joi.object({ search: Joi.string().trim().min(1) });
    const { api } = await start({
      routes: [get('/found', 'public', 'Found', { query }, (call) => Promise.resolve(ok({ id: 'found', query: call.query as object })))],
    });
    for (const search of ['', '?search=', '?search=%20']) expect((await api.get(`/found${search}`)).body.data.query).to.deep.equal({});
    expect((await api.get('/found?search=a')).body.data.query).to.deep.equal({ search: 'a' });
  });

  it('when it answers, then with security headers, and without saying what it is made of', async () => {
    const { api } = await start();
    const { headers } = await api.get('/me');
    expect(headers.get('x-content-type-options')).to.equal('nosniff');
    expect(headers.get('content-security-policy')).to.be.a('string');
    expect(headers.has('x-powered-by')).to.equal(false);
  });

  describe('GET /health', () => {
    const failing: ReadinessCheck = { name: 'database', ok: false, detail: 'MongoNetworkError' };

    it('when every check is fine, then ready is 200', async () => {
      const { api } = await start({ ready: () => Promise.resolve([{ name: 'database', ok: true }]) });
      const answer = await api.get('/health/ready', { root: true });
      expect([answer.status, answer.body.checks]).to.deep.equal([200, [{ name: 'database', ok: true }]]);
    });

    it('when one fails, then ready is 503 naming it and live stays 200', async () => {
      const { api } = await start({ ready: () => Promise.resolve([failing]) });
      const answer = await api.get('/health/ready', { root: true });
      expect([answer.status, answer.body.checks]).to.deep.equal([503, [failing]]);
      expect((await api.get('/health/live', { root: true })).status).to.equal(200);
    });

    it('when it is asked many times, then a state is logged once when it changes', async () => {
      const capture = captureLog();
      let checks: ReadinessCheck[] = [failing];
      const { api } = await start({ log: capture.log, ready: () => Promise.resolve(checks) });
      const ask = async (times: number): Promise<void> => {
        for (let asked = 0; asked < times; asked++) await api.get('/health/ready', { root: true });
      };
      await ask(3);
      checks = [];
      await ask(3);
      const states = capture.lines.map(({ msg }) => msg).filter((msg) => String(msg).includes('ready'));
      expect(states).to.deep.equal(['not ready', 'ready again']);
    });
  });

  for (const path of ['/health/live', '/health/ready', '/metrics']) {
    it(`when ${path} is called with another method, then 405 METHOD_NOT_ALLOWED with Allow`, async () => {
      const { api } = await start({ metricsToken: 'a metrics token of the demo' });
      const answer = await api.request('POST', path, undefined, { root: true });
      expect([answer.status, answer.body.code, answer.headers.get('allow')]).to.deep.equal([405, 'METHOD_NOT_ALLOWED', 'GET, HEAD']);
    });
  }

  describe('GET /metrics', () => {
    const token = 'a metrics token of the demo';

    it('when a handler leaves a raw path as its label, or a method is unusual, then both have fixed labels', async () => {
      const raw: RequestHandler = (request, response, next) => {
        response.locals.route = request.path;
        next();
      };
      const { api, metrics: registry } = await start({ before: [raw] });
      await api.get('/invented-0199a0c0');
      await api.request('PROPFIND', '/invented-0199a0c1');
      await eventually(async () => {
        const text = await registry.metrics();
        expect(text).to.contain('method="GET",route="unmatched",status="404"').and.to.contain('method="other",route="unmatched"');
        expect(text).not.to.contain('invented');
        return true;
      });
    });

    const metrics = (api: Demo['api'], bearer?: string) =>
      api.get('/metrics', { root: true, ...(bearer === undefined ? {} : { token: bearer }) });

    it('when no token is configured, then 404', async () => {
      const { api } = await start();
      expect((await metrics(api)).status).to.equal(404);
    });

    it('when the token is missing or wrong, then 401', async () => {
      const { api } = await start({ metricsToken: token });
      expect((await metrics(api)).status).to.equal(401);
      expect((await metrics(api, `${token}x`)).status).to.equal(401);
    });

    it('when requests are counted, then under their route, never under the raw path', async () => {
      const { api, tokens } = await start({ metricsToken: token });
      const agent = tokens.tokenFor({ role: 'AGENT' });
      await api.get(`/things/${THING_ID}`, { token: agent });
      await api.get('/things/nope', { token: agent });
      await api.get('/some/unknown/path');
      const text = await eventually(async () => {
        const answer = await metrics(api, token);
        return answer.text.includes('unmatched') && answer.text;
      });
      expect(text).to.match(/http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/things\/:id",status="200"\} 1/);
      expect(text).to.match(/http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/things\/:id",status="404"\} 1/);
      expect(text).to.match(/http_request_duration_seconds_count\{method="GET",route="unmatched",status="404"\} 1/);
      expect(text).not.to.contain(THING_ID);
    });
  });

  describe('the log', () => {
    it('when a request is answered, then one line tells route and ids, without query, token or body', async () => {
      const capture = captureLog();
      const { api, tokens } = await start({ log: capture.log });
      const token = tokens.tokenFor({ role: 'AGENT' });
      await api.patch(`/things/${THING_ID}?dry=true&search=anna%40example.test`, { name: 'a secret thing' }, { token });
      const lines = await eventually(() => {
        const found = capture.lines.filter(({ msg }) => msg === 'request');
        return found.length > 0 && found;
      });
      expect(lines).to.have.lengthOf(1);
      const path = `/api/v1/things/${THING_ID}`;
      expect(lines[0]).to.include({ level: 40, method: 'PATCH', path, route: '/api/v1/things/:id', status: 422 });
      expect(lines[0]).to.have.property('traceId').with.lengthOf(32);
      expect(capture.text()).not.to.contain('anna').and.not.to.contain(token).and.not.to.contain('a secret thing');
    });

    it('when a path holds the token of a link, then the log leaves it out', async () => {
      const capture = captureLog();
      const { api } = await start({ log: capture.log });
      await api.get(`/public/things/${'x'.repeat(100)}`);
      const line = await eventually(() => capture.lines.find(({ msg }) => msg === 'request'));
      expect(line.path).to.equal('/api/v1/public/things/…');
    });

    it('when secrets are logged, then they are cut out', () => {
      const capture = captureLog();
      capture.log.info({
        password: 'p4ss',
        user: { refreshToken: 'r3fresh' },
        req: { headers: { authorization: 'Bearer t0ken', cookie: 'c00kie' } },
      });
      expect(capture.text()).not.to.match(/p4ss|r3fresh|t0ken|c00kie/);
    });
  });

  describe('GET /openapi.json', () => {
    it('when it is read, then it describes every route but the internal ones, from their schemas', async () => {
      const { api } = await start();
      const answer = await api.get('/openapi.json', { root: true });
      const { openapi, paths } = answer.body as unknown as {
        openapi: string;
        paths: Record<string, Record<string, Record<string, unknown>>>;
      };
      expect(openapi).to.equal('3.1.1');
      const described = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
      expect(described).to.have.lengthOf(demoRoutes.length - 1);
      expect(described).to.include('patch /api/v1/things/{id}').and.not.to.include('get /internal/ping');
      const created = JSON.stringify(paths['/api/v1/things']?.post);
      expect(created)
        .to.contain('"enum":["RED","BLUE"]')
        .and.to.contain('Idempotency-Key')
        .and.to.contain('`write:tickets`')
        .and.to.contain('"201"');
      expect(JSON.stringify(paths['/api/v1/things']?.get)).to.contain('"name":"pageSize"');
    });
  });

  it('when a client hangs up in the middle of its body, then the app goes on', async () => {
    const routes = [action('/takes', 'public', 'Takes', { body: Joi.object({ a: Joi.string() }) }, () => Promise.resolve(ok({ id: 'x' })))];
    const { api, url } = await start({ routes });
    const stop = new AbortController();
    const body = new ReadableStream({ start: (stream) => stream.enqueue(Buffer.from('{"a":')) });
    const init = { method: 'POST', body, duplex: 'half', signal: stop.signal, headers: { 'content-type': 'application/json' } };
    const aborted = fetch(`${url}/api/v1/takes`, init as RequestInit).catch((error: unknown) => error);
    stop.abort();
    expect(await aborted).to.be.instanceOf(Error);
    expect((await api.post('/takes', { a: 'b' })).status).to.equal(200);
  });
});
