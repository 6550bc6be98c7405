import { Agent, request as httpRequest } from 'node:http';
import { expect } from 'chai';
import { createHttpClient } from '../../src/testing/http-client.js';
import { eventually } from '../../src/testing/eventually.js';
import type { RabbitHost } from '../../src/testing/rabbit-node.js';
import { requireRabbitHost } from '../../src/testing/shared-rabbit.js';
import { testMongoUrl } from '../../src/testing/test-database.js';
import { startChild, type Child } from './child.js';

/** Nobody listens on port 1. */
const NOBODY = 'amqp://127.0.0.1:1';

const baseEnvironment = async (): Promise<Record<string, string>> => ({
  MONGO_URL: await testMongoUrl(),
  AMQP_URL: NOBODY,
  INTERNAL_SECRET: 'a secret of 32 or more characters',
  AUTH_URL: 'http://127.0.0.1:1',
  HOST: '127.0.0.1',
  PORT: '0',
});

describe('a service as a process of its own', () => {
  let child: Child | undefined;
  afterEach(() => {
    child?.signal('SIGKILL');
  });

  const start = async (env: Record<string, string> = {}): Promise<Child> => {
    child = startChild('./run-service.process.js', { ...(await baseEnvironment()), ...env });
    return child;
  };

  it('when the broker is away, then it serves, is alive, and says that it is not ready', async () => {
    const api = createHttpClient(`http://127.0.0.1:${await (await start()).port()}`, { checked: false });
    expect((await api.get('/ping')).status).to.equal(200);
    expect((await api.get('/health/live', { root: true })).status).to.equal(200);
    const ready = await api.get('/health/ready', { root: true });
    expect(ready.status).to.equal(503);
    expect((ready.body.checks as { name: string; ok: boolean }[]).map(({ name, ok }) => [name, ok])).to.deep.equal([
      ['started', true],
      ['database', true],
      ['bus', false],
    ]);
  });

  it('when auth was never reached, then a token is answered with 503, not with 401', async () => {
    const api = createHttpClient(`http://127.0.0.1:${await (await start()).port()}`, { checked: false });
    const head = Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'JWT', kid: 'k' })).toString('base64url');
    const answer = await api.get('/me', { token: `${head}.e30.AAAA` });
    expect([answer.status, answer.body.code]).to.deep.equal([503, 'DEPENDENCY_UNAVAILABLE']);
  });

  it('when there is no database, then it ends with 1 and says why, without the password', async () => {
    const started = await start({ MONGO_URL: 'mongodb://user:pa55word@127.0.0.1:1' });
    expect(await started.exit()).to.equal(1);
    expect(started.output()).to.contain('could not start').and.to.contain('ECONNREFUSED').and.not.to.contain('pa55word');
  });

  it('when SIGTERM comes under load, then no request that was sent fails, and the code is 0', async () => {
    const started = await start();
    const port = await started.port();
    const agent = new Agent({ keepAlive: true });
    const outcome = { answered: 0, refused: 0, failed: [] as string[] };
    await Promise.all([...Array.from({ length: 16 }, () => callUntilRefused(port, agent, outcome)), stopAfter(started, outcome)]);
    agent.destroy();
    expect(outcome.failed).to.deep.equal([]);
    expect(outcome.refused).to.equal(16);
    expect(await started.exit()).to.equal(0);
  });
});

const addHost = requireRabbitHost();

if (addHost !== undefined)
  describe('a service as a process of its own, on a private broker', () => {
    let host: RabbitHost;
    let children: Child[];
    before(async () => {
      host = await addHost();
    });
    beforeEach(() => {
      children = [];
    });
    afterEach(() => {
      for (const child of children) child.signal('SIGKILL');
    });

    it('when two instances run, then both are ready, and both end in order with 0', async () => {
      const environment = { ...(await baseEnvironment()), AMQP_URL: host.url };
      children = [startChild('./run-service.process.js', environment), startChild('./run-service.process.js', environment)];
      for (const child of children) {
        const api = createHttpClient(`http://127.0.0.1:${await child.port()}`);
        expect((await api.get('/health/ready', { root: true })).status).to.equal(200);
      }
      for (const child of children) child.signal('SIGTERM');
      expect(await Promise.all(children.map((child) => child.exit()))).to.deep.equal([0, 0]);
    });
  });

interface Outcome {
  answered: number;
  /** Connections that nobody took any more: a balancer gives those to another instance. */
  refused: number;
  readonly failed: string[];
}

const stopAfter = async (child: Child, outcome: Outcome): Promise<void> => {
  await eventually(() => outcome.answered > 300);
  child.signal('SIGTERM');
};

const callUntilRefused = async (port: number, agent: Agent, outcome: Outcome): Promise<void> => {
  for (;;) {
    const result = await callOnce(port, agent);
    if (result === 'answered') outcome.answered++;
    else if (result === 'ECONNREFUSED') {
      outcome.refused++;
      return;
    } else {
      outcome.failed.push(result);
      return;
    }
  }
};

const callOnce = (port: number, agent: Agent): Promise<string> =>
  new Promise((resolve) => {
    const request = httpRequest({ port, host: '127.0.0.1', agent, path: '/api/v1/ping' }, (response) => {
      response.resume();
      response.once('end', () => resolve(response.statusCode === 200 ? 'answered' : String(response.statusCode)));
    });
    request.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message)).end();
  });
