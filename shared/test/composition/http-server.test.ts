import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { listen, type HttpServer } from '../../src/composition/http-server.js';
import { eventually } from '../../src/testing/eventually.js';

interface Got {
  readonly status: number;
  readonly connection: string | undefined;
}

const call = (port: number, agent: Agent): Promise<Got> =>
  new Promise((resolve, reject) => {
    const request = httpRequest({ port, host: '127.0.0.1', agent }, (response) => {
      response.resume();
      response.once('end', () => resolve({ status: response.statusCode ?? 0, connection: response.headers.connection }));
    });
    request.once('error', reject).end();
  });

describe('closing the HTTP server', () => {
  let server: HttpServer;
  let agent: Agent;
  beforeEach(() => {
    agent = new Agent({ keepAlive: true });
  });
  afterEach(async () => {
    agent.destroy();
    await server.close({ idleGraceMs: 0, deadlineMs: 0 });
  });

  it('when a request is under way, then it is answered, with Connection: close, before close() resolves', async () => {
    let answer: (() => void) | undefined;
    server = await listen((_request, response) => void (answer = () => response.end('done')), { port: 0 });
    const pending = call(server.port, agent);
    await eventually(() => answer !== undefined);
    let closed = false;
    const closing = server.close().then(() => (closed = true));
    expect(closed).to.equal(false);
    answer?.();
    expect(await pending).to.deep.equal({ status: 200, connection: 'close' });
    await closing;
  });

  it('when a request comes on an idle connection while closing, then it is answered', async () => {
    server = await listen((_request, response) => void response.end('done'), { port: 0 });
    expect((await call(server.port, agent)).connection).to.equal('keep-alive');
    const closing = server.close({ idleGraceMs: 5_000 });
    expect(await call(server.port, agent)).to.deep.equal({ status: 200, connection: 'close' });
    await closing;
  });

  it('when connections are idle, then they are closed after the grace', async () => {
    server = await listen((_request, response) => void response.end('done'), { port: 0 });
    await call(server.port, agent);
    await server.close({ idleGraceMs: 0 });
  });

  it('when a request never ends, then it is cut off at the deadline', async () => {
    server = await listen(() => undefined, { port: 0 });
    const failure = call(server.port, agent).catch((error: unknown) => error);
    await eventually(async () => (await connections(server)) === 1);
    await server.close({ idleGraceMs: 0, deadlineMs: 50 });
    expect(await failure).to.be.instanceOf(Error);
  });

  it('when closed, then new connections are refused', async () => {
    server = await listen((_request, response) => void response.end('done'), { port: 0 });
    await server.close();
    const socket = connect(server.port, '127.0.0.1');
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).to.equal('ECONNREFUSED');
  });

  it('when many clients keep calling while it closes, then no request that was sent fails', async () => {
    server = await listen((_request, response) => void setImmediate(() => response.end('done')), { port: 0 });
    const failures: unknown[] = [];
    let answered = 0;
    const client = async (): Promise<void> => {
      for (;;) {
        try {
          const { connection } = await call(server.port, agent);
          answered++;
          // A client that is told to close comes back on a new connection, which is then another server's.
          if (connection === 'close') return;
        } catch (error) {
          failures.push(error);
          return;
        }
      }
    };
    const clients = Promise.all(Array.from({ length: 16 }, client));
    await eventually(() => answered > 200);
    await Promise.all([server.close(), clients]);
    expect(failures).to.deep.equal([]);
  });

  it('when the port is taken, then listen() rejects', async () => {
    server = await listen((_request, response) => void response.end(), { port: 0 });
    const error: unknown = await listen(() => undefined, { port: server.port }).catch((reason: unknown) => reason);
    expect(error).to.have.property('code', 'EADDRINUSE');
  });
});

describe('a closed HTTP server', () => {
  it('when a server has closed, then nothing keeps its handler in memory', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const closed = async (): Promise<WeakRef<object>> => {
      const handler = (_request: unknown, response: { end(): void }): void => response.end();
      const server = await listen(handler, { port: 0 });
      await fetch(`http://127.0.0.1:${server.port}`, { headers: { connection: 'close' } }).then((response) => response.text());
      await server.close({ idleGraceMs: 0 });
      return new WeakRef(handler);
    };
    const handler = await closed();
    await eventually(() => {
      collect();
      return Promise.resolve(handler.deref() === undefined);
    });
  });
});

describe('slow clients of the HTTP server', () => {
  let server: HttpServer;
  beforeEach(async () => {
    const limits = { headersTimeoutMs: 50, requestTimeoutMs: 100, timeoutCheckMs: 20 };
    server = await listen((request, response) => void request.resume().once('end', () => response.end()), { port: 0, ...limits });
  });
  afterEach(() => server.close({ idleGraceMs: 0, deadlineMs: 0 }));

  const sent: readonly (readonly [string, string])[] = [
    ['never ends its headers', 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '],
    ['never ends its body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc'],
  ];
  for (const [what, text] of sent) {
    it(`when one ${what}, then 408 and the connection is closed`, async () => {
      const socket = connect(server.port, '127.0.0.1');
      let answer = '';
      socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
      socket.write(text);
      await once(socket, 'close');
      expect(answer).to.match(/^HTTP\/1\.1 408 /);
    });
  }
});

const connections = (server: HttpServer): Promise<number> =>
  new Promise((resolve, reject) => {
    server.server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });
