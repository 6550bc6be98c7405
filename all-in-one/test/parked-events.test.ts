import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadConfig } from '@riparo/shared/config/load-config';
import { eventually } from '@riparo/shared/testing/eventually';
import { createHttpClient, type HttpClient } from '@riparo/shared/testing/http-client';
import { requireRabbitHost } from '@riparo/shared/testing/shared-rabbit';
import { expect } from 'chai';
import { pino } from 'pino';
import { allInOneKeys } from '../src/config.js';
import { startAllInOne, type AllInOne } from '../src/start.js';

const ADMIN = { email: 'owner@example.com', password: 'a-long-enough-passphrase' };
const SCRIPT = fileURLToPath(new URL('../../../scripts/parked.mjs', import.meta.url));

interface Parked {
  readonly id: string;
  readonly consumer: string;
  readonly eventId?: string;
  readonly parkedAt: string;
  readonly attempts?: number;
  readonly error: string;
}

/** It fits the envelope, and no contract. */
const badEvent = (secret: string) => {
  const id = randomUUID();
  return {
    ...{ specversion: '1.0' as const, id, source: '/riparo/auth', type: 'riparo.auth.customer-created.v1', subject: randomUUID() },
    ...{ time: new Date().toISOString(), datacontenttype: 'application/json' as const, tenantid: 'default', aggregateversion: 1 },
    data: { customer: { name: secret } },
  };
};

const describeOn = (title: string, amqpUrl: () => Promise<string | undefined>): void => {
  describe(`parked events, ${title}`, function () {
    this.timeout(60_000);
    let dataDir: string;
    let running: AllInOne;
    let api: HttpClient;
    let token: string;
    before(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'riparo-parked-'));
      const url = await amqpUrl();
      const config = loadConfig(allInOneKeys, {
        ...{ PORT: '0', DATA_DIR: dataDir, ADMIN_EMAIL: ADMIN.email, ADMIN_PASSWORD: ADMIN.password, BCRYPT_COST: '4' },
        ...(url === undefined ? {} : { AMQP_URL: url }),
      });
      const onDatabaseFailure = (error: Error): never => {
        throw error;
      };
      running = await startAllInOne({ config, log: pino({ level: 'silent' }), onInitialAdmin: () => undefined, onDatabaseFailure });
      api = createHttpClient(`http://127.0.0.1:${running.port}`);
      ({ token } = (await api.post<{ token: string }>('/auth/login', ADMIN)).body.data);
    });
    after(async () => {
      await running.stop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    });

    const listOf = async (eventId: string): Promise<readonly Parked[]> => {
      const { status, text, body } = await api.get<readonly Parked[]>('/parked-events?sort=parkedAt&pageSize=100', { token });
      expect(status, text).to.equal(200);
      return body.data.filter((parked) => parked.eventId === eventId);
    };
    const CONSUMERS = ['assets', 'billing', 'notifications', 'reports', 'tickets'];
    const parkEverywhere = async (secret: string): Promise<readonly Parked[]> => {
      const event = badEvent(secret);
      await running.bus.publish(event);
      return eventually(async () => {
        const all = await listOf(event.id);
        return all.length === CONSUMERS.length && all;
      });
    };
    const replay = async (id: string) => {
      const { status, body } = await api.post(`/parked-events/${id}/replay`, {}, { token });
      return { status, code: (body as { readonly code?: string }).code };
    };
    const command = async (...args: readonly string[]) => {
      const env = { ...process.env, RIPARO_URL: `http://127.0.0.1:${running.port}`, ADMIN_EMAIL: ADMIN.email };
      const ran = promisify(execFile)(process.execPath, [SCRIPT, ...args], { env: { ...env, ADMIN_PASSWORD: ADMIN.password } });
      return ran.catch((error: unknown) => error as { readonly stdout: string; readonly stderr: string; readonly code: number });
    };

    it('when an event fits no contract, then one list says which services gave it up and why, not its data', async () => {
      const parked = await parkEverywhere('something private');
      expect(parked.map(({ consumer }) => consumer)).to.have.members(CONSUMERS);
      expect(new Set(parked.map(({ id }) => id))).to.have.lengthOf(CONSUMERS.length);
      for (const { error, attempts, parkedAt } of parked) {
        expect(error).to.contain('"customer.id" is required');
        expect([attempts, Number.isNaN(Date.parse(parkedAt))]).to.deep.equal([1, false]);
      }
      expect(JSON.stringify(parked)).not.to.contain('private');
    });

    it('when many replay it at once, then no answer is a fault, and it is parked once again', async () => {
      const [one] = await parkEverywhere('again');
      const answers = await Promise.all(Array.from({ length: 5 }, () => replay(one!.id)));
      for (const { status, code } of answers)
        expect(`${status} ${code}`).to.be.oneOf(['202 undefined', '404 PARKED_EVENT_NOT_FOUND', '409 PARKED_EVENT_BUSY']);
      expect(answers.filter(({ status }) => status === 202)).not.to.deep.equal([]);
      const again = await eventually(async () => {
        const all = (await listOf(one!.eventId!)).filter(({ id }) => id === one!.id);
        return all.length > 0 && all[0]!.parkedAt > one!.parkedAt && all;
      });
      expect(again).to.have.lengthOf(1);
    });

    it('when somebody asks for one that is not there, then 404', async () => {
      expect(await replay(randomUUID())).to.deep.equal({ status: 404, code: 'PARKED_EVENT_NOT_FOUND' });
    });

    it('when npm run parked is used, then it shows the same and hands back what is named', async () => {
      const [one] = await parkEverywhere('by command');
      const shown = (await command()).stdout.split('\n').filter((line) => line.includes(one!.eventId!));
      expect(shown.map((line) => (JSON.parse(line) as Parked).id))
        .to.have.lengthOf(CONSUMERS.length)
        .and.to.contain(one!.id);
      expect((await command('--replay', one!.id)).stdout).to.equal('1 of 1 handed back\n');
      const unknown = await command('--replay', randomUUID());
      expect([unknown.stdout, 'code' in unknown && unknown.code]).to.deep.equal(['0 of 1 handed back\n', 1]);
      expect(unknown.stderr).to.contain('No such event is parked');
    });
  });
};

describeOn('in one process', () => Promise.resolve(undefined));
const addHost = requireRabbitHost();
if (addHost) describeOn('on RabbitMQ', async () => (await addHost()).url);
