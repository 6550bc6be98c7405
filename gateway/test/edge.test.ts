import { expect } from 'chai';
import { startGateway, type GatewayBench } from './gateway.setup.js';

describe('what the gateway lets through', () => {
  let bench: GatewayBench;
  before(async () => {
    bench = await startGateway({ CORS_ORIGIN: 'https://app.example.test, https://other.example.test/' }, 'a-token-for-metrics');
  });
  after(() => bench.stop());

  const lastOf = (path: string) => [...bench.tickets, bench.others].flatMap(({ seen }) => seen).findLast(({ url }) => url === path);

  for (const path of [
    '/internal/notifications',
    '/api/v1/internal/x',
    '/api/v1//internal/x',
    '/api/v1/',
    '/api/v1/nothing',
    '/api/v2/tickets',
    '/dev/other',
  ]) {
    it(`when ${path} is asked for, then 404 ROUTE_NOT_FOUND and no service sees it`, async () => {
      const answer = await bench.api.get(path, { root: true });
      expect([answer.status, answer.body.code]).to.deep.equal([404, 'ROUTE_NOT_FOUND']);
      expect(lastOf(path)).to.equal(undefined);
    });
  }

  for (const path of [
    '/api/v1/auth/login',
    '/api/v1/assets',
    '/api/v1/me/notifications',
    '/api/v1/reports/tickets',
    '/.well-known/jwks.json',
    '/dev/mail',
  ]) {
    it(`when ${path} is asked for, then its service answers`, async () => {
      expect((await bench.api.get(path, { root: true })).status).to.equal(200);
      expect(bench.others.seen.at(-1)?.url).to.equal(path);
    });
  }

  it('when identity headers are sent, then they end here, and the token passes', async () => {
    const headers = {
      'X-User-Id': '1',
      'X-Tenant-Id': '2',
      'X-Role': 'ADMIN',
      'X-HTTP-Method-Override': 'DELETE',
      'X-Original-URL': '/x',
      Forwarded: 'for=1',
    };
    await bench.api.get('/tickets/forged', { headers, token: 'abc' });
    const received = lastOf('/api/v1/tickets/forged')?.headers;
    expect(received).not.to.have.any.keys('x-user-id', 'x-tenant-id', 'x-role', 'x-http-method-override', 'x-original-url', 'forwarded');
    expect(received?.authorization).to.equal('Bearer abc');
  });

  it('when a request id and a trace come, then service and client get them; nonsense is replaced', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const answer = await bench.api.get('/tickets/traced', { headers: { 'X-Request-Id': 'my-request-1', traceparent } });
    expect(answer.headers.get('x-request-id')).to.equal('my-request-1');
    expect(lastOf('/api/v1/tickets/traced')?.headers).to.include({
      'x-request-id': 'my-request-1',
      traceparent,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
    });
    await bench.api.get('/tickets/nonsense', { headers: { 'X-Request-Id': '{"x":1}' } });
    expect(lastOf('/api/v1/tickets/nonsense')?.headers['x-request-id']).to.match(/^[0-9a-f-]{36}$/);
  });

  it('when an allowed page asks, then it may read the answer; another may not', async () => {
    const origin = 'https://app.example.test';
    const preflight = await bench.api.request('OPTIONS', '/tickets', undefined, {
      headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).to.deep.equal([204, origin]);
    const allowed = await bench.api.get('/tickets', { headers: { Origin: origin } });
    expect(allowed.headers.get('access-control-allow-origin')).to.equal(origin);
    expect(allowed.headers.get('access-control-expose-headers')).to.contain('ETag');
    const other = await bench.api.get('/tickets', { headers: { Origin: 'https://evil.example.test' } });
    expect(other.headers.get('access-control-allow-origin')).to.equal(null);
  });

  it('when metrics are read without their token, then 401; with it, routes are patterns', async () => {
    expect((await bench.api.get('/metrics', { root: true })).status).to.equal(401);
    await bench.api.get('/tickets/0199a0c0');
    await bench.api.get('/dev/mail/0199a0c0', { root: true });
    const { text } = await bench.api.get('/metrics', { root: true, token: 'a-token-for-metrics' });
    expect(text).to.contain('route="/api/v1/tickets/*"').and.not.contain('0199a0c0');
  });

  for (const [method, from, to] of [
    ['POST', '/api/auth/login', '/api/v1/auth/login'],
    ['POST', '/api/auth/refreshToken', '/api/v1/auth/refresh'],
    ['POST', '/api/user/create-customer', '/api/v1/auth/register'],
    ['POST', '/api/service-request', '/api/v1/repairs'],
    ['GET', '/api/service-request/7/status?x=1', '/api/v1/repairs/7/status?x=1'],
    ['POST', '/api/appointment', '/api/v1/appointments'],
    ['PUT', '/api/customer/7/profile', '/api/v1/customers/7/profile'],
  ] as const) {
    it(`when an older client calls ${method} ${from}, then it is ${to}`, async () => {
      expect((await bench.api.request(method, from, undefined, { root: true })).status).to.equal(200);
      expect(lastOf(to)?.method).to.equal(method);
    });
  }

  it('when an alias comes with another method, then 404', async () => {
    expect((await bench.api.get('/api/auth/login', { root: true })).status).to.equal(404);
  });
});

