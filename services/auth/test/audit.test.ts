import { expect } from 'chai';
import { uuidSource } from '@riparo/shared/runtime/ids';
import { expectIndexed, plansOf } from '@riparo/shared/testing/query-plans';
import { ADMIN, ownInstances, startBench, type Bench, type SignedIn } from './bench.js';
import { buildCustomer } from './customer.builder.js';
import { PASSWORD } from './user.builder.js';

interface Entry {
  readonly id: string;
  readonly type: string;
  readonly actorUserId?: string;
  readonly subjectUserId?: string;
  readonly subjectCustomerId?: string;
  readonly details?: Readonly<Record<string, string>>;
  readonly ip: string;
}

describe('the audit trail', () => {
  const start = ownInstances();
  let bench: Bench;
  let admin: SignedIn;
  before(async () => {
    bench = await startBench();
    admin = await bench.signIn(ADMIN.email, ADMIN.password);
  });
  after(() => bench.stop());

  const trail = async (query: string): Promise<readonly Entry[]> =>
    (await bench.api.get<readonly Entry[]>(`/audit-events?${query}`, { token: admin.token })).body.data;
  const types = async (query: string) => (await trail(query)).map(({ type }) => type);

  it('when GET /audit-events is filtered, then it tells who did what, by actor, subject, type and time', async () => {
    bench.clock.advance(1_000);
    const from = bench.clock.now().toISOString();
    const tech: SignedIn = await bench.approvedStaff({ role: 'TECH' });
    bench.clock.advance(1_000);
    await bench.api.patch(`/users/${tech.user.id}`, { role: 'ENGINEER', status: 'DISABLED' }, { token: admin.token });
    await bench.api.post('/auth/login', { email: tech.user.email, password: 'not the password' });
    await bench.api.post('/auth/login', { email: tech.user.email, password: PASSWORD });
    const about = await trail(`subject=${tech.user.id}&sort=at&from=${from}`);
    expect(about.map(({ type }) => type)).to.include.members([
      'REGISTERED',
      'REGISTRATION_APPROVED',
      'LOGIN_SUCCEEDED',
      'USER_CHANGED',
      'LOGIN_FAILED',
      'LOGIN_REFUSED',
    ]);
    const [changed] = await trail(`subject=${tech.user.id}&type=USER_CHANGED`);
    expect(changed).to.deep.include({ actorUserId: admin.user.id, details: { role: 'TECH -> ENGINEER', status: 'ACTIVE -> DISABLED' } });
    expect((await trail(`actor=${admin.user.id}&type=USER_CHANGED&from=${from}`)).length).to.equal(1);
    expect(await trail(`subject=${tech.user.id}&to=${from}`)).to.deep.equal([]);
    expect((await trail(`type=LOGIN_FAILED&from=${from}`))[0]).to.include({ email: tech.user.email });
    expect((await bench.api.get('/audit-events', { token: bench.tokenFor({ role: 'AGENT' }) })).status).to.equal(403);
  });

  it('when a customer is changed and closed, then the trail names the fields, never what was in them', async () => {
    const { body } = await bench.api.post<{ id: string }>('/customers', buildCustomer(), { token: admin.token });
    const { id } = body.data;
    const changed = buildCustomer({ contactEmail: 'another@example.test', contactPhone: '+39 011 555555' });
    for (const body of [changed, changed]) await bench.api.put(`/customers/${id}`, body, { token: admin.token });
    await bench.api.put(`/customers/${id}/profile`, { fiscalCode: 'RCCMNL83S18D969H' }, { token: admin.token });
    await bench.api.delete(`/customers/${id}`, { token: admin.token });
    const entries = await trail(`subject=${id}&sort=at`);
    expect(entries.map(({ type, details }) => [type, details?.fields])).to.deep.equal([
      ['CUSTOMER_CHANGED', 'contactEmail, contactPhone'],
      ['CUSTOMER_CHANGED', 'fiscalCode'],
      ['CUSTOMER_CLOSED', undefined],
    ]);
    for (const entry of entries) expect(entry).to.include({ actorUserId: admin.user.id, subjectCustomerId: id });
    expect(JSON.stringify(entries)).to.not.include('another@').and.not.include('RCCMNL');
  });

  it('when settings are saved, then the trail tells of those that changed only', async () => {
    const { body } = await bench.api.get<Record<string, unknown> & { id: string }>('/settings', { token: admin.token });
    const { version: _version, updatedAt: _updatedAt, ...settings } = body.data;
    for (const companyName of ['Another name', 'Another name', 'A third name'])
      expect((await bench.api.put('/settings', { ...settings, companyName }, { token: admin.token })).status).to.equal(200);
    const entries = await trail('type=SETTINGS_CHANGED');
    expect(entries.map(({ actorUserId, details }) => [actorUserId, details?.fields])).to.deep.equal([
      [admin.user.id, 'companyName'],
      [admin.user.id, 'companyName'],
    ]);
  });

  it('when a change or an approval gets a wrong password, then the trail tells of it', async () => {
    const { user, token } = await bench.registerCustomer();
    await bench.api.post('/auth/me/password', { currentPassword: 'not the one', newPassword: 'a new passphrase' }, { token });
    await bench.api.post('/auth/approvals', { password: 'not the one', purpose: 'sign:report', subjectId: user.id }, { token });
    expect(await types(`subject=${user.id}`)).to.include.members(['PASSWORD_CHANGE_FAILED', 'APPROVAL_FAILED']);
  });

  it('when a crash follows right after the change, then the trail tells of it once', async () => {
    const { body } = await bench.api.post<{ id: string }>('/customers', buildCustomer(), { token: admin.token });
    const { id } = body.data;
    const entry = { type: 'CUSTOMER_CLOSED', subjectCustomerId: id, ip: '::1' };
    const task = { id: uuidSource.next(), kind: 'AUDIT', at: bench.clock.now(), entry };
    await bench.platform.connection.collection<{ _id: string }>('customers').updateOne({ _id: id }, { $push: { tasks: task } });
    await bench.service.sweep();
    await bench.service.sweep();
    expect(await types(`subject=${id}`)).to.deep.equal(['CUSTOMER_CLOSED']);
  });

  it('when the configured days have passed, then entries are forgotten, and never when they are 0', async () => {
    for (const [days, kept] of [
      ['30', false],
      ['0', true],
    ] as const) {
      const own = await start({ env: { AUDIT_RETENTION_DAYS: days } });
      const { user } = await own.registerCustomer();
      await own.idle();
      const count = () => own.platform.connection.collection('audit_events').countDocuments({ subject: user.id });
      const before = await count();
      expect(before).to.be.greaterThan(0);
      own.clock.advance(30 * 86_400_000);
      await own.service.forgetOldAudits();
      expect(await count()).to.equal(before);
      own.clock.advance(1_000);
      await own.service.forgetOldAudits();
      expect((await count()) > 0).to.equal(kept);
    }
  });

  for (const [query, field] of [
    ['', 'at'],
    ['sort=at', 'at'],
    ['type=LOGIN_FAILED', 'type'],
    ['actor=018f0000-0000-7000-8000-000000000000', 'actorUserId'],
    ['subject=018f0000-0000-7000-8000-000000000000', 'subject'],
    ['from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:00Z', 'at'],
    ['type=LOGIN_FAILED&from=2026-01-01T00:00:00Z&sort=at', 'type'],
  ] as const) {
    it(`when GET /audit-events?${query} is asked, then an index answers, in its order`, async () => {
      expectIndexed(await plansOf(bench.platform.connection, 'audit_events', () => trail(query)), query, ['tenantId', field]);
    });
  }
});
