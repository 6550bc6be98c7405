import { describeRoutes } from '@riparo/shared/http/reference/describe-routes';
import { ok } from '@riparo/shared/http/reply';
import { action, get, put, type Route } from '@riparo/shared/http/route';
import { createStaticKeySource } from '@riparo/shared/http/key-source';
import type { Service } from '@riparo/shared/http/service';
import { expect } from 'chai';
import { Router } from 'express';
import Joi from 'joi';
import { mergeReferences } from '../src/docs/merge-references.js';
import { toPostmanCollection } from '../src/docs/postman-collection.js';
import examples from '../src/docs/examples.json' with { type: 'json' };
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
  return { name, routes, jobs: [], router, start: nothing, stop: nothing, ready: () => Promise.resolve([{ name: 'started', ok: ready }]) };
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
      expect(links).to.have.length(5);
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

describe('GET /asyncapi.json', () => {
  it('when it is asked for, then it names every event', async () => {
    const gateway = await serveGateway(createLocalBackend([buildService('auth', [])], noKeys));
    try {
      const { channels } = (await gateway.api.get('/asyncapi.json', { root: true })).body as unknown as { channels: object };
      expect(channels).to.include.keys('TicketOpenedV1', 'RepairReadyV1');
    } finally {
      await gateway.close({ idleGraceMs: 0 });
    }
  });
});

describe('GET /postman.json', () => {
  const answer: Route['handle'] = () => Promise.resolve(ok({}));
  const signIn = action(
    '/auth/login',
    'public',
    'Signs in.',
    { body: Joi.object({ email: Joi.string().email().required(), note: Joi.string() }) },
    answer,
    {
      id: 'signIn',
      tag: { name: 'Sign-in', about: 'Begins a session.' },
    },
  );
  const closing = put(
    '/tickets/:id/close',
    'write:tickets',
    'Closes a ticket.',
    {
      query: Joi.object({ page: Joi.number().default(1), day: Joi.string().required() }),
      body: Joi.object({
        reason: Joi.string().valid('SOLVED', 'OTHER').required(),
        price: Joi.object({ amount: Joi.number().integer().min(5).required() }).required(),
        closedAt: Joi.string().isoDate().allow(null).required(),
        people: Joi.array().items(Joi.string().uuid()).min(1).required(),
        tags: Joi.array().items(Joi.string()).required(),
        loud: Joi.boolean().required(),
      }),
    },
    answer,
    { id: 'closeTicket', tag: { name: 'Tickets', about: 'Work to do.' } },
  );

  it('when imported, then there is a folder for each tag and a request for each operation', async () => {
    const gateway = await serveGateway(createLocalBackend([buildService('auth', [signIn]), buildService('tickets', [closing])], noKeys));
    try {
      const read = await gateway.api.get('/postman.json', { root: true });
      expect(read.headers.get('content-type')).to.contain('application/json');
      const { info, auth, variable, item } = read.body as unknown as ReturnType<typeof toPostmanCollection>;
      expect(info).to.include({ name: 'Riparo', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' });
      expect(auth).to.deep.equal({ type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] });
      expect(variable.map(({ key }) => key)).to.deep.equal(['baseUrl', 'token']);
      expect(item.map(({ name, description, item: requests }) => [name, description, (requests as unknown[]).length])).to.deep.equal([
        ['Sign-in', 'Begins a session.', 1],
        ['Tickets', 'Work to do.', 1],
      ]);
    } finally {
      await gateway.close({ idleGraceMs: 0 });
    }
  });

  const requestOf = (...routes: readonly Route[]): unknown => {
    const [folder] = toPostmanCollection(mergeReferences([describeRoutes('tickets', routes)])).item;
    return (folder?.item as readonly unknown[])[0];
  };

  it('when it signs in, then it asks for no token and keeps the one that is answered', () => {
    expect(requestOf(signIn)).to.deep.equal({
      name: 'Signs in.',
      event: [
        {
          listen: 'test',
          script: {
            type: 'text/javascript',
            exec: ["if (pm.response.code === 200) pm.collectionVariables.set('token', pm.response.json().data.token);"],
          },
        },
      ],
      request: {
        method: 'POST',
        auth: { type: 'noauth' },
        url: { raw: '{{baseUrl}}/api/v1/auth/login', host: ['{{baseUrl}}'], path: ['api', 'v1', 'auth', 'login'], query: [], variable: [] },
        header: [{ key: 'Content-Type', value: 'application/json' }],
        body: { mode: 'raw', raw: JSON.stringify(examples.signIn.body, undefined, 2), options: { raw: { language: 'json' } } },
        description: 'For everybody.',
      },
      response: [],
    });
  });

  it('when something must be sent, then it stands there, and what may be sent is switched off', () => {
    const { request } = requestOf(closing) as { readonly request: Record<'url' | 'header' | 'body', Record<string, unknown>> };
    expect(request).not.to.have.property('auth');
    expect(request.url).to.deep.include({
      raw: '{{baseUrl}}/api/v1/tickets/:id/close?day=',
      path: ['api', 'v1', 'tickets', ':id', 'close'],
      query: [
        { key: 'page', value: '1', disabled: true },
        { key: 'day', value: '' },
      ],
      variable: [{ key: 'id', value: '' }],
    });
    expect(request.header).to.containSubset([{ key: 'If-Match', disabled: true }]);
    expect(JSON.parse(String(request.body.raw))).to.deep.equal({
      reason: 'SOLVED',
      price: { amount: 5 },
      closedAt: '2026-01-31T09:00:00Z',
      people: ['00000000-0000-4000-8000-000000000000'],
      tags: [],
      loud: true,
    });
  });

  it('when the operation has an example, then that is the body', () => {
    const example = { email: 'enzo@example.com' };
    const operation = { summary: 'Signs in.', tags: ['Sign-in'], requestBody: { content: { 'application/json': { example } } } };
    const reference = { ...describeRoutes('auth', [signIn]), paths: { '/api/v1/auth/login': { post: operation } } };
    const [folder] = toPostmanCollection(mergeReferences([reference])).item;
    expect(folder?.item).to.containSubset([{ request: { body: { raw: JSON.stringify(example, null, 2) } } }]);
  });

  it('when a file is uploaded, then the body is a form in which to choose it', () => {
    const upload = action('/attachments', 'write:attachments', 'Keeps a file.', {}, answer, {
      upload: { field: 'file', maxBytes: 9 },
      tag: { name: 'Files', about: 'Photos.' },
    });
    expect(requestOf(upload)).to.containSubset({
      request: { header: [], body: { mode: 'formdata', formdata: [{ key: 'file', type: 'file', src: null }] } },
    });
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