describe('rate limits', () => {
  let bench: GatewayBench;
  beforeEach(async () => {
    bench = await startGateway({ RATE_LIMIT_PER_MINUTE: 3 });
  });
  afterEach(() => bench.stop());

  const statuses = async (count: number, token?: (index: number) => string): Promise<readonly number[]> => {
    const all: number[] = [];
    for (let index = 0; index < count; index++) all.push((await bench.api.get('/tickets', { token: token?.(index) })).status);
    return all;
  };

  /** A token of somebody new, the same for every request. */
  const tokenOf = (): (() => string) => {
    const token = bench.tokens.tokenFor({ role: 'ADMIN' });
    return () => token;
  };

  it('when an address asks too often, then 429 with Retry-After, and health still answers', async () => {
    expect(await statuses(4)).to.deep.equal([200, 200, 200, 429]);
    const refused = await bench.api.get('/tickets');
    expect(refused.body.code).to.equal('RATE_LIMITED');
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
    expect(refused.headers.get('ratelimit-policy')).to.contain('q=3');
    expect((await bench.api.get('/health/live', { root: true })).status).to.equal(200);
  });

  it('when people share an address, then each has their own allowance', async () => {
    expect(await statuses(3, tokenOf())).to.deep.equal([200, 200, 200]);
    expect(await statuses(4, tokenOf())).to.deep.equal([200, 200, 200, 429]);
  });

  it('when sessions of two tenants have one id, then each has an allowance of its own', async () => {
    const sessionId = '0192f3a0-0000-7000-8000-000000000003';
    const [ours, theirs] = ['default', 'other'].map((tenantId) => bench.tokens.tokenFor({ role: 'ADMIN', tenantId, sessionId }));
    expect(await statuses(4, () => ours!)).to.deep.equal([200, 200, 200, 429]);
    expect(await statuses(3, () => theirs!)).to.deep.equal([200, 200, 200]);
  });

  it('when every request names another address, then they count as one, unless a named proxy sends them', async () => {
    const ask = async (port: GatewayBench): Promise<readonly number[]> => {
      const all: number[] = [];
      for (const address of ['203.0.113.1', '203.0.113.2', '2001:db8::1', '203.0.113.4, 203.0.113.5'])
        all.push((await port.api.get('/tickets', { headers: { 'x-forwarded-for': address, forwarded: `for=${address}` } })).status);
      return all;
    };
    const believing = await startGateway({ RATE_LIMIT_PER_MINUTE: 3, TRUST_PROXY: 'loopback' });
    const careful = await startGateway({ RATE_LIMIT_PER_MINUTE: 3, TRUST_PROXY: '192.0.2.1' });
    try {
      expect(await ask(believing)).to.deep.equal([200, 200, 200, 200]);
      expect(await ask(careful)).to.deep.equal([200, 200, 200, 429]);
    } finally {
      await Promise.all([believing.stop(), careful.stop()]);
    }
  });

  it('when somebody invents tokens, then they count like requests without one', async () => {
    const unsigned = bench.tokens.tokenFor({ role: 'ADMIN' }).split('.').slice(0, 2).join('.');
    const all = await statuses(4, (index) => (index === 0 ? 'invented' : `${unsigned}.${'x'.repeat(340)}${index}`));
    expect(all).to.deep.equal([200, 200, 200, 429]);
    expect(await statuses(1)).to.deep.equal([429]);
    expect(await statuses(3, tokenOf())).to.deep.equal([200, 200, 200]);
  });

  it('when one address uses very many signed tokens, then it may ask ten times as often and no more', async () => {
    const all = await statuses(31, () => tokenOf()());
    expect(all.slice(0, 30).every((status) => status === 200)).to.equal(true);
    expect(all[30]).to.equal(429);
  });

  it('when there is to be no limit, then there is none', async () => {
    const free = await startGateway({ RATE_LIMIT_PER_MINUTE: 0 });
    try {
      const answers = await Promise.all(Array.from({ length: 50 }, () => free.api.get('/tickets')));
      expect(answers.every(({ status }) => status === 200)).to.equal(true);
    } finally {
      await free.stop();
    }
  });
});
