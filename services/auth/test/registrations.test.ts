import { expect } from 'chai';
import { startBench, type Bench } from './bench.js';
import { buildStaff, PASSWORD } from './user.builder.js';

interface Registered {
  readonly id: string;
  readonly user: { readonly id: string; readonly userId: string; readonly status: string; readonly version: number };
}
interface Registration {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly role: string;
  readonly status: string;
  readonly registration: { readonly status: string; readonly reason?: string; readonly decidedByUserId?: string };
}

describe('staff registrations', () => {
  let bench: Bench;
  let admin: string;
  before(async () => {
    bench = await startBench();
    admin = await bench.asAdmin();
  });
  after(() => bench.stop());

  const register = async (part: object = {}) => {
    const staff = buildStaff(part);
    const { body } = await bench.api.post<Registered>('/auth/register/staff', staff);
    return { id: body.data.user.id, email: String(staff.email) };
  };
  const decide = (id: string, verb: string, body?: object, token = admin) =>
    bench.api.post<Registration>(`/registrations/${id}/${verb}`, body, { token });

  describe('POST /auth/register/staff', () => {
    it('when staff register, then they are PENDING, without a token, and the others are told', async () => {
      const answer = await bench.api.post<Registered>(
        '/auth/register/staff',
        buildStaff({ availability: { monday: { start: '09:00', end: '17:00' } } }),
      );
      expect(answer.status).to.equal(202);
      expect(answer.body.data.user).to.include({ status: 'PENDING' });
      expect(answer.text).to.not.match(/token|hash/i);
      expect(await bench.eventsAbout(answer.body.data.user.id)).to.deep.equal(['riparo.auth.user-registered.v1']);
    });

    it('when the e-mail is known, then the answer is as for a new one and only its owner is told', async () => {
      const email = 'known@centre.test';
      const first = await bench.api.post<Registered>('/auth/register/staff', buildStaff({ email }));
      const second = await bench.api.post<Registered>('/auth/register/staff', buildStaff({ email }));
      expect(second.status).to.equal(202);
      expect(Object.keys(second.body.data.user).sort()).to.deep.equal(Object.keys(first.body.data.user).sort());
      expect(second.body.message).to.equal(first.body.message);
      expect(second.body.data.user.id).to.not.equal(first.body.data.user.id);
      const unknown = await bench.api.get(`/users/${second.body.data.user.id}`, { token: admin });
      expect(unknown.status).to.equal(404);
      await bench.idle();
      expect(bench.mails.filter(({ to }) => to === email).map(({ subject }) => subject)).to.deep.equal(['You have an account already']);
    });

    it('when somebody registers as SUPER_ADMIN or customer, then 422', async () => {
      for (const role of ['SUPER_ADMIN', 'CUSTOMER_ADMIN']) {
        expect((await bench.api.post('/auth/register/staff', buildStaff({ role }))).status).to.equal(422);
      }
    });

    it('when the body has many faults, then all are told at once', async () => {
      const bad = {
        role: 'X',
        skills: ['HARDWARE', 'HARDWARE', 'Y'],
        availability: { monday: { start: '17:00', end: '09:00' }, funday: {} },
        status: 'ACTIVE',
      };
      const answer = await bench.api.post('/auth/register/staff', { ...bad, email: 'x', password: 'y' });
      expect(answer.body.errors.map(({ path }) => path)).to.include.members([
        'role',
        'skills.1',
        'skills.2',
        'status',
        'email',
        'password',
        'name',
      ]);
      expect(answer.body.errors.some(({ path }) => path.startsWith('availability'))).to.equal(true);
    });
  });

  describe('GET /registrations', () => {
    it('when listed by status, then those that wait come, newest first', async () => {
      const older = await register();
      bench.clock.advance(1_000);
      const newer = await register();
      await decide(older.id, 'reject', { reason: 'No vacancy' });
      const waiting = await bench.api.get<readonly Registration[]>('/registrations?status=PENDING', { token: admin });
      expect(waiting.body.data[0]).to.include({ userId: newer.id, email: newer.email, status: 'PENDING' });
      expect(waiting.body.data.map(({ userId }) => userId)).to.not.include(older.id);
      const rejected = await bench.api.get<readonly Registration[]>('/registrations?status=REJECTED', { token: admin });
      expect(rejected.body.data.map(({ registration }) => registration.reason)).to.include('No vacancy');
      expect((await bench.api.get('/registrations?status[$ne]=x', { token: admin })).status).to.equal(422);
    });
  });

  describe('POST /registrations/:userId/approve', () => {
    it('when an administrator approves, then the person is let in and the others are told', async () => {
      const { id, email } = await register();
      const answer = await decide(id, 'approve');
      expect(answer.status).to.equal(200);
      expect(answer.body.data).to.deep.include({ status: 'ACTIVE' });
      expect(answer.body.data.registration).to.include({ status: 'APPROVED' }).and.to.have.property('decidedByUserId');
      expect((await bench.signIn(email, PASSWORD)).token).to.be.a('string');
      expect(await bench.eventsAbout(id)).to.include('riparo.auth.registration-approved.v1');
    });

    it('when several decide at once, then one does, and later ones get 409', async () => {
      const { id } = await register();
      const answers = await Promise.all([decide(id, 'approve'), decide(id, 'approve'), decide(id, 'reject', { reason: 'No' })]);
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409, 409]);
      const late = await decide(id, 'approve');
      expect([late.status, late.body.code]).to.deep.equal([409, 'REGISTRATION_ALREADY_DECIDED']);
      expect((await bench.eventsAbout(id)).filter((type) => /approved|rejected/.test(type))).to.have.length(1);
    });

    it('when the user is unknown or never registered as staff, then 404', async () => {
      const { user } = await bench.registerCustomer();
      for (const id of [user.id, '018f0000-0000-7000-8000-000000000000', 'x'])
        expect((await decide(id, 'approve')).status, id).to.equal(404);
    });

    it('when the token is missing, then 401, and when the permission is, then 403', async () => {
      const { id } = await register();
      expect((await bench.api.post(`/registrations/${id}/approve`)).status).to.equal(401);
      for (const role of ['AGENT', 'TECH', 'ENGINEER', 'CUSTOMER_ADMIN', 'CUSTOMER_USER'] as const) {
        expect((await decide(id, 'approve', undefined, bench.tokenFor({ role }))).status, role).to.equal(403);
      }
      expect((await decide(id, 'approve', undefined, bench.tokenFor({ role: 'ADMIN' }))).status).to.equal(200);
    });
  });

  describe('POST /registrations/:userId/reject', () => {
    it('when there is no reason, then 422', async () => {
      const { id } = await register();
      for (const body of [undefined, {}, { reason: '' }, { reason: '   ' }, { reason: 1 }]) {
        const answer = await decide(id, 'reject', body);
        expect([answer.status, answer.body.errors[0]!.path]).to.deep.equal([422, 'reason']);
      }
    });
    it('when an administrator rejects, then the others are told with the reason', async () => {
      const { id } = await register();
      expect((await decide(id, 'reject', { reason: 'No vacancy' })).status).to.equal(200);
      await bench.idle();
      const event = bench.published.find(({ type, subject }) => type === 'riparo.auth.registration-rejected.v1' && subject === id);
      expect(event!.data).to.have.property('reason', 'No vacancy');
    });
    it('when If-Match is stale, then 412', async () => {
      const { id } = await register();
      const answer = await bench.api.post(`/registrations/${id}/reject`, { reason: 'x' }, { token: admin, headers: { 'if-match': '"9"' } });
      expect(answer.status).to.equal(412);
    });
  });
});

