import { randomUUID } from 'node:crypto';
import { SettingsChanged, UserUpdated } from '@riparo/shared/contracts/auth.events';
import { ReportReady, SENT_REPORTS, type ReportReadyV1 } from '@riparo/shared/contracts/reports.events';
import type { Role } from '@riparo/shared/contracts/roles';
import { expect } from 'chai';
import { startBench, type Bench } from './bench.js';

interface Schedule {
  readonly id: string;
  readonly version: number;
  readonly ownerUserId: string;
  readonly report: string;
  readonly hour: number;
  readonly nextAt?: string;
  readonly lastMadeAt?: string;
}

describe('/reports/schedules', () => {
  const benches: Bench[] = [];
  let bench: Bench;
  /** An agent, and an administrator. */
  let [ada, bruno] = ['', ''];
  const begin = async (...args: Parameters<typeof startBench>): Promise<Bench> => {
    const begun = await startBench(...args);
    benches.push(begun);
    return begun;
  };
  beforeEach(async () => {
    bench = await begin();
    ada = await bench.technician('Ada', { role: 'AGENT' });
    bruno = await bench.technician('Bruno', { role: 'ADMIN' });
  });
  afterEach(async () => {
    for (const each of benches.splice(0).reverse()) await each.stop();
  });

  const tokenOf = (userId: string, role: Role = 'AGENT') => bench.world.tokenFor({ role, userId });
  const wish = (part: object = {}) => ({ report: 'tickets', every: 'DAY', hour: 8, recipients: [ada], ...part });
  const subscribe = async (part: object = {}, token = tokenOf(ada)): Promise<Schedule> => {
    const { status, body, text } = await bench.api.post<Schedule>('/reports/schedules', wish(part), { token });
    if (status !== 201) throw new Error(`answered ${status}: ${text}`);
    return body.data;
  };
  const run = async (...which: readonly Bench[]) => {
    await Promise.all((which.length > 0 ? which : [bench]).map((each) => each.runJob('send-reports')));
    for (const each of benches) await each.world.idle();
  };
  const told = (): readonly ReportReadyV1[] =>
    benches.flatMap(({ world }) => world.published.flatMap(({ type, data }) => (type === ReportReady.type ? [data as ReportReadyV1] : [])));
  const fileOf = (id: string, tenantId = 'default') =>
    bench.api.get<{ contentType: string; content: string }>(`/internal/reports/files/${id}?tenantId=${tenantId}`, {
      token: bench.world.platform.serviceTokens.mint(),
      root: true,
    });
  const keptFiles = () => bench.world.platform.connection.collection('report_files.files').countDocuments();
  const csv = async (path: string): Promise<string> => {
    const url = `/reports/${path}${path.includes('?') ? '&' : '?'}format=csv`;
    return (await bench.api.get(url, { token: tokenOf(ada) })).text;
  };
  const now = (moment: string) => bench.world.clock.set(moment);

  describe('are managed', () => {
    it('when somebody who may read reports makes one, then it is shown, changed and removed', async () => {
      const made = await subscribe({ every: 'WEEK', hour: 0, recipients: [ada, bruno] });
      // The clock says Monday the second of March, 11:00 in Rome.
      expect(made).to.deep.include({ ownerUserId: ada, every: 'WEEK', active: true, nextAt: '2026-03-08T23:00:00.000Z', version: 1 });
      expect(made).not.to.have.property('lastMadeAt');
      const token = tokenOf(ada);
      const url = `/reports/schedules/${made.id}`;
      const changed = await bench.api.put<Schedule>(url, wish({ report: 'repairs/summary', active: false }), { token });
      expect(changed.body.data)
        .to.deep.include({ report: 'repairs/summary', active: false, version: 2 })
        .and.not.to.have.property('nextAt');
      expect((await bench.api.put(url, wish(), { token, headers: { 'if-match': '"1"' } })).body.code).to.equal('STALE_VERSION');
      expect((await bench.api.get<Schedule>(url, { token })).body.data).to.deep.equal(changed.body.data);
      expect((await bench.api.delete(url, { token })).status).to.equal(204);
      expect((await bench.api.get(url, { token })).body.code).to.equal('SCHEDULE_NOT_FOUND');
      expect((await bench.api.get<Schedule[]>('/reports/schedules', { token })).body.data).to.deep.equal([]);
    });

    it('when it is made twice under one key, then it is there once', async () => {
      const options = { token: tokenOf(ada), headers: { 'idempotency-key': randomUUID() } };
      const [first, second] = [
        await bench.api.post<Schedule>('/reports/schedules', wish(), options),
        await bench.api.post<Schedule>('/reports/schedules', wish(), options),
      ];
      expect(second.body.data.id).to.equal(first.body.data.id);
    });

    it('when it is somebody else’s, then it is not there; administrators see and change all', async () => {
      const { id } = await subscribe();
      const url = `/reports/schedules/${id}`;
      const other = tokenOf(await bench.technician('Carla', { role: 'AGENT' }));
      expect((await bench.api.get<Schedule[]>('/reports/schedules', { token: other })).body.data).to.deep.equal([]);
      const body = wish({ recipients: [randomUUID()] });
      for (const answer of [
        await bench.api.get(url, { token: other }),
        await bench.api.put(url, body, { token: other }),
        await bench.api.delete(url, { token: other }),
        await bench.api.get(url, { token: bench.world.tokenFor({ role: 'ADMIN', tenantId: 'another' }) }),
      ])
        expect([answer.status, answer.body.code]).to.deep.equal([404, 'SCHEDULE_NOT_FOUND']);
      const admin = tokenOf(bruno, 'ADMIN');
      expect((await bench.api.get<Schedule[]>('/reports/schedules', { token: admin })).body.data.map((each) => each.id)).to.deep.equal([
        id,
      ]);
      const changed = await bench.api.put<Schedule>(url, wish({ hour: 20 }), { token: admin });
      expect(changed.body.data).to.include({ hour: 20, ownerUserId: ada });
      expect((await bench.api.delete(url, { token: admin })).status).to.equal(204);
    });

    it('when the role reads no reports, then it is refused', async () => {
      for (const role of ['TECH', 'ENGINEER', 'CUSTOMER_ADMIN', 'CUSTOMER_USER'] as const) {
        const token = bench.world.tokenFor({ role, ...(role.startsWith('CUSTOMER') ? { customerId: randomUUID() } : {}) });
        expect((await bench.api.post('/reports/schedules', wish(), { token })).status, role).to.equal(403);
        expect((await bench.api.get('/reports/schedules', { token })).status, role).to.equal(403);
      }
    });

    it('when recipients may not read reports or are not there, then each is named, all alike', async () => {
      const tech = await bench.technician('Tina', { role: 'TECH' });
      const gone = await bench.technician('Gino', { role: 'AGENT', removed: true });
      const disabled = await bench.technician('Dino', { role: 'AGENT', status: 'DISABLED' });
      const recipients = [ada, tech, randomUUID(), gone, disabled];
      const { status, body } = await bench.api.post('/reports/schedules', wish({ recipients }), { token: tokenOf(ada) });
      expect(status).to.equal(422);
      const message = 'must be a user who may read reports';
      expect(body.errors).to.deep.equal([1, 2, 3, 4].map((position) => ({ path: `recipients.${position}`, message })));
    });

    it('when a field does not fit, then it is named', async () => {
      const many = Array.from({ length: 21 }, () => randomUUID());
      for (const [part, path] of [
        [{ report: 'repairs/completed' }, 'report'],
        [{ every: 'YEAR' }, 'every'],
        [{ hour: 24 }, 'hour'],
        [{ hour: -1 }, 'hour'],
        [{ recipients: [] }, 'recipients'],
        [{ recipients: many }, 'recipients'],
        [{ recipients: [ada, ada] }, 'recipients.1'],
      ] as const) {
        const { status, body } = await bench.api.post('/reports/schedules', wish(part), { token: tokenOf(ada) });
        expect([status, (body.errors as readonly { path: string }[])[0]?.path]).to.deep.equal([422, path]);
      }
    });
  });

  describe('are carried out', () => {
    it('when the hour comes, then the CSV of the day before is kept and told of', async () => {
      const ticket = bench.ticket();
      now('2026-03-02T22:30:00.000Z');
      await ticket.opened();
      const { id } = await subscribe({ recipients: [ada, bruno] });
      now('2026-03-03T06:59:00.000Z');
      await run();
      expect(told()).to.deep.equal([]);
      now('2026-03-03T07:00:30.000Z');
      await run();
      const [event] = told();
      expect(event).to.deep.include({
        schedule: { id, every: 'DAY' },
        report: 'tickets',
        period: { from: '2026-03-02', to: '2026-03-03', timeZone: 'Europe/Rome' },
        fileName: 'tickets-2026-03-02.csv',
        recipients: [ada, bruno],
        at: '2026-03-03T07:00:30.000Z',
      });
      const { contentType, content } = (await fileOf(event?.fileId ?? '')).body.data;
      const bytes = Buffer.from(content, 'base64');
      expect(contentType).to.equal('text/csv; charset=utf-8');
      expect(bytes.length).to.equal(event?.size);
      const shown = await csv('tickets?from=2026-03-02&to=2026-03-03');
      expect(shown).to.include('totals,opened,,1');
      // The BOM is in the file; the client takes it off.
      expect(bytes.toString().replace(/^\uFEFF/, '')).to.equal(shown.replace(/^\uFEFF/, ''));
      expect(bytes.subarray(0, 3).toString('hex')).to.equal('efbbbf');
      const { body } = await bench.api.get<Schedule>(`/reports/schedules/${id}`, { token: tokenOf(ada) });
      expect(body.data).to.include({ lastMadeAt: '2026-03-03T07:00:30.000Z', nextAt: '2026-03-04T07:00:00.000Z' });
    });

    it('when the report is any of them, then the file is what its route answers', async () => {
      await bench.ticket().opened();
      for (const report of SENT_REPORTS) await subscribe({ report });
      now('2026-03-03T07:00:00.000Z');
      await run();
      expect(told().map(({ report }) => report)).to.have.members([...SENT_REPORTS]);
      for (const { report, period, fileId, fileName } of told()) {
        const shown = await csv(period === undefined ? report : `${report}?from=${period.from}&to=${period.to}`);
        const { content } = (await fileOf(fileId)).body.data;
        expect(
          Buffer.from(content, 'base64')
            .toString()
            .replace(/^\uFEFF/, ''),
          report,
        ).to.equal(shown.replace(/^\uFEFF/, ''));
        const day = period === undefined ? '2026-03-03' : '2026-03-02';
        expect(fileName).to.equal(`${report.replace('/', '-')}-${day}.csv`);
      }
    });

    it('when the centre keeps another time, then its Monday counts', async () => {
      const calendar = { timeZone: 'America/New_York', weekly: {}, exceptions: [] };
      const settings = { companyName: 'Riparo', timeZone: 'America/New_York', locale: 'en', currency: 'USD', calendar };
      await bench.world.publish(SettingsChanged, { settings });
      await subscribe({ every: 'WEEK', hour: 0, report: 'revenue' });
      now('2026-03-09T03:59:00.000Z');
      await run();
      expect(told()).to.deep.equal([]);
      now('2026-03-09T04:00:00.000Z');
      await run();
      expect(told()).to.have.length(1);
      expect(told()[0]?.period).to.deep.equal({ from: '2026-03-02', to: '2026-03-09', timeZone: 'America/New_York' });
      expect(told()[0]?.fileName).to.equal('revenue-2026-W10.csv');
    });

    it('when two instances and several runs come to it, then it is told once, and one file is kept', async () => {
      const { platform, clock, tokens } = bench.world;
      const other = await begin({}, { connection: platform.connection, clock, tokens });
      for (let count = 0; count < 5; count++) await subscribe();
      now('2026-03-03T07:00:00.000Z');
      await run(bench, other, bench, other);
      await run(other, bench);
      expect(new Set(told().map(({ schedule }) => schedule.id)).size).to.equal(5);
      expect(told()).to.have.length(5);
      expect(await keptFiles()).to.equal(5);
    });

    it('when nothing ran for days, then the newest day alone is told', async () => {
      await subscribe();
      now('2026-03-09T05:00:00.000Z');
      await run();
      await run();
      expect(told().map(({ period }) => period?.from)).to.deep.equal(['2026-03-07']);
      now('2026-03-09T07:00:00.000Z');
      await run();
      expect(told().map(({ period }) => period?.from)).to.deep.equal(['2026-03-07', '2026-03-08']);
    });

    it('when it breaks off after the file was kept, then the report is told once all the same', async () => {
      await subscribe();
      const stored = bench.world.platform.connection.collection<{ _id: string }>('report_schedules');
      // The write that tells of it is refused, as if the process had died before.
      await stored.insertOne({ _id: 'in the way', made: { from: '2026-03-02' } } as { _id: string });
      const exists = { 'made.from': { $exists: true } };
      await stored.createIndexes([{ key: { 'made.from': 1 }, name: 'trap', unique: true, partialFilterExpression: exists }]);
      now('2026-03-03T07:00:00.000Z');
      await run();
      expect(told()).to.deep.equal([]);
      expect(await keptFiles()).to.equal(1);
      await stored.dropIndex('trap');
      await run();
      await run();
      expect(told()).to.have.length(1);
      // Both go after 30 days.
      now('2026-04-02T07:00:00.000Z');
      await bench.runJob('sweep-report-files');
      expect(await keptFiles()).to.equal(2);
      now('2026-04-02T07:00:01.000Z');
      await bench.runJob('sweep-report-files');
      expect(await keptFiles()).to.equal(0);
      expect((await fileOf(told()[0]?.fileId ?? '')).body.code).to.equal('FILE_NOT_FOUND');
    });

    it('when the hour is moved after the report went out, then the same days are not told again', async () => {
      const { id } = await subscribe();
      now('2026-03-03T07:00:00.000Z');
      await run();
      await bench.api.put(`/reports/schedules/${id}`, wish({ hour: 9 }), { token: tokenOf(ada) });
      now('2026-03-03T08:00:00.000Z');
      await run();
      expect(told()).to.have.length(1);
      now('2026-03-04T08:00:00.000Z');
      await run();
      expect(told().map(({ period }) => period?.from)).to.deep.equal(['2026-03-02', '2026-03-03']);
    });

    it('when recipients change while it is due, then the new ones get it', async () => {
      const { id } = await subscribe();
      now('2026-03-03T07:00:00.000Z');
      await bench.api.put(`/reports/schedules/${id}`, wish({ recipients: [bruno] }), { token: tokenOf(ada) });
      await run();
      expect(told().map(({ recipients }) => recipients)).to.deep.equal([[bruno]]);
    });

    it('when it is not active, or deleted, then nothing is made', async () => {
      await subscribe({ active: false });
      const { id } = await subscribe();
      await bench.api.delete(`/reports/schedules/${id}`, { token: tokenOf(ada) });
      now('2026-03-04T07:00:00.000Z');
      await run();
      expect(told()).to.deep.equal([]);
    });

    it('when a file is asked for another tenant, or without a service’s token, then it is not there', async () => {
      await subscribe();
      now('2026-03-03T07:00:00.000Z');
      await run();
      const id = told()[0]?.fileId ?? '';
      expect((await fileOf(id, 'another')).status).to.equal(404);
      const token = bench.world.tokenFor({ role: 'ADMIN' });
      expect((await bench.api.get(`/internal/reports/files/${id}`, { token, root: true })).status).to.equal(401);
    });

    it('when a recipient loses the right, then the event names them still: the mail decides', async () => {
      await subscribe({ recipients: [ada, bruno] });
      const user = { id: ada, email: 'ada@example.test', name: 'Ada', role: 'TECH' as const, status: 'ACTIVE' as const };
      await bench.world.publish(UserUpdated, { user: { ...user, skills: [], removed: false } }, { subject: ada, version: 2 });
      now('2026-03-03T07:00:00.000Z');
      await run();
      expect(told()[0]?.recipients).to.deep.equal([ada, bruno]);
    });
  });
});
