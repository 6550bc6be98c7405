import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserRemoved, UserUpdated, type PublishedUser } from '@riparo/shared/contracts/auth.events';
import { ReportReady, type ReportReadyV1 } from '@riparo/shared/contracts/reports.events';
import { expect } from 'chai';
import { knowCompany, startBench, type Bench } from './bench.js';

const CSV = Buffer.from('\uFEFFsection,key,name,value\r\ntotals,opened,,3\r\n"a\nb",è,,\r\n');

interface Item {
  readonly subject: string;
  readonly body: string;
  readonly link?: string;
}

/** The reports service as notifications sees it: its files, whoever asks with a service's token. */
const startReports = async () => {
  const files = new Map<string, Buffer>();
  const asked: string[] = [];
  let away = false;
  const server: Server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://reports');
    asked.push(`${searchParams.get('tenantId') ?? ''} ${pathname} ${request.headers.authorization?.split(' ')[0] ?? ''}`);
    const file = files.get(pathname.replace('/internal/reports/files/', ''));
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (away) answer(503, { code: 'DEPENDENCY_UNAVAILABLE' });
    else if (file === undefined) answer(404, { code: 'FILE_NOT_FOUND', detail: 'There is no such file.' });
    else answer(200, { data: { contentType: 'text/csv; charset=utf-8', content: file.toString('base64') } });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    asked,
    beAway: (is: boolean) => {
      away = is;
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
};

describe('events about reports', () => {
  let reports: Awaited<ReturnType<typeof startReports>>;
  let bench: Bench;
  let manager: PublishedUser;
  beforeEach(async () => {
    reports = await startReports();
    bench = await startBench({ now: '2026-03-09T07:00:00.000Z', config: { REPORTS_URL: reports.url } });
    await knowCompany(bench);
    manager = await bench.knowUser({ role: 'AGENT', name: 'Ada Rossi' });
  });
  afterEach(async () => {
    await bench.stop();
    await reports.stop();
  });

  const ready = (part: Partial<ReportReadyV1> = {}): ReportReadyV1 => {
    const fileId = randomUUID();
    reports.files.set(fileId, CSV);
    return {
      schedule: { id: randomUUID(), every: 'WEEK' },
      report: 'tickets',
      period: { from: '2026-03-02', to: '2026-03-09', timeZone: 'Europe/Rome' },
      fileId,
      fileName: 'tickets-2026-W10.csv',
      size: CSV.length,
      recipients: [manager.id],
      at: '2026-03-09T07:00:00.000Z',
      ...part,
    };
  };
  const tell = async (part?: Partial<ReportReadyV1>) => {
    const data = ready(part);
    await bench.publish(ReportReady, data, { subject: data.schedule.id, version: 2 });
    await bench.deliver();
    return data;
  };
  const mailsTo = ({ email }: PublishedUser) => bench.smtp.mails.filter(({ to }) => to.includes(email)).map(({ mail }) => mail);
  const inboxOf = async ({ id, role }: PublishedUser) =>
    (await bench.api.get<Item[]>('/me/notifications', { token: bench.tokenFor({ userId: id, role }) })).body.data;
  const change = (user: PublishedUser, part: Partial<PublishedUser>) =>
    bench.publish(UserUpdated, { user: { ...user, ...part } }, { subject: user.id, version: 2 });

  it('when a report is ready, then everybody has it attached byte for byte, and in the inbox', async () => {
    const italian = await bench.knowUser({ role: 'ADMIN', name: 'Bruno Neri', locale: 'it' });
    const { fileId } = await tell({ recipients: [manager.id, italian.id] });
    const [mail] = mailsTo(manager);
    expect(mail?.subject).to.match(/^Tickets: Monday,? 2 March 2026 to Sunday,? 8 March 2026$/);
    expect(mail?.text).to.include('attached to this mail as tickets-2026-W10.csv');
    expect(mail?.text).to.include('https://support.test/reports/tickets?from=2026-03-02&to=2026-03-09');
    expect(mail?.attachments).to.have.length(1);
    const [attachment] = mail?.attachments ?? [];
    expect(attachment).to.include({ filename: 'tickets-2026-W10.csv', contentType: 'text/csv' });
    expect(attachment?.content.equals(CSV)).to.equal(true);
    const [other] = mailsTo(italian);
    expect(other?.subject).to.equal('Ticket: lunedì 2 marzo 2026 – domenica 8 marzo 2026');
    expect(other?.attachments[0]?.content.equals(CSV)).to.equal(true);
    expect(reports.asked[0]).to.equal(`default /internal/reports/files/${fileId} Bearer`);
    expect((await inboxOf(manager)).map(({ subject }) => subject)).to.deep.equal([mail?.subject]);
  });

  it('when the event comes twice, then there is one mail', async () => {
    const data = await tell();
    await bench.publish(ReportReady, data, { subject: data.schedule.id, version: 2 });
    await bench.deliver();
    expect(mailsTo(manager)).to.have.length(1);
  });

  it('when the report is of one day, or of how things are now, then the text says so', async () => {
    await tell({ period: { from: '2026-03-08', to: '2026-03-09', timeZone: 'Europe/Rome' } });
    await tell({ report: 'open-amounts', period: undefined, fileName: 'open-amounts-2026-03-09.csv' });
    const [day, state] = mailsTo(manager);
    expect(day?.subject).to.match(/^Tickets: Sunday,? 8 March 2026$/);
    expect(state?.subject).to.match(/^Open amounts: Monday,? 9 March 2026.* 08:00$/);
    expect(state?.text).to.include('https://support.test/reports/open-amounts\n');
  });

  it('when somebody lost the right or the account by then, then they get nothing', async () => {
    const [demoted, disabled, removed] = [
      await bench.knowUser({ role: 'AGENT' }),
      await bench.knowUser({ role: 'ADMIN' }),
      await bench.knowUser({ role: 'ADMIN' }),
    ];
    await change(demoted, { role: 'TECH' });
    await change(disabled, { status: 'DISABLED' });
    await bench.publish(UserRemoved, { user: { ...removed, removed: true } }, { subject: removed.id, version: 2 });
    await tell({ recipients: [demoted.id, disabled.id, removed.id, manager.id] });
    expect(bench.smtp.mails.flatMap(({ to }) => to)).to.deep.equal([manager.email]);
    expect(await inboxOf(demoted)).to.deep.equal([]);
    const token = bench.tokenFor({ role: 'ADMIN' });
    const [raised] = (await bench.api.get<{ id: string }[]>('/notifications', { token })).body.data;
    const detail = await bench.api.get<{ recipients: { status: string }[] }>(`/notifications/${raised?.id ?? ''}`, { token });
    expect(detail.body.data.recipients.map(({ status }) => status)).to.deep.equal(['SKIPPED', 'SKIPPED', 'SKIPPED', 'SENT']);
  });

  it('when the right goes while the mail waits, then it is not sent any more', async () => {
    reports.beAway(true);
    await tell();
    await change(manager, { role: 'ENGINEER' });
    reports.beAway(false);
    bench.clock.advance(11_000);
    await bench.deliver();
    expect(bench.smtp.mails).to.deep.equal([]);
  });

  it('when reports is away, then the mail waits, and comes with its attachment', async () => {
    reports.beAway(true);
    await tell();
    expect(bench.smtp.mails).to.deep.equal([]);
    expect(await inboxOf(manager)).to.deep.equal([]);
    reports.beAway(false);
    bench.clock.advance(11_000);
    await bench.deliver();
    expect(mailsTo(manager).map(({ attachments }) => attachments.length)).to.deep.equal([1]);
  });

  it('when the file is gone, then the mail says so', async () => {
    const fileId = randomUUID();
    await tell({ fileId });
    const [mail] = mailsTo(manager);
    expect(mail?.attachments).to.deep.equal([]);
    expect(mail?.text).to.include('no longer kept').and.include('https://support.test/reports/tickets?');
  });

  it('when the file is larger than 5 MB, then the mail leads to the report, and the file is not asked for', async () => {
    await tell({ size: 5 * 1024 * 1024 + 1 });
    const [mail] = mailsTo(manager);
    expect(mail?.attachments).to.deep.equal([]);
    expect(mail?.text).to.include('too large for a mail').and.include('https://support.test/reports/tickets?');
    expect(reports.asked).to.deep.equal([]);
  });

  it('when somebody wants no mails about reports, then the inbox alone has it, with the link', async () => {
    const token = bench.tokenFor({ userId: manager.id, role: manager.role });
    await bench.api.put('/me/notification-preferences', { categories: { REPORTS: { email: false } } }, { token });
    await tell();
    expect(bench.smtp.mails).to.deep.equal([]);
    const [item] = await inboxOf(manager);
    expect(item?.link).to.equal('https://support.test/reports/tickets?from=2026-03-02&to=2026-03-09');
    expect(item?.body).not.to.include('attached');
    expect(reports.asked).to.deep.equal([]);
  });

  it('when somebody raises such a text by hand, then no file comes with it', async () => {
    const fileId = randomUUID();
    reports.files.set(fileId, CSV);
    const data = { report: 'tickets', fileId, fileName: 'tickets.csv', fileSize: 10 };
    const body = { channel: 'EMAIL', recipients: ['somebody@example.test'], template: 'report-ready', data };
    await bench.api.post('/notifications', body, { token: bench.tokenFor({ role: 'TECH' }) });
    await bench.deliver();
    expect(bench.smtp.mails.map(({ mail }) => mail.attachments.length)).to.deep.equal([0]);
    expect(reports.asked).to.deep.equal([]);
  });
});
