import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { claimPorts } from '@riparo/shared/testing/claim-ports';
import { eventually } from '@riparo/shared/testing/eventually';
import { isRunning, plantServices } from './planted-services.js';
import type { PlantedTree } from './planted-tree.js';

interface Started {
  readonly child: ChildProcess;
  readonly base: number;
  readonly output: () => string;
  pids(): Promise<Record<string, number>>;
  envOf(port: number): Promise<Record<string, string>>;
}

/** Of every service's ports, the second instance of tickets among them; see scripts/lib/catalogue.mjs. */
const EVERY_OFFSET = [1, 2, 3, 4, 5, 6, 12];

describe('npm run start:services', () => {
  let tree: PlantedTree;
  let dataDir: string;
  let running: ChildProcess[];

  beforeEach(async () => {
    tree = await plantServices();
    dataDir = join(tree.path, 'data');
    running = [];
  });
  afterEach(async () => {
    for (const child of running.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await tree.remove();
  });

  const start = async (env: Readonly<Record<string, string>> = {}): Promise<Started> => {
    const base = env.SERVICE_PORT_BASE === undefined ? await claimPorts(30) : Number(env.SERVICE_PORT_BASE);
    const child = spawn(process.execPath, ['scripts/start-services.mjs'], {
      cwd: tree.path,
      env: {
        PATH: process.env.PATH,
        DATA_DIR: dataDir,
        AMQP_URL: 'amqp://127.0.0.1:1',
        PORT: String(base + 29),
        SERVICE_PORT_BASE: String(base),
        ...env,
      },
    });
    running.push(child);
    const printed: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => printed.push(chunk));
    return {
      child,
      base,
      output: () => Buffer.concat(printed).toString(),
      pids: async () => (JSON.parse(await readFile(join(dataDir, 'pids.json'), 'utf8')) as { processes: Record<string, number> }).processes,
      envOf: (port) => eventually(async () => (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as Record<string, string>),
    };
  };

  const ready = (started: Started): Promise<true> => eventually(() => started.output().includes('Riparo is ready on http://localhost:'));

  const stop = async ({ child }: Started): Promise<number | null> => {
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  };

  it('when started, then every service runs as a process of its own and it says when it is ready', async () => {
    const started = await start();
    await ready(started);
    expect(started.output()).to.contain(`Riparo is ready on http://localhost:${started.base + 29}\n`);
    const pids = await started.pids();
    expect(Object.keys(pids)).to.have.members([
      'embedded-mongo',
      'auth',
      'tickets-1',
      'tickets-2',
      'assets',
      'notifications',
      'reports',
      'billing',
      'gateway',
    ]);
    expect(Object.values(pids).every(isRunning)).to.equal(true);
    expect(started.output()).to.contain('No RabbitMQ answers at 127.0.0.1');
    // What is ready is the gateway: a service may still be about to say its first word.
    await eventually(() => started.output().includes('[tickets-2] plain line of tickets'));
  });

  it('when started, then each is told where the others are and shares what it must', async () => {
    const started = await start();
    await ready(started);
    const { base } = started;
    const gateway = await started.envOf(base + 29);
    const tickets = await started.envOf(base + 12);
    expect(gateway.TICKETS_URL).to.equal(`http://127.0.0.1:${base + 2},http://127.0.0.1:${base + 12}`);
    expect(tickets.AUTH_URL).to.equal(`http://127.0.0.1:${base + 1}`);
    expect(tickets.MONGO_URL).to.equal(`mongodb://127.0.0.1:${base}`);
    expect(tickets.HOST).to.equal('127.0.0.1');
    expect(tickets.INTERNAL_SECRET_FILE).to.be.a('string').and.equal(gateway.INTERNAL_SECRET_FILE);
  });

  it('when started for the first time, then it makes secrets for its owner only, and keeps them', async () => {
    const file = join(dataDir, 'secrets', 'INTERNAL_SECRET');
    const first = await start();
    await ready(first);
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    const made = await readFile(file, 'utf8');
    expect(made).to.have.length.greaterThan(40);
    expect(await stop(first)).to.equal(0);
    await ready(await start());
    expect(await readFile(file, 'utf8')).to.equal(made);
  });

  it('when an earlier version left files open, then they are for their owner only and one line says so', async () => {
    await mkdir(join(dataDir, 'secrets'), { recursive: true });
    await chmod(dataDir, 0o755);
    await writeFile(join(dataDir, 'secrets', 'INTERNAL_SECRET'), 'a secret of an earlier version, readable', { mode: 0o644 });
    const started = await start();
    await ready(started);
    const paths = ['', ...(await readdir(dataDir, { recursive: true }))];
    const modes = await Promise.all(paths.map(async (path) => [path, (await stat(join(dataDir, path))).mode & 0o077] as const));
    expect(modes.filter(([, mode]) => mode !== 0)).to.deep.equal([]);
    expect(paths).to.include.members(['pids.json', 'secrets', 'mongo']);
    expect(started.output().match(/Other users of this machine.*INTERNAL_SECRET \(644\)/g)).to.have.length(1);
  });

  it('when the secrets are set, then none is made', async () => {
    const started = await start({ INTERNAL_SECRET: 'of the operator, thirty-two characters', DEVICE_PASSWORD_KEY: 'ab'.repeat(32) });
    await ready(started);
    expect(await readdir(join(dataDir, 'secrets'))).to.deep.equal([]);
    expect(await started.envOf(started.base + 1)).to.include({ INTERNAL_SECRET: 'of the operator, thirty-two characters' });
  });

  it('when the supervisor itself is killed, then nothing it started goes on', async () => {
    const started = await start();
    await ready(started);
    const pids = Object.values(await started.pids());
    started.child.kill('SIGKILL');
    await eventually(() => pids.every((pid) => !isRunning(pid)));
  });

  it('when a process is killed, then it is started again and that is said', async () => {
    const started = await start();
    await ready(started);
    const before = (await started.pids())['tickets-2']!;
    process.kill(before, 'SIGKILL');
    const after = await eventually(async () => {
      const pid = (await started.pids())['tickets-2'];
      return pid === before ? undefined : pid;
    });
    expect(isRunning(after)).to.equal(true);
    expect(started.output()).to.match(/tickets-2 ended \(SIGKILL\); starting it again in \d+ ms/);
  });

  it('when told to stop, then the gateway stops first, the database last and nothing is left', async () => {
    const started = await start();
    await ready(started);
    // What has not come up yet is stopped before it can write that it was.
    for (const offset of EVERY_OFFSET) await started.envOf(started.base + offset);
    const pids = Object.values(await started.pids());
    expect(await stop(started)).to.equal(0);
    const order = (await readFile(join(dataDir, 'stopped'), 'utf8')).trim().split('\n');
    expect(order).to.have.length(9);
    expect(order[0]).to.equal('gateway');
    expect(order.at(-1)).to.equal('embedded-mongo');
    expect(pids.filter(isRunning)).to.deep.equal([]);
  });

  it('when MONGO_URL is set, then it starts no database', async () => {
    const started = await start({ MONGO_URL: 'mongodb://127.0.0.1:27017', TICKETS_INSTANCES: '1' });
    await ready(started);
    expect(Object.keys(await started.pids())).to.have.members([
      'auth',
      'tickets',
      'assets',
      'notifications',
      'reports',
      'billing',
      'gateway',
    ]);
    expect((await started.envOf(started.base + 2)).MONGO_URL).to.equal('mongodb://127.0.0.1:27017');
  });

  it('when a port is taken, then it says which and starts nothing', async () => {
    const base = await claimPorts(30);
    const other = createServer().listen(base + 3, '127.0.0.1');
    await once(other, 'listening');
    const started = await start({ SERVICE_PORT_BASE: String(base) });
    const [code] = (await once(started.child, 'close')) as [number];
    other.close();
    expect(code).to.equal(1);
    expect(started.output()).to.contain(`Already in use: port ${base + 3}.`);
  });
});
