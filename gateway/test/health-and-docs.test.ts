import { describeRoutes } from '@riparo/shared/http/reference/describe-routes';
import { ok } from '@riparo/shared/http/reply';
import { get, type Route } from '@riparo/shared/http/route';
import { createStaticKeySource } from '@riparo/shared/http/key-source';
import type { Service } from '@riparo/shared/http/service';
import { expect } from 'chai';
import { Router } from 'express';
import { createLocalBackend } from '../src/local-backend.js';
import { serveGateway, startGateway, type GatewayBench } from './gateway.setup.js';

const noKeys = createStaticKeySource(() => new Map());

const route = (path: string, access: Route['access'] = 'public', root = false): Route =>
  get(path, access, `Answers ${path}`, {}, () => Promise.resolve(ok({})), { root });

const buildService = (name: string, routes: readonly Route[], ready = true): Service => {
  const router = Router();
  for (const { path, root } of routes)
    router.get(root ? path : `/api/v1${path}`, (_request, response) => response.json({ data: { from: name } }));
  const nothing = (): Promise<void> => Promise.resolve();
  return { name, routes, router, start: nothing, stop: nothing, ready: () => Promise.resolve([{ name: 'started', ok: ready }]) };
};

describe('GET /health/ready', () => {
  let bench: GatewayBench;
  beforeEach(async () => {
    bench = await startGateway();
  });
  afterEach(() => bench.stop());

  const ready = () => bench.api.get('/health/ready', { root: true });

  it('when every service is, then 200, one instance of two being enough', async () => {
    expect((await ready()).status).to.equal(200);
    await bench.tickets[0].kill();
    expect((await ready()).status).to.equal(200);
  });

  it('when a service says it is not, or does not answer, then 503 names it and the gateway stays alive', async () => {
    bench.tickets.forEach((upstream) => upstream.behave((response) => response.writeHead(503).end()));
    await bench.others.kill();
    const answer = await ready();
    expect(answer.status).to.equal(503);
    expect(answer.body.checks).to.deep.include({ name: 'tickets', ok: false, detail: 'not ready' });
    expect(answer.body.checks).to.deep.include({ name: 'auth', ok: false, detail: 'no instance answers' });
    expect((await bench.api.get('/health/live', { root: true })).status).to.equal(200);
  });
});

describe('GET /openapi.json and /docs', () => {
  it('when a service is away, then its reference is left out until it is back', async () => {
    const bench = await startGateway();
    try {
      const reference = describeRoutes('tickets', [route('/tickets')]);
      bench.tickets.forEach((upstream) => upstream.behave((response) => response.end(JSON.stringify(reference))));
      bench.others.behave((response) => response.end(JSON.stringify(describeRoutes('other', [route('/assets')]))));
      await bench.others.kill();
      const read = async () =>
        Object.keys(((await bench.api.get('/openapi.json', { root: true })).body as unknown as { paths: object }).paths);
      expect(await read()).to.deep.equal(['/api/v1/tickets']);
      await bench.others.revive();
      expect(await read()).to.deep.equal(['/api/v1/assets', '/api/v1/tickets']);
    } finally {
      await bench.stop();
    }
  });

  it('when the page is opened, then everything it needs comes from here', async () => {
    const bench = await startGateway();
    try {
      const page = await bench.api.get('/docs', { root: true });
      expect(page.status).to.equal(200);
      const links = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link!);
      expect(links).to.have.length(4);
      for (const link of links) {
        expect(link).to.match(/^\/docs\//);
        expect((await bench.api.get(link, { root: true })).status, link).to.equal(200);
      }
      expect(page.headers.get('content-security-policy')).to.contain("script-src 'self'").and.not.contain('upgrade-insecure-requests');
    } finally {
      await bench.stop();
    }
  });
});

describe('services in the same process', () => {
  it('when asked for, then they answer; what is internal does not', async () => {
    const services = [
      buildService('tickets', [route('/tickets'), route('/internal/tickets', 'internal', true)]),
      buildService('assets', [route('/assets')]),
    ];
    const gateway = await serveGateway(createLocalBackend(services, noKeys));
    try {
      expect((await gateway.api.get('/tickets')).body.data).to.deep.equal({ from: 'tickets' });
      expect((await gateway.api.get('/internal/tickets', { root: true })).status).to.equal(404);
      const { paths } = (await gateway.api.get('/openapi.json', { root: true })).body as unknown as { paths: object };
      expect(Object.keys(paths)).to.deep.equal(['/api/v1/assets', '/api/v1/tickets']);
      expect((await gateway.api.get('/health/ready', { root: true })).status).to.equal(200);
    } finally {
      await gateway.close({ idleGraceMs: 0 });
    }
  });

  it('when one is not ready, then 503', async () => {
    const gateway = await serveGateway(createLocalBackend([buildService('tickets', [], false)], noKeys));
    try {
      expect((await gateway.api.get('/health/ready', { root: true })).status).to.equal(503);
    } finally {
      await gateway.close({ idleGraceMs: 0 });
    }
  });

  it('when one serves a path that the route table does not know, then the gateway is not made', () => {
    expect(() => createLocalBackend([buildService('tickets', [route('/lost')])], noKeys)).to.throw('tickets: /api/v1/lost');
  });
});
