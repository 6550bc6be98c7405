import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createRiparo, type Riparo, type RiparoOptions, type Session } from '../src/index.js';

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly key: string | undefined;
}
type Answer = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>];

/** A server that answers each request with the next of its answers for that path. */
const startServer = async (answers: Record<string, Answer[]>) => {
  const seen: Seen[] = [];
  const note = ({ method = '', url = '', headers }: IncomingMessage): Seen => ({
    method,
    path: url,
    authorization: headers.authorization,
    key: headers['idempotency-key'] as string | undefined,
  });
  const server = createServer((request, response) => {
    const asked = note(request);
    seen.push(asked);
    const left = answers[asked.path.split('?')[0] ?? ''] ?? [];
    const [status, body, headers = {}] = (left.length > 1 ? left.shift() : left[0]) ?? [404, { code: 'ROUTE_NOT_FOUND' }];
    response.writeHead(status, { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json', ...headers });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { seen, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
};

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const session = (name: string): Session => ({ token: `token-${name}`, refreshToken: `refresh-${name}`, expiresAt: inAnHour() });
const MORE_PAGES = { page: 1, pageSize: 100, totalPages: 2, totalCount: 3 };

describe('The client', () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  const waits: number[] = [];
  const start = async (answers: Record<string, Answer[]>, options: Partial<RiparoOptions> = {}): Promise<Riparo> => {
    server = await startServer(answers);
    waits.length = 0;
    const sleep = (ms: number) => Promise.resolve(void waits.push(ms));
    return createRiparo({ baseUrl: server.baseUrl, sleep, ...options });
  };
  afterEach(() => server.stop());

  it('when signed in, then every request is made by that person', async () => {
    const kept: (Session | undefined)[] = [];
    const answers = { '/api/v1/auth/login': [[200, { data: session('a') }] as Answer], '/api/v1/tickets': [[200, { data: [] }] as Answer] };
    const riparo = await start(answers, { onSession: (one) => kept.push(one) });
    expect(await riparo.signIn('rosa@example.com', 'secret-enough')).to.deep.equal({});
    await riparo.GET('/api/v1/tickets');
    expect(server.seen.at(-1)?.authorization).to.equal('Bearer token-a');
    expect(kept.at(-1)?.refreshToken).to.equal('refresh-a');
  });

  it('when refused, then the problem is a value', async () => {
    const riparo = await start({ '/api/v1/auth/login': [[401, { code: 'INVALID_CREDENTIALS' }]] });
    expect((await riparo.signIn('rosa@example.com', 'wrong')).error?.code).to.equal('INVALID_CREDENTIALS');
  });

  it('when the token has ended, then requests at the same moment share one renewal', async () => {
    const answers = {
      '/api/v1/auth/refresh': [[200, { data: session('b') }] as Answer],
      '/api/v1/tickets': [[200, { data: [] }] as Answer],
    };
    const riparo = await start(answers, { session: { ...session('a'), expiresAt: new Date(0).toISOString() } });
    await Promise.all([riparo.GET('/api/v1/tickets'), riparo.GET('/api/v1/tickets'), riparo.GET('/api/v1/tickets')]);
    expect(server.seen.filter(({ path }) => path === '/api/v1/auth/refresh')).to.have.length(1);
    expect(server.seen.slice(1).map(({ authorization }) => authorization)).to.deep.equal(Array(3).fill('Bearer token-b'));
  });

  it('when the server refuses a good token, then it is renewed once and the request repeated', async () => {
    const answers = {
      '/api/v1/auth/refresh': [[200, { data: session('b') }] as Answer],
      '/api/v1/tickets': [[401, { code: 'UNAUTHENTICATED' }] as Answer, [200, { data: [] }] as Answer],
    };
    const riparo = await start(answers, { session: session('a') });
    expect((await riparo.GET('/api/v1/tickets')).response.status).to.equal(200);
    expect(server.seen.map(({ path }) => path)).to.deep.equal(['/api/v1/tickets', '/api/v1/auth/refresh', '/api/v1/tickets']);
  });

  it('when something is made and the server is away for a moment, then the same key is sent again', async () => {
    const away: Answer = [503, { code: 'DEPENDENCY_UNAVAILABLE' }, { 'Retry-After': '2' }];
    const riparo = await start({ '/api/v1/tickets': [away, [201, { data: { id: '1' } }]] });
    const { data } = await riparo.POST('/api/v1/tickets', { body: { title: 'Slow', description: 'Very', category: 'SOFTWARE' } });
    expect(data?.data.id).to.equal('1');
    const keys = server.seen.map(({ key }) => key);
    expect(keys[0]).to.match(/^[0-9a-f-]{36}$/);
    expect(keys[1]).to.equal(keys[0]);
    expect(waits).to.deep.equal([2_000]);
  });

  it('when an action cannot be repeated safely, then 503 is left to the caller, and 429 is not', async () => {
    const path = '/api/v1/tickets/{id}/decline';
    const answers: Answer[] = [
      [429, { code: 'RATE_LIMITED' }, { 'Retry-After': '1' }],
      [503, { code: 'SERVICE_AWAY' }, { 'Retry-After': '1' }],
    ];
    const riparo = await start({ '/api/v1/tickets/7/decline': answers });
    const { error } = await riparo.POST(path, { params: { path: { id: '7' } }, body: { reason: 'Not mine' } });
    expect(error?.code).to.equal('SERVICE_AWAY');
    expect(waits).to.deep.equal([1_000]);
  });

  it('when a wait is longer than wanted, then the refusal comes at once', async () => {
    const riparo = await start({ '/api/v1/tickets': [[429, { code: 'RATE_LIMITED' }, { 'Retry-After': '3600' }]] });
    expect((await riparo.GET('/api/v1/tickets')).error?.code).to.equal('RATE_LIMITED');
    expect(waits).to.deep.equal([]);
  });

  it('when a list has several pages, then all items come one after the other', async () => {
    const page = (number: number, ids: readonly string[]): Answer => [
      200,
      { data: ids.map((id) => ({ id })), pagination: { ...MORE_PAGES, page: number } },
    ];
    const riparo = await start({ '/api/v1/tickets': [page(1, ['1', '2']), page(2, ['3'])] });
    const ids: string[] = [];
    for await (const { id } of riparo.all('/api/v1/tickets', { query: { status: 'OPEN' } })) ids.push(id);
    expect(ids).to.deep.equal(['1', '2', '3']);
    expect(server.seen.map(({ path }) => path)).to.deep.equal([
      '/api/v1/tickets?pageSize=100&status=OPEN&page=1',
      '/api/v1/tickets?pageSize=100&status=OPEN&page=2',
    ]);
  });
});
