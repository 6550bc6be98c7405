import { execFile } from 'node:child_process';
import { chmod, mkdir, open, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSmtpSink } from '@riparo/shared/testing/smtp-sink';
import { connectMongo } from '@riparo/shared/persistence/connection';
import { DAY_MS } from '@riparo/shared/time/units';
import { expect } from 'chai';
import { startEmbeddedMongo } from 'embedded-mongo';
import { createInstallation, type Installation } from './installation.js';

const main = fileURLToPath(new URL('../src/doctor/main.js', import.meta.url));

interface Found {
  readonly status: 'ok' | 'warn' | 'fail';
  readonly what: string;
}

interface Examined {
  readonly code: number;
  readonly output: string;
  readonly findings: readonly Found[];
}

const examine = (dataDir: string, env: Readonly<Record<string, string>> = {}): Promise<Examined> =>
  new Promise((resolve) => {
    const { PATH, HOME, TMPDIR } = process.env;
    const all = { PATH, HOME, TMPDIR, DATA_DIR: dataDir, PORT: '0', ...env };
    execFile(process.execPath, [main, '--json'], { env: all, maxBuffer: 1 << 24 }, (error, stdout, stderr) => {
      const { findings } = JSON.parse(stdout) as { findings: readonly Found[] };
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr, findings });
    });
  });

const wrong = ({ findings }: Examined): readonly Found[] => findings.filter(({ status }) => status !== 'ok');
/** The one finding that says this. */
const saying = ({ findings, output }: Examined, words: RegExp): string => {
  const found = findings.filter(({ what }) => words.test(what));
  expect(found, output).to.have.length(1);
  return (found[0] as Found).status;
};

