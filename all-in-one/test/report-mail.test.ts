import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReportsService } from '@riparo/reports/service';
import { loadConfig } from '@riparo/shared/config/load-config';
import { connectMongo } from '@riparo/shared/persistence/connection';
import { eventually } from '@riparo/shared/testing/eventually';
import { createHttpClient } from '@riparo/shared/testing/http-client';
import { startSmtpSink, type SmtpSink } from '@riparo/shared/testing/smtp-sink';
import { expect } from 'chai';
import { startEmbeddedMongo } from 'embedded-mongo';
import { pino } from 'pino';
import { allInOneKeys } from '../src/config.js';
import { startAllInOne, type AllInOne } from '../src/start.js';

const ADMIN = { email: 'owner@example.com', password: 'a-long-enough-passphrase' };

describe('a report by mail in a one-process installation', () => {
  let dataDir: string;
  let mongo: Awaited<ReturnType<typeof startEmbeddedMongo>>;
  let sink: SmtpSink;
  let running: AllInOne;
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'riparo-report-mail-'));
    mongo = await startEmbeddedMongo({ dataDir: join(dataDir, 'mongo'), port: 0, worker: true });
    sink = await startSmtpSink();
    const config = loadConfig(allInOneKeys, {
      PORT: '0',
      DATA_DIR: dataDir,
      MONGO_URL: mongo.url,
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
      BCRYPT_COST: '4',
      NOTIFY_CRON: '* * * * * *',
      NOTIFY_HOLD_SECONDS: '0',
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(sink.port),
    });
    const onDatabaseFailure = (error: Error): never => {
      throw error;
    };
    running = await startAllInOne({ config, log: pino({ level: 'silent' }), onInitialAdmin: () => undefined, onDatabaseFailure });
  });
  after(async () => {
    await running.stop();
    await sink.stop();
    await mongo.stop();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  /** What the clock would do at midnight. */
  const comeDue = async (id: string): Promise<void> => {
    const connection = await connectMongo({ url: mongo.url, database: 'riparo_reports', maxPoolSize: 1 });
    const schedules = connection.collection<{ _id: string }>('report_schedules');
    await schedules.updateOne({ _id: id }, { $set: { nextAt: new Date(Date.now() - 1_000) } });
    await connection.close();
    await (running.services.find(({ name }) => name === 'reports') as ReportsService).runJob('send-reports');
  };

  it('when a schedule is due, then its reader has the mail, with the bytes of the report', async () => {
    const url = `http://127.0.0.1:${running.port}`;
    const api = createHttpClient(url);
    const login = await api.post<{ token: string; user: { id: string } }>('/auth/login', ADMIN);
    const { token, user } = login.body.data;
    const wish = { report: 'tickets', every: 'DAY', hour: 0, recipients: [user.id] };
    // Until reports has heard of the administrator.
    const { id } = await eventually(async () => {
      const { status, body } = await api.post<{ id: string }>('/reports/schedules', wish, { token });
      return status === 201 && body.data;
    });
    await comeDue(id);
    const { mail } = await eventually(() => sink.mails.find((each) => each.mail.subject?.startsWith('Tickets: ')));
    const [attachment] = mail.attachments;
    const day = /^tickets-(\d{4}-\d{2}-\d{2})\.csv$/.exec(attachment?.filename ?? '')?.[1] ?? '';
    const to = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    const shown = await fetch(`${url}/api/v1/reports/tickets?from=${day}&to=${to}&format=csv`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(attachment?.content.equals(Buffer.from(await shown.arrayBuffer()))).to.equal(true);
    expect(mail.text).to.include(`/reports?from=${day}&until=${day}`);
  });
});