describe('GET /technicians', () => {
  let bench: Bench;
  before(async () => {
    // A Friday, 10:00 in Rome.
    bench = await startBench({ now: '2026-11-20T09:00:00.000Z' });
  });
  after(() => bench.stop());

  it('when filtered by skill, region and duty, then only active technicians come who fit', async () => {
    const morning = { friday: { start: '09:00', end: '13:00' } };
    const split = {
      friday: [
        { start: '08:00', end: '09:30' },
        { start: '15:00', end: '19:00' },
      ],
    };
    const always = await bench.approvedStaff({ skills: ['HARDWARE'], defaultRegion: 'Torino' });
    const inMorning = await bench.approvedStaff({ role: 'TECH', skills: ['SOFTWARE'], availability: morning });
    const offNow = await bench.approvedStaff({ skills: ['SOFTWARE'], availability: split });
    await bench.approvedStaff({ role: 'AGENT' });
    await bench.api.post('/auth/register/staff', buildStaff());
    const token = bench.tokenFor({ role: 'AGENT' });
    const list = async (query: string) => {
      const { body } = await bench.api.get<readonly { readonly id: string }[]>(`/technicians?sort=createdAt&${query}`, { token });
      return body.data.map(({ id }) => id);
    };
    const ids = [always, inMorning, offNow].map(({ user }) => user.id);
    expect(await list('')).to.have.members(ids);
    expect(await list('skill=SOFTWARE')).to.have.members(ids.slice(1));
    expect(await list('region=Torino')).to.deep.equal([ids[0]]);
    expect(await list('available=true')).to.have.members(ids.slice(0, 2));
    expect(await list('available=false')).to.deep.equal([ids[2]]);
    const one = await bench.api.get(`/technicians/${ids[0]!}`, { token });
    expect(one.body.data).to.have.keys(['id', 'name', 'email', 'role', 'skills', 'defaultRegion', 'certifications']);
    const customer = await bench.registerCustomer();
    expect((await bench.api.get(`/technicians/${customer.user.id}`, { token })).status).to.equal(404);
    expect((await bench.api.get('/technicians', { token: customer.token })).status).to.equal(403);
  });
});
