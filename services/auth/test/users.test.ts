import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Role } from '@riparo/shared/contracts/roles';
import { ADMIN, ownInstances, startBench, type Bench, type SignedIn } from './bench.js';
import { buildStaff, PASSWORD } from './user.builder.js';

interface UserData {
  readonly id: string;
  readonly role: Role;
  readonly status: string;
  readonly name: string;
  readonly version: number;
}

describe('users', () => {
  let bench: Bench;
  let owner: SignedIn;
  let head: SignedIn;
  before(async () => {
    bench = await startBench();
    owner = await bench.signIn(ADMIN.email, ADMIN.password);
    head = await bench.approvedStaff({ role: 'ADMIN' });
  });
  after(() => bench.stop());

  const patch = (id: string, body: object, token: string, headers = {}) =>
    bench.api.patch<UserData>(`/users/${id}`, body, { token, headers });
  const me = async (token: string) => (await bench.api.get('/auth/me', { token })).status;
  const invite = async (token: string, part: object) => {
    const email = `invited-${randomUUID()}@example.test`;
    const answer = await bench.api.post<UserData>('/users', { email, name: 'Somebody', role: 'CUSTOMER_USER', ...part }, { token });
    return { ...answer, email };
  };
  /** A second person of a customer, signed in. */
  const colleague = async ({ token }: SignedIn, part: object = {}): Promise<SignedIn> => {
    const { email } = await invite(token, part);
    const link = await bench.linkTo(email);
    const { body } = await bench.api.post<SignedIn>('/auth/accept-invitation', { token: link, password: PASSWORD });
    return body.data;
  };

  describe('GET /users', () => {
    it('when filtered by role, status, customer and words, then those users come, page by page', async () => {
      const customer = await bench.registerCustomer({ name: 'Zaira Quarantotti' });
      const list = async (query: string) => {
        const { body } = await bench.api.get<readonly UserData[]>(`/users?${query}`, { token: head.token });
        return body;
      };
      expect((await list('search=quarantotti')).data.map(({ id }) => id)).to.deep.equal([customer.user.id]);
      expect((await list(`customerId=${customer.customer!.id}`)).data.map(({ id }) => id)).to.deep.equal([customer.user.id]);
      expect((await list('role=SUPER_ADMIN&status=ACTIVE')).data.map(({ id }) => id)).to.deep.equal([owner.user.id]);
      const page = await list('pageSize=1&page=2&sort=createdAt');
      expect(page.data.map(({ id }) => id)).to.deep.equal([head.user.id]);
      expect(page.pagination).to.include({ page: 2, pageSize: 1 });
      expect(page.pagination.totalPages).to.equal(page.pagination.totalCount);
    });

    it('when a customer lists users, then it sees its own people only', async () => {
      const [mine, other] = [await bench.registerCustomer(), await bench.registerCustomer()];
      const { body } = await bench.api.get<readonly UserData[]>('/users', { token: mine.token });
      expect(body.data.map(({ id }) => id)).to.deep.equal([mine.user.id]);
      expect((await bench.api.get(`/users?customerId=${other.customer!.id}`, { token: mine.token })).status).to.equal(404);
      expect((await bench.api.get(`/users/${other.user.id}`, { token: mine.token })).status).to.equal(404);
      expect((await bench.api.get(`/users/${mine.user.id}`, { token: mine.token })).status).to.equal(200);
    });

    for (const query of ['role=KING', 'search[$ne]=x', 'a[$gt]=', 'page=0', 'pageSize=101', 'sort=password', 'search=a&search=b']) {
      it(`when the query is ?${query}, then 422`, async () =>
        expect((await bench.api.get(`/users?${query}`, { token: head.token })).status).to.equal(422));
    }
  });

  describe('PATCH /auth/me', () => {
    it('when somebody changes their profile, then it is kept, and null takes a field away', async () => {
      const { token } = await bench.approvedStaff({ phone: '+39 011 123456' });
      const profile = { certifications: ['A+'], availability: { friday: [{ start: '09:00', end: '12:00' }] }, locale: 'it-IT' };
      const answer = await bench.api.patch<UserData>('/auth/me', { ...profile, phone: null }, { token });
      expect(answer.body.data).to.deep.include(profile).and.not.to.have.property('phone');
      const kept = (await bench.api.get<{ user: UserData }>('/auth/me', { token })).body.data.user;
      expect(kept).to.deep.include({ ...profile, version: answer.body.data.version });
    });

    it('when it was changed since it was read, then 412', async () => {
      const { token, user } = await bench.approvedStaff();
      const rename = () => bench.api.patch('/auth/me', { name: 'Ada' }, { token, headers: { 'if-match': `"${version}"` } });
      const { version } = (await bench.api.get<UserData>(`/users/${user.id}`, { token: head.token })).body.data;
      expect([(await rename()).status, (await rename()).status]).to.deep.equal([200, 412]);
    });
  });

  describe('PATCH /users/:id', () => {
    const start = ownInstances();
    it('when a user is disabled, then every session ends at once, and enabling lets them in again', async () => {
      const tech = await bench.approvedStaff();
      const answer = await patch(tech.user.id, { status: 'DISABLED' }, head.token);
      expect(answer.body.data).to.include({ status: 'DISABLED' });
      expect(await me(tech.token)).to.equal(401);
      expect((await bench.api.post('/auth/refresh', { refreshToken: tech.refreshToken })).status).to.equal(401);
      expect((await bench.eventsAbout(tech.user.id)).slice(-2)).to.deep.equal([
        'riparo.auth.user-updated.v1',
        'riparo.auth.sessions-revoked.v1',
      ]);
      expect((await patch(tech.user.id, { status: 'ACTIVE' }, head.token)).status).to.equal(200);
      expect(await me((await bench.signIn(tech.user.email, PASSWORD)).token)).to.equal(200);
    });

    it('when a user gets a new role, then their sessions end, but not for a new name', async () => {
      const tech = await bench.approvedStaff({ role: 'TECH' });
      expect((await patch(tech.user.id, { name: 'Renamed', defaultRegion: 'Asti' }, head.token)).status).to.equal(200);
      expect(await me(tech.token)).to.equal(200);
      expect((await patch(tech.user.id, { role: 'ENGINEER' }, head.token)).body.data.role).to.equal('ENGINEER');
      expect(await me(tech.token)).to.equal(401);
    });

    it('when the service restarts, then ended sessions stay ended', async () => {
      const tech = await bench.approvedStaff();
      await patch(tech.user.id, { status: 'DISABLED' }, head.token);
      await bench.idle();
      const restarted = await start({ connection: bench.platform.connection, clock: bench.clock });
      expect((await restarted.api.get('/auth/me', { token: tech.token })).status).to.equal(401);
    });

    it('when nothing changes, then nothing is written or told', async () => {
      const tech = await bench.approvedStaff();
      const before = await bench.eventsAbout(tech.user.id);
      const answer = await patch(tech.user.id, { status: 'ACTIVE', role: 'ENGINEER' }, head.token);
      expect(answer.status).to.equal(200);
      expect(await bench.eventsAbout(tech.user.id)).to.deep.equal(before);
    });

    it('when If-Match is current, then it is taken, and when stale, then 412', async () => {
      const tech = await bench.approvedStaff();
      const { headers } = await bench.api.get(`/users/${tech.user.id}`, { token: head.token });
      expect((await patch(tech.user.id, { name: 'First' }, head.token, { 'if-match': headers.get('etag')! })).status).to.equal(200);
      expect((await patch(tech.user.id, { name: 'Second' }, head.token, { 'if-match': headers.get('etag')! })).status).to.equal(412);
    });

    it('when a field is null, then it is cleared', async () => {
      const tech = await bench.approvedStaff({ defaultRegion: 'Torino', phone: '+39 011 123456' });
      const cleared = await patch(tech.user.id, { defaultRegion: null, phone: null }, head.token);
      expect(cleared.body.data).to.not.have.any.keys('defaultRegion', 'phone');
    });

    it('when a field is unknown or protected, then 422 names it', async () => {
      const tech = await bench.approvedStaff();
      for (const field of ['passwordHash', 'epoch', 'emailVerified', 'customerId', 'tenantId', 'email', 'id', 'version', '$set']) {
        const answer = await patch(tech.user.id, { [field]: 'x' }, head.token);
        expect([answer.status, answer.body.errors[0]!.path], field).to.deep.equal([422, field]);
      }
    });

    it('when somebody changes their own role or status, then 403 OWN_ACCOUNT', async () => {
      for (const [signedIn, body] of [
        [head, { role: 'SUPER_ADMIN' }],
        [head, { status: 'DISABLED' }],
        [owner, { role: 'ADMIN' }],
        [owner, { status: 'DISABLED' }],
      ] as const) {
        const answer = await patch(signedIn.user.id, body, signedIn.token);
        expect([answer.status, answer.body.code]).to.deep.equal([403, 'OWN_ACCOUNT']);
      }
      expect((await bench.api.delete(`/users/${owner.user.id}`, { token: owner.token })).body.code).to.equal('OWN_ACCOUNT');
    });

    it('when an ADMIN manages administrators or makes one, then 403', async () => {
      const other = await bench.approvedStaff({ role: 'ADMIN' });
      const agent = await bench.approvedStaff({ role: 'AGENT' });
      for (const [id, body] of [
        [other.user.id, { status: 'DISABLED' }],
        [other.user.id, { name: 'X' }],
        [owner.user.id, { role: 'AGENT' }],
        [agent.user.id, { role: 'ADMIN' }],
        [agent.user.id, { role: 'SUPER_ADMIN' }],
      ] as const) {
        expect((await patch(id, body, head.token)).status).to.equal(403);
      }
      expect((await bench.api.delete(`/users/${other.user.id}`, { token: head.token })).status).to.equal(403);
      expect((await patch(other.user.id, { status: 'DISABLED' }, owner.token)).status).to.equal(200);
    });

    it("when a customer's administrator manages people, then their own only", async () => {
      const [mine, other] = [await bench.registerCustomer(), await bench.registerCustomer()];
      const person = await colleague(mine);
      expect((await patch(person.user.id, { role: 'CUSTOMER_ADMIN' }, mine.token)).status).to.equal(200);
      expect((await patch(person.user.id, { role: 'AGENT' }, mine.token)).status).to.equal(403);
      expect((await patch(other.user.id, { status: 'DISABLED' }, mine.token)).status).to.equal(404);
      expect((await patch(owner.user.id, { name: 'X' }, mine.token)).status).to.equal(404);
      const plain = await colleague(mine);
      expect((await patch(person.user.id, { name: 'X' }, plain.token)).status).to.equal(403);
    });

    it("when a customer's person is to become staff, or the reverse, then 409 ROLE_CHANGE_NOT_ALLOWED", async () => {
      const customer = await bench.registerCustomer();
      const tech = await bench.approvedStaff();
      for (const [id, role] of [
        [customer.user.id, 'TECH'],
        [tech.user.id, 'CUSTOMER_USER'],
      ] as const) {
        const answer = await patch(id, { role }, owner.token);
        expect([answer.status, answer.body.code]).to.deep.equal([409, 'ROLE_CHANGE_NOT_ALLOWED']);
      }
    });

    it('when a pending registration is patched, then 409 USER_STATUS_NOT_ALLOWED', async () => {
      const { body } = await bench.api.post<{ id: string; user: UserData }>('/auth/register/staff', buildStaff());
      const answer = await patch(body.data.user.id, { status: 'ACTIVE' }, head.token);
      expect([answer.status, answer.body.code]).to.deep.equal([409, 'USER_STATUS_NOT_ALLOWED']);
    });
  });

  describe('the last SUPER_ADMIN', () => {
    const start = ownInstances();
    it('when two SUPER_ADMINs demote each other at once, then one stays', async () => {
      const own = await start();
      const first = await own.signIn(ADMIN.email, ADMIN.password);
      const second = await own.approvedStaff({ role: 'ADMIN' });
      await own.api.patch(`/users/${second.user.id}`, { role: 'SUPER_ADMIN' }, { token: first.token });
      const { token } = await own.signIn(second.user.email, PASSWORD);
      const answers = await Promise.all([
        own.api.patch(`/users/${second.user.id}`, { role: 'ADMIN' }, { token: first.token }),
        own.api.patch(`/users/${first.user.id}`, { status: 'DISABLED' }, { token }),
      ]);
      expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
      const left = await own.platform.connection.collection('users').countDocuments({ role: 'SUPER_ADMIN', status: 'ACTIVE' });
      expect(left).to.equal(1);
    });
  });

  describe('DELETE /users/:id', () => {
    it('when an account is removed, then its sessions end and its e-mail is free', async () => {
      const tech = await bench.approvedStaff({ email: 'leaver@centre.test' });
      expect((await bench.api.delete(`/users/${tech.user.id}`, { token: head.token })).status).to.equal(204);
      expect((await bench.api.get(`/users/${tech.user.id}`, { token: head.token })).status).to.equal(404);
      expect(await me(tech.token)).to.equal(401);
      expect((await bench.api.post('/auth/login', { email: tech.user.email, password: PASSWORD })).status).to.equal(401);
      expect(await bench.eventsAbout(tech.user.id)).to.include('riparo.auth.user-removed.v1');
      expect((await bench.approvedStaff({ email: 'leaver@centre.test' })).user.id).to.not.equal(tech.user.id);
    });
  });

  describe('POST /users', () => {
    it('when somebody is invited, then the mailed link sets the password once and signs in', async () => {
      const mine = await bench.registerCustomer();
      const answer = await invite(mine.token, { name: 'Bruno' });
      expect(answer.status).to.equal(201);
      expect(answer.body.data).to.include({ status: 'INVITED', customerId: mine.customer!.id });
      expect(answer.headers.get('location')).to.equal(`/api/v1/users/${answer.body.data.id}`);
      const token = await bench.linkTo(answer.email);
      const accepted = await bench.api.post<SignedIn>('/auth/accept-invitation', { token, name: 'Bruno Bianchi', password: PASSWORD });
      expect(accepted.status).to.equal(200);
      expect(accepted.body.data.user).to.include({ status: 'ACTIVE', emailVerified: true, name: 'Bruno Bianchi' });
      expect(await me(accepted.body.data.token)).to.equal(200);
      const again = await bench.api.post('/auth/accept-invitation', { token, password: 'some other passphrase' });
      expect([again.status, again.body.code]).to.deep.equal([422, 'LINK_NOT_VALID']);
    });

    it('when two accept an invitation at once, then one does', async () => {
      const { email } = await invite(head.token, { role: 'TECH' });
      const token = await bench.linkTo(email);
      const accept = (password: string) => bench.api.post('/auth/accept-invitation', { token, password });
      const answers = await Promise.all([accept('the first passphrase'), accept('the second passphrase')]);
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 422]);
    });

    it('when somebody invites, then the table says whom they may', async () => {
      const [mine, other] = [await bench.registerCustomer(), await bench.registerCustomer()];
      const customerId = mine.customer!.id;
      const cases = [
        [mine.token, { role: 'CUSTOMER_USER', customerId: other.customer!.id }, 404],
        [mine.token, { role: 'TECH' }, 403],
        [mine.token, { role: 'CUSTOMER_ADMIN', customerId }, 201],
        [head.token, { role: 'ADMIN' }, 403],
        [head.token, { role: 'AGENT' }, 201],
        [head.token, { role: 'AGENT', customerId }, 422],
        [head.token, { role: 'CUSTOMER_USER' }, 422],
        [head.token, { role: 'CUSTOMER_USER', customerId: '018f0000-0000-7000-8000-000000000000' }, 404],
        [head.token, { role: 'CUSTOMER_USER', customerId }, 201],
        [owner.token, { role: 'ADMIN' }, 201],
        [bench.tokenFor({ role: 'AGENT' }), { role: 'CUSTOMER_USER', customerId }, 403],
      ] as const;
      for (const [token, part, status] of cases) expect((await invite(token, part)).status, JSON.stringify(part)).to.equal(status);
    });

    it('when the e-mail is taken, then 409 EMAIL_TAKEN', async () => {
      const answer = await invite(head.token, { role: 'TECH', email: ADMIN.email });
      expect([answer.status, answer.body.code]).to.deep.equal([409, 'EMAIL_TAKEN']);
    });
  });
});
