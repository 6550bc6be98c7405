import { createServer, request as sendRequest, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { systemClock } from '@riparo/shared/runtime/clock';
import { eventually } from '@riparo/shared/testing/eventually';
import { openEventStream } from '@riparo/shared/testing/event-stream';
import { openSocket } from '@riparo/shared/testing/live-socket';
import { createTestTokens } from '@riparo/shared/testing/test-tokens';
import { expect } from 'chai';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Backend } from '../src/backend.js';
import { createRemoteBackend } from '../src/remote-backend.js';
import { serveGateway } from './gateway.setup.js';

const TOPICS = { topics: 'me', token: 'any' };

describe('streams through the gateway', () => {
  let upstream: Server;
  let backend: Backend;
  let gateway: Awaited<ReturnType<typeof serveGateway>>;
  let url: string;
  const responses: ServerResponse[] = [];
  const sockets: WebSocket[] = [];
  const connections = new Set<Socket>();

  beforeEach(async () => {
    const webSockets = new WebSocketServer({ noServer: true });
    upstream = createServer((_request, response) => {
      responses.push(response.writeHead(200, { 'content-type': 'text/event-stream' }));
      response.write('event: ready\nid: 1\ndata: {}\n\n');
    });
    upstream.on('upgrade', (request, socket, head) => {
      webSockets.handleUpgrade(request, socket, head, (one) => {
        sockets.push(one);
        one.on('message', (data: Buffer) => {
          one.send(data.toString());
        });
      });
    });
    upstream.on('connection', (socket) => connections.add(socket));
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
    const here = [`http://127.0.0.1:${(upstream.address() as AddressInfo).port}`];
    backend = createRemoteBackend({
      urls: { auth: here, tickets: here, assets: here, notifications: here, reports: here, billing: here },
      timeoutMs: 500,
      clock: systemClock,
      keys: createTestTokens(systemClock).keys,
    });
    gateway = await serveGateway(backend, { CORS_ORIGIN: 'https://portal.example' });
    ({ url } = gateway);
  });
  afterEach(async () => {
    await gateway.close({ idleGraceMs: 0, deadlineMs: 0 });
    backend.close();
    for (const socket of connections) socket.destroy();
    await new Promise((resolve) => upstream.close(resolve));
    for (const list of [responses, sockets]) list.length = 0;
    connections.clear();
  });

  it('when a service streams, then each event passes at once and no time limit ends it', async () => {
    const stream = await openEventStream(url, TOPICS);
    await stream.next(({ event }) => event === 'ready');
    const limit = performance.now() + 600;
    for (let n = 2; performance.now() < limit; n++) {
      responses[0]!.write(`id: ${n}\ndata: {"n":${n}}\n\n`);
      await stream.next(({ data }) => data.n === n);
    }
    responses[0]!.end();
    await stream.ended;
  });

  it('when more streams are open than requests have connections, then requests pass all the same', async () => {
    const streams = await Promise.all(Array.from({ length: 300 }, () => openEventStream(url, TOPICS)));
    expect(new Set(streams.map(({ status }) => status))).to.deep.equal(new Set([200]));
    const answer = openEventStream(url, TOPICS);
    expect((await answer).status).to.equal(200);
    expect(responses).to.have.length(301);
    for (const stream of [...streams, await answer]) stream.close();
    await eventually(() => responses.every((response) => response.destroyed));
  });

  it('when the gateway stops, then streams and sockets are ended with a word', async () => {
    const [stream, socket] = [await openEventStream(url, TOPICS), await openSocket(url)];
    await stream.next(({ event }) => event === 'ready');
    backend.endStreams();
    await stream.ended;
    expect(stream.events.at(-1)).to.deep.include({ event: 'end', data: { type: 'end', reason: 'STOPPING' } });
    expect(await socket.closed).to.equal(1001);
  });

  it('when a socket is opened, then both directions pass, and the end of one side ends the other', async () => {
    const socket = await openSocket(url);
    socket.send({ type: 'hello' });
    await socket.next(({ type }) => type === 'hello');
    const gone = new Promise((resolve) => sockets[0]!.once('close', resolve));
    socket.close();
    await gone;
    const second = await openSocket(url);
    sockets[1]!.close(4401, 'SESSION_ENDED');
    expect(await second.closed).to.equal(4401);
  });

  it('when a page of a foreign origin opens a socket, then it is refused, as its other requests are', async () => {
    const origins = { 'https://evil.example': false, 'https://portal.example': true, [url]: true, null: false };
    for (const [origin, isAllowed] of Object.entries(origins)) {
      const opened = await openSocket(url, { origin }).catch((error: unknown) => String(error));
      if (typeof opened === 'string') expect(opened, origin).to.contain('403');
      else opened.close();
      expect(typeof opened !== 'string', origin).to.equal(isAllowed);
    }
  });

  it('when sockets are opened too often, then they are refused like requests', async () => {
    const limited = await serveGateway(backend, { RATE_LIMIT_PER_MINUTE: 2 });
    const results: string[] = [];
    for (let n = 0; n < 3; n++) {
      const opened = await openSocket(limited.url).catch((error: unknown) => String(error));
      results.push(typeof opened === 'string' ? opened : 'open');
      if (typeof opened !== 'string') opened.close();
    }
    expect(results.slice(0, 2)).to.deep.equal(['open', 'open']);
    expect(results[2]).to.contain('429');
    await limited.close({ idleGraceMs: 0, deadlineMs: 0 });
  });

  it('when the service is away, then a socket is refused with 503', async () => {
    await new Promise<void>((resolve) => {
      upstream.close(() => resolve());
      for (const socket of connections) socket.destroy();
    });
    const refused = await openSocket(url).catch((error: unknown) => String(error));
    expect(refused).to.contain('503');
    upstream.listen(0);
  });

  it('when a request asks for another protocol, then it is answered as any other', async () => {
    const headers = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c' };
    const status = await new Promise((resolve, reject) => {
      const asking = sendRequest(`${url}/health/live`, { headers }, (response) => resolve(response.resume().statusCode));
      asking.once('error', reject).end();
    });
    expect(status).to.equal(200);
  });
});
