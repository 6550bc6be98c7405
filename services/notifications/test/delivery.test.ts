import { randomUUID } from 'node:crypto';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { startBench, type Bench } from './bench.js';

interface Detail {
  readonly id: string;
  readonly status: string;
  readonly attempts: number;
  readonly lastError?: string;
  readonly nextAttemptAt?: string;
  readonly recipients: readonly { address: string; status: string; attempts: number; lastError?: string }[];
}

/** Of the default configuration: four times SMTP_TIMEOUT_MS and ten seconds. */
const CLAIM_MS = 50_000;

describe('delivery', () => {
  const benches: Bench[] = [];
  const begin = async (...args: Parameters<typeof startBench>): Promise<Bench> => {
    const bench = await startBench(...args);
    benches.push(bench);
    return bench;
  };
  afterEach(async () => {
    for (const bench of benches.splice(0).reverse()) await bench.stop();
  });

  const raise = async (bench: Bench, recipients: readonly string[]): Promise<string> => {
    const body = { channel: 'EMAIL', recipients, subject: 'Hello', body: 'Your device is here.' };
    return (await bench.api.post('/notifications', body, { token: bench.tokenFor({ role: 'AGENT' }) })).body.data.id;
  };
  const read = async (bench: Bench, id: string): Promise<Detail> =>
    (await bench.api.get<Detail>(`/notifications/${id}`, { token: bench.tokenFor({ role: 'ADMIN' }) })).body.data;
  const sentTo = (bench: Bench, address: string) => bench.smtp.mails.filter(({ to }) => to.includes(address));

  it('when one recipient is refused for good, then it fails at once and the others get theirs', async () => {
    const bench = await begin();
    bench.smtp.behave({ kind: 'refuse', code: 550, recipient: 'gone@example.test' });
    const id = await raise(bench, ['gone@example.test', 'here@example.test']);
    await bench.deliver();
    const detail = await read(bench, id);
    expect(detail.status).to.equal('FAILED');
    expect(detail.nextAttemptAt).to.equal(undefined);
    expect(detail.recipients.map(({ status }) => status)).to.deep.equal(['FAILED', 'SENT']);
    expect(sentTo(bench, 'here@example.test')).to.have.length(1);
  });

  it('when the server refuses for now, then it is tried again after growing pauses until it is accepted', async () => {
    const bench = await begin();
    bench.smtp.behave({ kind: 'refuse', code: 451 });
    const id = await raise(bench, ['a@example.test']);
    await bench.deliver();
    const first = await read(bench, id);
    expect(first).to.include({ status: 'PENDING', attempts: 1 });
    bench.clock.set(first.nextAttemptAt!);
    await bench.deliver();
    const second = await read(bench, id);
    const pause = (detail: Detail): number => new Date(detail.nextAttemptAt!).getTime();
    expect(pause(second) - bench.clock.now().getTime()).to.be.greaterThan(10_000);
    bench.smtp.behave({ kind: 'accept' });
    bench.clock.set(second.nextAttemptAt!);
    await bench.deliver();
    expect(await read(bench, id)).to.include({ status: 'SENT', attempts: 3 });
    expect(sentTo(bench, 'a@example.test')).to.have.length(1);
  });

  it('when nobody ever accepts it, then it fails in the end and says so', async () => {
    const bench = await begin();
    bench.smtp.behave({ kind: 'refuse', code: 451 });
    const id = await raise(bench, ['a@example.test']);
    await bench.deliver();
    let detail = await read(bench, id);
    for (let round = 0; round < 20 && detail.nextAttemptAt !== undefined; round++) {
      bench.clock.set(detail.nextAttemptAt);
      await bench.deliver();
      detail = await read(bench, id);
    }
    expect(detail.status).to.equal('FAILED');
    expect(detail.lastError).to.contain('gave up after 12 tries');
  });

  it('when the mail server is not there, then it waits and everything else goes on', async () => {
    const bench = await begin({ config: { SMTP_PORT: 1 } });
    const user = await bench.knowUser();
    const id = await raise(bench, ['a@example.test']);
    const inApp = { channel: 'IN_APP', recipients: [user.id], body: 'Look here' };
    const other = await bench.api.post('/notifications', inApp, { token: bench.tokenFor({ role: 'AGENT' }) });
    await bench.deliver();
    expect((await read(bench, id)).status).to.equal('PENDING');
    expect((await read(bench, other.body.data.id)).status).to.equal('SENT');
  });

  it('when the mail server hangs, then the inbox is served meanwhile and the mail is tried again', async () => {
    const bench = await begin({ config: { SMTP_TIMEOUT_MS: 300, SMTP_CONNECTIONS: 1 } });
    bench.smtp.behave({ kind: 'hang' });
    const ids = await Promise.all(['a', 'b', 'c'].map((name) => raise(bench, [`${name}@example.test`])));
    const user = await bench.knowUser();
    const inApp = { channel: 'IN_APP', recipients: [user.id], body: 'Look here' };
    const other = await bench.api.post('/notifications', inApp, { token: bench.tokenFor({ role: 'AGENT' }) });
    await eventually(async () => (await read(bench, other.body.data.id)).status === 'SENT');
    await bench.service.idle();
    for (const id of ids) expect(await read(bench, id)).to.include({ status: 'PENDING', attempts: 1 });
  });

  it('when two instances share the database, then nobody gets a mail twice', async () => {
    const one = await begin();
    const { platform, smtp, clock, tokens } = one;
    const two = await begin({ connection: platform.connection, smtp, clock, tokens });
    const addresses = Array.from({ length: 30 }, (_, index) => `${index}@example.test`);
    await Promise.all(addresses.map((address) => raise(one, [address])));
    await Promise.all([one.deliver(), two.deliver(), one.deliver(), two.deliver()]);
    for (const address of addresses) expect(sentTo(one, address), address).to.have.length(1);
  });

  it('when an instance dies while sending, then another goes on after its claim', async () => {
    const dying = await begin();
    const { platform, smtp, clock, tokens } = dying;
    const body = { channel: 'EMAIL', recipients: ['1@example.test', '2@example.test', '3@example.test'], subject: 'Hello', body: 'x' };
    smtp.behave({ kind: 'refuse', code: 451 });
    const raised = await dying.api.post('/notifications', body, { token: dying.tokenFor({ role: 'AGENT' }) });
    await dying.deliver();
    smtp.behave({ kind: 'accept' });
    // As kill -9 leaves it: claimed, the first recipient done, the second handed over and not written down.
    const half = {
      status: 'SENDING',
      claim: { owner: 'dead' },
      nextAttemptAt: new Date(clock.now().getTime() + CLAIM_MS),
      'recipients.0.status': 'SENT',
    };
    await platform.connection.collection('notifications').updateOne({ _id: raised.body.data.id as never }, { $set: half });
    const heir = await begin({ connection: platform.connection, smtp, clock, tokens });
    await heir.deliver();
    expect(smtp.mails).to.have.length(0);
    clock.advance(CLAIM_MS);
    await heir.deliver();
    expect(smtp.mails.map(({ to }) => to[0])).to.deep.equal(['2@example.test', '3@example.test']);
    expect((await read(heir, raised.body.data.id)).status).to.equal('SENT');
  });

  it('when a mail is sent again, then it carries the same Message-ID', async () => {
    const bench = await begin();
    const id = await raise(bench, ['a@example.test']);
    await bench.deliver();
    await platformReset(bench, id);
    await bench.deliver();
    const ids = sentTo(bench, 'a@example.test').map(({ mail }) => mail.messageId);
    expect(ids).to.deep.equal([`<${id}.1@riparo.test>`, `<${id}.1@riparo.test>`]);
  });

  /** As if the crash had come between handing over and writing down. */
  const platformReset = async (bench: Bench, id: string): Promise<void> => {
    const lost = { status: 'PENDING', nextAttemptAt: bench.clock.now(), 'recipients.0.status': 'PENDING' };
    await bench.platform.connection.collection('notifications').updateOne({ _id: id as never }, { $set: lost });
  };

  it('when it failed and is retried, then only those who have not got it get it', async () => {
    const bench = await begin();
    bench.smtp.behave({ kind: 'refuse', code: 550, recipient: 'gone@example.test' });
    const id = await raise(bench, ['gone@example.test', 'here@example.test']);
    await bench.deliver();
    bench.smtp.behave({ kind: 'accept' });
    const admin = bench.tokenFor({ role: 'ADMIN' });
    expect((await bench.api.post(`/notifications/${id}/retry`, undefined, { token: admin })).status).to.equal(202);
    await bench.deliver();
    expect((await read(bench, id)).status).to.equal('SENT');
    expect(sentTo(bench, 'gone@example.test')).to.have.length(1);
    expect(sentTo(bench, 'here@example.test')).to.have.length(1);
    const again = await bench.api.post(`/notifications/${id}/retry`, undefined, { token: admin });
    expect(again.status).to.equal(409);
    expect(again.body.code).to.equal('NOTIFICATION_NOT_RETRYABLE');
  });

  it('when there is no mail server, then mails are files, once each, and can be looked at', async () => {
    const bench = await begin({ withoutSmtp: true, parts: { devMail: true } });
    await raise(bench, [`${randomUUID()}@example.test`]);
    await bench.deliver();
    const page = await bench.api.get('/dev/mail', { root: true });
    expect(page.status).to.equal(200);
    const name = /href="(\/dev\/mail\/[^"]+)"/.exec(page.text)?.[1];
    const source = await bench.api.get(name!, { root: true });
    expect(source.headers.get('content-type')).to.contain('text/plain');
    expect(source.text).to.contain('Subject: Hello').and.contain('Your device is here.');
    expect((await bench.api.get('/dev/mail/..%2f..%2fpackage.json', { root: true })).status).to.equal(404);
  });

  it('when an earlier version left the folder of mails open, then the next mail closes it', async () => {
    const bench = await begin({ withoutSmtp: true });
    const folder = join(bench.dataDir, 'mail');
    await mkdir(folder);
    await chmod(folder, 0o755);
    await raise(bench, [`${randomUUID()}@example.test`]);
    await bench.deliver();
    expect((await stat(folder)).mode & 0o777).to.equal(0o700);
  });

  it('when a mail holds markup, then the page shows it as text', async () => {
    const bench = await begin({ withoutSmtp: true, parts: { devMail: true } });
    const markup = '<script>alert(1)</script>';
    const body = { channel: 'EMAIL', recipients: ['a@example.test'], subject: markup, body: markup };
    await bench.api.post('/notifications', body, { token: bench.tokenFor({ role: 'AGENT' }) });
    await bench.deliver();
    const page = await bench.api.get('/dev/mail', { root: true });
    expect(page.text).to.contain('&lt;script&gt;').and.not.contain('<script>');
  });

  it('when nobody asked for the page, then it is not there', async () => {
    const bench = await begin({ withoutSmtp: true });
    expect((await bench.api.get('/dev/mail', { root: true })).status).to.equal(404);
  });
});
