import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { startBench, type Bench } from './bench.js';

interface Item {
  readonly id: string;
  readonly subject: string;
  readonly read: boolean;
}

describe('inbox and preferences', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });
  after(() => bench.stop());

  /** A user with `count` messages in the inbox. */
  const reader = async (count: number) => {
    const user = await bench.knowUser();
    const token = bench.tokenFor({ role: 'ENGINEER', userId: user.id });
    for (let index = 1; index <= count; index++) {
      const body = { channel: 'IN_APP', recipients: [user.id], subject: `Message ${index}`, body: 'Text' };
      await bench.api.post('/notifications', body, { token: bench.tokenFor({ role: 'AGENT' }) });
      bench.clock.advance(1_000);
    }
    await bench.deliver();
    const list = (query = '') => bench.api.get<Item[]>(`/me/notifications${query}`, { token });
    return { user, token, list };
  };

  describe('GET /me/notifications', () => {
    it('when there are messages, then mine only, newest first, paged', async () => {
      const { list } = await reader(3);
      await reader(1);
      const page = await list('?pageSize=2');
      expect(page.body.data.map(({ subject }) => subject)).to.deep.equal(['Message 3', 'Message 2']);
      expect(page.body.pagination).to.deep.equal({ page: 1, pageSize: 2, totalPages: 2, totalCount: 3 });
    });

    it('when not signed in, then 401', async () => {
      expect((await bench.api.get('/me/notifications')).status).to.equal(401);
    });
  });

  describe('PATCH /me/notifications/:id', () => {
    it('when read, then it says so and leaves the unread ones; and back', async () => {
      const { list, token } = await reader(2);
      const [first] = (await list()).body.data;
      const read = await bench.api.patch<Item>(`/me/notifications/${first!.id}`, { read: true }, { token });
      expect(read.body.data.read).to.equal(true);
      expect((await list('?unread=true')).body.pagination.totalCount).to.equal(1);
      expect((await list('?unread=false')).body.pagination.totalCount).to.equal(1);
      await bench.api.patch(`/me/notifications/${first!.id}`, { read: false }, { token });
      expect((await list('?unread=true')).body.pagination.totalCount).to.equal(2);
    });

    it('when it is somebody else’s, then 404 and nothing changes', async () => {
      const { list } = await reader(1);
      const other = await reader(0);
      const [item] = (await list()).body.data;
      expect((await bench.api.patch(`/me/notifications/${item!.id}`, { read: true }, { token: other.token })).status).to.equal(404);
      expect((await list('?unread=true')).body.pagination.totalCount).to.equal(1);
    });

    it('when the body is wrong, then 422', async () => {
      const { token } = await reader(0);
      const answer = await bench.api.patch(`/me/notifications/${randomUUID()}`, { read: { $ne: 1 }, userId: 'x' }, { token });
      expect(answer.status).to.equal(422);
      expect(answer.body.errors.map(({ path }) => path)).to.have.members(['read', 'userId']);
    });
  });

  describe('POST /me/notifications/read-all', () => {
    it('when there are more than one batch holds, then all of mine are read', async () => {
      const { list, token, user } = await reader(1);
      const now = bench.clock.now();
      const copies = Array.from({ length: 120 }, () => ({
        _id: randomUUID(),
        tenantId: 'default',
        version: 1,
        outbox: [],
        userId: user.id,
        notificationId: randomUUID(),
        subject: 'x',
        body: 'y',
        createdAt: now,
        updatedAt: now,
      }));
      await bench.platform.connection.collection('inbox').insertMany(copies as never);
      const answer = await bench.api.post('/me/notifications/read-all', undefined, { token });
      expect(answer.body.data).to.have.property('marked', 121);
      expect((await list('?unread=true')).body.pagination.totalCount).to.equal(0);
    });
  });

  describe('PUT /me/notification-preferences', () => {
    const off = { email: false, sms: false, inApp: false };

    it('when nothing was chosen, then everything is on', async () => {
      const { token } = await reader(0);
      const { body } = await bench.api.get('/me/notification-preferences', { token });
      expect(body.data).to.deep.include({ colleagues: false, version: 0 });
      expect(body.data.categories).to.have.all.keys(
        'TICKETS',
        'REPAIRS',
        'REPLIES',
        'ASSIGNMENTS',
        'APPOINTMENTS',
        'PLANS',
        'REPORTS',
        'MESSAGES',
        'ANNOUNCEMENTS',
      );
    });

    it('when a category is off, then its messages are skipped', async () => {
      const { token, user } = await reader(0);
      await bench.api.put('/me/notification-preferences', { categories: { MESSAGES: off } }, { token });
      const body = { channel: 'EMAIL', recipients: [user.id], subject: 'Hello', body: 'Text' };
      const raised = await bench.api.post('/notifications', body, { token: bench.tokenFor({ role: 'AGENT' }) });
      await bench.deliver();
      const seen = await bench.api.get(`/notifications/${raised.body.data.id}`, { token: bench.tokenFor({ role: 'ADMIN' }) });
      expect(seen.body.data).to.include({ status: 'CANCELLED', lastError: 'the person has switched MESSAGES off' });
      expect(bench.smtp.mails.filter(({ to }) => to.includes(user.email))).to.have.length(0);
    });

    it('when security mail is to be switched off, then 422', async () => {
      const { token } = await reader(0);
      const answer = await bench.api.put('/me/notification-preferences', { categories: { SECURITY: off } }, { token });
      expect(answer.status).to.equal(422);
      expect(answer.body.errors.map(({ path }) => path)).to.deep.equal(['categories.SECURITY']);
    });

    it('when it was changed elsewhere meanwhile, then 412 under If-Match', async () => {
      const { token } = await reader(0);
      const save = (etag: string) =>
        bench.api.put('/me/notification-preferences', { categories: {} }, { token, headers: { 'If-Match': etag } });
      expect((await save('"0"')).status).to.equal(200);
      expect((await save('"0"')).status).to.equal(412);
    });

    it('when saved twice at once for the first time, then both are answered and one is kept', async () => {
      const { token } = await reader(0);
      const save = (colleagues: boolean) => bench.api.put('/me/notification-preferences', { categories: {}, colleagues }, { token });
      const answers = await Promise.all([save(true), save(false), save(true)]);
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200]);
    });
  });
});