describe('doctor', () => {
  let installation: Installation;
  let dataDir: string;
  beforeEach(async () => {
    installation = await createInstallation();
    ({ dataDir } = installation);
  });
  afterEach(() => installation.remove());
  const startedOnce = async (): Promise<void> => {
    await installation.start();
    await installation.stop();
  };

  it('when Riparo runs or has stopped, then doctor finds it sound and misses mail and backup', async () => {
    const port = await installation.start();
    const running = await examine(dataDir, { PORT: String(port) });
    expect(running.code, running.output).to.equal(0);
    expect(wrong(running).map(({ what }) => what.slice(0, 20))).to.deep.equal(['no backup was made b', 'no mail server is se']);
    expect(saying(running, /a process serves/)).to.equal('ok');
    expect(saying(running, /is ready/)).to.equal('ok');
    await installation.stop();
    const stopped = await examine(dataDir, { PORT: String(port) });
    expect(stopped.code, stopped.output).to.equal(0);
    expect(saying(stopped, /no process serves/)).to.equal('ok');
    expect(saying(stopped, /is free$/)).to.equal('ok');
    expect(saying(stopped, /1 signing key/)).to.equal('ok');
  });

  it('when nothing was ever started, then doctor says so and nothing fails', async () => {
    const examined = await examine(dataDir);
    expect(examined.code, examined.output).to.equal(0);
    expect(saying(examined, /does not exist/)).to.equal('warn');
  });

  it('when the database is cut off, then start and doctor name the file', async () => {
    await startedOnce();
    const file = join(dataDir, 'mongo', 'data.mdb');
    await truncate(file, Math.floor((await stat(file)).size / 2));
    expect(await installation.failedStart()).to.deep.equal({ code: 1 });
    expect(installation.output()).to.contain('data.mdb is damaged');
    const examined = await examine(dataDir);
    expect(examined.code).to.equal(1);
    expect(saying(examined, /data\.mdb is damaged/)).to.equal('fail');
  });

  it('when pages of the database are overwritten, then doctor says that it is damaged', async () => {
    await startedOnce();
    const file = join(dataDir, 'mongo', 'data.mdb');
    const { size } = await stat(file);
    const handle = await open(file, 'r+');
    for (let at = 5 * 8192; at < size; at += 8192) await handle.write(Buffer.alloc(8192, 0xa5), 0, 8192, at);
    await handle.close();
    const examined = await examine(dataDir);
    expect(examined.code).to.equal(1);
    expect(saying(examined, /database/)).to.equal('fail');
  });

  it('when keys are gone, spoilt or open to others, then doctor names each', async () => {
    await startedOnce();
    await rm(join(dataDir, 'device-password-key'));
    await writeFile(join(dataDir, 'internal-secret'), 'short');
    const examined = await examine(dataDir);
    expect(examined.code).to.equal(1);
    expect(saying(examined, /device-password-key is missing/)).to.equal('fail');
    expect(saying(examined, /internal-secret does not hold/)).to.equal('fail');
    await writeFile(join(dataDir, 'internal-secret'), 'x'.repeat(43));
    await chmod(join(dataDir, 'internal-secret'), 0o644);
    await chmod(dataDir, 0o755);
    const open_ = await examine(dataDir);
    expect(saying(open_, /internal-secret can be read by other/)).to.equal('warn');
    expect(saying(open_, /open to other users/)).to.equal('warn');
  });

  it('when the clock went back, something is parked or stuck, then doctor tells of each', async () => {
    await startedOnce();
    const mongo = await startEmbeddedMongo({ dataDir: join(dataDir, 'mongo'), port: 0, worker: false });
    const connection = await connectMongo({ url: mongo.url, database: 'riparo_bus', maxPoolSize: 1 });
    const tickets = connection.useDb('riparo_tickets');
    const at = (days: number) => new Date(Date.now() + days * DAY_MS);
    await connection.collection('parkedEvents').insertMany([{ queue: 'tickets' }, { queue: 'tickets' }]);
    const outbox = [{ id: 'a', time: at(-1).toISOString() }];
    await tickets.collection<{ _id: string }>('tickets').insertOne({ _id: 'one', updatedAt: at(2), outbox } as never);
    await connection.useDb('riparo_notifications').collection('notifications').insertOne({ status: 'FAILED' });
    const sealed = { keyId: 'another', nonce: 'AAAA', sealed: 'AAAA', tag: 'AAAA' };
    await tickets.collection('repairs').insertOne({ tenantId: 't', devicePassword: sealed });
    await connection.close();
    await mongo.stop();
    const examined = await examine(dataDir);
    expect(examined.code).to.equal(1);
    expect(saying(examined, /the clock says .* but something was written at/)).to.equal('fail');
    expect(saying(examined, /events are parked: 2 of tickets/)).to.equal('warn');
    expect(saying(examined, /wait to be published, the oldest since/)).to.equal('warn');
    expect(saying(examined, /1 notification\(s\) could not be delivered/)).to.equal('warn');
    expect(saying(examined, /1 of 1 device password\(s\) cannot be read/)).to.equal('fail');
  });

  it('when the configuration, the port or a server is wrong, then each is a line and no secret is shown', async () => {
    const taken = createServer((socket) => socket.end('no HTTP')).listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const PORT = String((taken.address() as AddressInfo).port);
    const secrets = ['s3cret-of-mongo', 's3cret-of-rabbit', 's3cret-of-smtp'];
    const examined = await examine(dataDir, {
      PORT,
      HOST: '127.0.0.1',
      DEFAULT_TIMEZONE: 'Nowhere/Else',
      BCRYPT_COST: '99',
      MONGO_URL: `mongodb://riparo:${secrets[0]}@127.0.0.1:1/?serverSelectionTimeoutMS=200`,
      AMQP_URL: `amqp://riparo:${secrets[1]}@127.0.0.1:1`,
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: '1',
      SMTP_USER: 'riparo',
      SMTP_PASSWORD: secrets[2] as string,
    });
    taken.close();
    expect(examined.code).to.equal(1);
    for (const words of [
      /^DEFAULT_TIMEZONE/,
      /^BCRYPT_COST/,
      /port .* is taken/,
      /MongoDB server does not/,
      /RabbitMQ does not/,
      /mail server .* refuses/,
    ])
      expect(saying(examined, words)).to.equal('fail');
    for (const secret of secrets) expect(examined.output).not.to.contain(secret);
  });

  it('when the mail server takes the connection, then doctor says so and sends nothing', async () => {
    const sink = await startSmtpSink();
    const examined = await examine(dataDir, { SMTP_HOST: '127.0.0.1', SMTP_PORT: String(sink.port) });
    expect(saying(examined, /the mail server .* takes mails/)).to.equal('ok');
    expect(sink.mails).to.have.length(0);
    await sink.stop();
  });

  it('when a restore was interrupted, then doctor says what to do', async () => {
    await mkdir(join(dataDir, '.restoring'), { recursive: true });
    const examined = await examine(dataDir);
    expect(saying(examined, /a restore in .* was interrupted/)).to.equal('fail');
    expect(await readdir(dataDir)).to.deep.equal(['.restoring']);
  });
});
