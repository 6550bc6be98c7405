import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { startGateway, type GatewayBench } from './gateway.setup.js';

describe('proxying', () => {
  let bench: GatewayBench;
  beforeEach(async () => {
    bench = await startGateway({ RATE_LIMIT_PER_MINUTE: 0 });
  });
  afterEach(() => bench.stop());

  const seen = () => bench.tickets.flatMap((upstream) => upstream.seen);

  it('when a request comes, then path, query, body and answer pass unchanged', async () => {
    bench.tickets.forEach((upstream) =>
      upstream.behave((response) =>
        response
          .writeHead(201, { Location: '/api/v1/tickets/1', ETag: '"1"', 'Content-Type': 'application/json' })
          .end('{"data":{"id":"1"}}'),
      ),
    );
    const answer = await bench.api.post('/tickets?dry=1&x=%2F', { title: 'Ünïcode' }, { headers: { 'Idempotency-Key': 'k' } });
    expect([answer.status, answer.headers.get('location'), answer.headers.get('etag'), answer.body.data.id]).to.deep.equal([
      201,
      '/api/v1/tickets/1',
      '"1"',
      '1',
    ]);
    expect(seen()[0]).to.deep.include({ method: 'POST', url: '/api/v1/tickets?dry=1&x=%2F', body: '{"title":"Ünïcode"}' });
    expect(seen()[0]?.headers['idempotency-key']).to.equal('k');
  });

  it('when there are two instances, then both get their share', async () => {
    await Promise.all(Array.from({ length: 20 }, () => bench.api.get('/tickets')));
    expect(bench.tickets.map((upstream) => upstream.seen.length > 0)).to.deep.equal([true, true]);
  });

  it('when an instance is killed, then no request fails, POST included', async () => {
    await Promise.all(Array.from({ length: 10 }, () => bench.api.get('/tickets')));
    await bench.tickets[0].kill();
    // Its connections are seen to be closed before the next request chooses one.
    await turn();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? bench.api.get('/tickets') : bench.api.post('/tickets', {}))),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 200));
  });

  it('when a killed instance is back, then it gets its share again', async () => {
    await bench.tickets[0].kill();
    await bench.api.get('/tickets');
    await bench.tickets[0].revive();
    await eventually(async () => {
      await Promise.all(Array.from({ length: 10 }, () => bench.api.get('/tickets')));
      return bench.tickets[0].seen.length > 0;
    });
  });

  it('when every instance is away, then 503 SERVICE_AWAY with Retry-After, and other services go on', async () => {
    await Promise.all(bench.tickets.map((upstream) => upstream.kill()));
    const answer = await bench.api.post('/tickets', { title: 'x' });
    expect([answer.status, answer.body.code, answer.headers.get('retry-after')]).to.deep.equal([503, 'SERVICE_AWAY', '5']);
    expect(answer.headers.get('content-type')).to.contain('application/problem+json');
    expect((await bench.api.get('/assets')).status).to.equal(200);
  });

  it('when an instance breaks off a GET, then it is asked for elsewhere', async () => {
    bench.tickets[0].behave((response) => response.destroy());
    const answers = await Promise.all(Array.from({ length: 6 }, () => bench.api.get('/tickets')));
    expect(answers.map(({ status }) => status)).to.deep.equal(answers.map(() => 200));
    expect(bench.tickets[0].seen.length).to.be.greaterThan(0);
  });

  it('when an instance breaks off a POST, then it is not sent twice and the answer says that nobody knows', async () => {
    bench.tickets.forEach((upstream) => upstream.behave((response) => response.destroy()));
    const answer = await bench.api.post('/tickets', { title: 'x' });
    expect([answer.status, answer.body.code]).to.deep.equal([503, 'SERVICE_BROKE_OFF']);
    expect(seen()).to.have.length(1);
  });

  it('when an instance breaks off in the middle of an answer, then the client sees that it is not whole', async () => {
    bench.tickets.forEach((upstream) =>
      upstream.behave((response) => {
        response.writeHead(200, { 'Content-Length': '100' });
        response.write('half');
        response.socket?.end();
      }),
    );
    const failure = await bench.api.get('/tickets').then(
      () => 'answered',
      () => 'broken off',
    );
    expect(failure).to.equal('broken off');
  });

  it('when a client goes away, then the service is not kept busy for it', async () => {
    let closed = false;
    bench.tickets.forEach((upstream) => upstream.behave((response) => response.once('close', () => (closed = true))));
    const controller = new AbortController();
    const asked = Promise.allSettled([fetch(`${bench.url}/api/v1/tickets`, { signal: controller.signal })]);
    await eventually(() => seen().length > 0);
    controller.abort();
    await asked;
    await eventually(() => closed);
  });

  it('when a body is large, then it streams through and a chunked one does too', async () => {
    const text = 'x'.repeat(3_000_000);
    await bench.api.request('POST', '/attachments', text);
    expect(seen()[0]?.body.length).to.equal(text.length);
  });

  it('when a service refuses a body early, then its refusal arrives', async () => {
    bench.tickets.forEach((upstream) => upstream.behave((response) => response.writeHead(413).end()));
    expect((await bench.api.request('POST', '/tickets', 'x'.repeat(100_000))).status).to.equal(413);
  });

  for (const [what, request] of [
    ['a chunked DELETE', 'DELETE /api/v1/tickets/1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['a chunked OPTIONS', 'OPTIONS /api/v1/tickets/1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n'],
  ] as const) {
    it(`when ${what} hides a second request, then that one never reaches a service`, async () => {
      const hidden = 'GET /internal/secrets HTTP/1.1\r\nHost: x\r\n\r\n';
      const socket = connect(bench.port, '127.0.0.1');
      socket.write(`${request}${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`);
      const [chunk] = (await once(socket, 'data')) as [Buffer];
      socket.destroy();
      expect(chunk.toString()).to.match(/^HTTP\/1\.1 400 /);
      await bench.api.get('/tickets');
      expect(seen().map(({ url }) => url)).to.deep.equal(['/api/v1/tickets']);
    });
  }
});

describe('proxying to a service that hangs', () => {
  it('when it takes too long, then 504 SERVICE_TOO_SLOW with Retry-After', async () => {
    const bench = await startGateway({ UPSTREAM_TIMEOUT_MS: 200 });
    try {
      bench.tickets.forEach((upstream) => upstream.behave(() => undefined));
      const [get, post] = [await bench.api.get('/tickets'), await bench.api.post('/tickets', {})];
      for (const answer of [get, post]) {
        expect([answer.status, answer.body.status, answer.body.code]).to.deep.equal([504, 504, 'SERVICE_TOO_SLOW']);
        expect(answer.headers.get('retry-after')).to.equal('5');
      }
      expect((await bench.api.get('/assets')).status).to.equal(200);
    } finally {
      await bench.stop();
    }
  });
});

describe('stopping the gateway', () => {
  it('when requests are under way, then each gets its answer', async () => {
    const bench = await startGateway();
    try {
      const answers: (() => void)[] = [];
      bench.tickets.forEach((upstream) => upstream.behave((response) => answers.push(() => response.end('{"data":1}'))));
      const asked = Array.from({ length: 8 }, () => bench.api.get('/tickets'));
      await eventually(() => answers.length === 8);
      const closed = bench.close();
      for (const answer of answers) answer();
      const received = await Promise.all(asked);
      expect(received.map(({ status }) => status)).to.deep.equal(received.map(() => 200));
      expect(received.map(({ headers }) => headers.get('connection'))).to.deep.equal(received.map(() => 'close'));
      await closed;
    } finally {
      await bench.stop();
    }
  });
});
