import { TEMPLATE_KEYS } from '../src/template/template.js';
import { randomUUID } from 'node:crypto';
import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { knowCustomer, startBench, type Bench } from './bench.js';

describe('administering notifications', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });
  after(() => bench.stop());

  const admin = () => bench.tokenFor({ role: 'ADMIN' });
  const later = () => new Date(bench.clock.now().getTime() + 3_600_000).toISOString();
  const raise = async (token: string, more: object = {}): Promise<string> => {
    const body = { channel: 'EMAIL', recipients: ['a@example.test'], subject: 'Hello', body: 'Text', ...more };
    return (await bench.api.post('/notifications', body, { token })).body.data.id;
  };

  describe('GET /notifications/:id', () => {
    it('when somebody else raised it, then 404 for staff and 200 for ADMIN', async () => {
      const mine = bench.tokenFor({ role: 'TECH' });
      const id = await raise(mine);
      expect((await bench.api.get(`/notifications/${id}`, { token: mine })).status).to.equal(200);
      const other = await bench.api.get(`/notifications/${id}`, { token: bench.tokenFor({ role: 'AGENT' }) });
      expect(other.status).to.equal(404);
      expect(other.body.code).to.equal('NOTIFICATION_NOT_FOUND');
      expect((await bench.api.get(`/notifications/${id}`, { token: admin() })).status).to.equal(200);
    });

    it('when it belongs to another tenant, then 404 even for its ADMIN', async () => {
      const id = await raise(admin());
      const stranger = bench.tokenFor({ role: 'ADMIN', tenantId: 'other' });
      expect((await bench.api.get(`/notifications/${id}`, { token: stranger })).status).to.equal(404);
    });
  });

  describe('what a sender learns', () => {
    it('when staff raise a template with the id of a customer, then they read nothing of that customer', async () => {
      const customerId = randomUUID();
      await knowCustomer(bench, customerId, 'hidden@example.test');
      const tech = await bench.knowUser({ role: 'TECH' });
      const token = bench.tokenFor({ role: 'TECH', userId: tech.id });
      const data = { repairNumber: 'REP-1', customerId };
      for (const template of TEMPLATE_KEYS) {
        const raised = await bench.api.post('/notifications', { channel: 'IN_APP', recipients: [tech.id], template, data }, { token });
        expect(raised.status, raised.text).to.equal(202);
      }
      await bench.deliver();
      const inbox = await bench.api.get<unknown[]>('/me/notifications?pageSize=100', { token });
      expect(inbox.body.data.length).to.be.greaterThan(10);
      for (const secret of ['Studio Verdi', 'hidden@example.test']) expect(inbox.text).to.not.contain(secret);
    });

    it('when staff name somebody by id, then only administrators read the address that was found', async () => {
      const person = await bench.knowUser({ role: 'CUSTOMER_USER', email: 'found@example.test' });
      const body = { channel: 'EMAIL', recipients: [person.id, 'given@example.test'], subject: 'Hello', body: 'Text' };
      const token = bench.tokenFor({ role: 'TECH' });
      const { id } = (await bench.api.post<{ id: string }>('/notifications', body, { token })).body.data;
      await bench.deliver();
      const read = (by: string) => bench.api.get(`/notifications/${id}`, { token: by });
      expect((await read(token)).text)
        .to.contain('given@example.test')
        .and.not.contain('found@example.test');
      expect((await read(admin())).text).to.contain('found@example.test');
    });
  });

  describe('GET /notifications', () => {
    it('when filtered, then only those, newest first, without their text', async () => {
      const own = await startBench();
      try {
        const token = own.tokenFor({ role: 'ADMIN' });
        const body = { channel: 'EMAIL', recipients: ['a@example.test'], subject: 'Hello', body: 'Text' };
        for (const sendAt of [undefined, new Date(own.clock.now().getTime() + 60_000).toISOString()]) {
          await own.api.post('/notifications', { ...body, sendAt }, { token });
          own.clock.advance(1_000);
        }
        await own.deliver();
        const list = (query: string) => own.api.get<Record<string, unknown>[]>(`/notifications${query}`, { token });
        const all = await list('');
        expect(all.body.pagination.totalCount).to.equal(2);
        expect(all.body.data.map(({ status }) => status)).to.deep.equal(['PENDING', 'SENT']);
        expect(all.body.data[0]).not.to.have.any.keys('body', 'recipients');
        expect((await list('?status=SENT')).body.pagination.totalCount).to.equal(1);
        expect((await list('?channel=SMS')).body.pagination.totalCount).to.equal(0);
        expect((await list(`?from=${own.clock.now().toISOString()}`)).body.pagination.totalCount).to.equal(0);
      } finally {
        await own.stop();
      }
    });

    it('when not an ADMIN, then 403', async () => {
      expect((await bench.api.get('/notifications', { token: bench.tokenFor({ role: 'AGENT' }) })).status).to.equal(403);
    });

    it('when the query holds operators or nonsense, then 422 with every fault', async () => {
      const answer = await bench.api.get('/notifications?status[$ne]=SENT&channel=PIGEON&pageSize=1000', { token: admin() });
      expect(answer.status).to.equal(422);
      expect(answer.body.errors.map(({ path }) => path)).to.have.members(['status[$ne]', 'channel', 'pageSize']);
    });
  });

  describe('POST /notifications/:id/cancel', () => {
    it('when it waits, then it is never sent; a second time is 409', async () => {
      const address = `${randomUUID()}@example.test`;
      const id = await raise(admin(), { recipients: [address], sendAt: later() });
      const cancelled = await bench.api.post(`/notifications/${id}/cancel`, undefined, { token: admin() });
      expect(cancelled.body.data).to.have.property('status', 'CANCELLED');
      bench.clock.advance(7_200_000);
      await bench.deliver();
      expect(bench.smtp.mails.filter(({ to }) => to.includes(address))).to.have.length(0);
      const again = await bench.api.post(`/notifications/${id}/cancel`, undefined, { token: admin() });
      expect([again.status, again.body.code]).to.deep.equal([409, 'NOTIFICATION_NOT_CANCELLABLE']);
    });

    it('when If-Match is stale, then 412', async () => {
      const id = await raise(admin(), { sendAt: later() });
      const answer = await bench.api.post(`/notifications/${id}/cancel`, undefined, { token: admin(), headers: { 'If-Match': '"7"' } });
      expect(answer.status).to.equal(412);
    });

    it('when there is no such notification, then 404', async () => {
      expect((await bench.api.post(`/notifications/${randomUUID()}/cancel`, undefined, { token: admin() })).status).to.equal(404);
      expect((await bench.api.post('/notifications/nonsense/cancel', undefined, { token: admin() })).status).to.equal(404);
    });
  });

  describe('POST /internal/notifications', () => {
    const mail = (dedupeKey: string, to: string) => ({
      channel: 'EMAIL',
      recipients: [to],
      subject: 'Choose a new password',
      body: 'Hello,\n\nhttps://support.test/reset-password?token=secret&x=1\n\nBye',
      locale: 'en',
      category: 'SECURITY',
      dedupeKey,
    });

    it('when another service hands over a mail, then it is sent once and its text is shown to nobody', async () => {
      const [key, to] = [randomUUID(), `${randomUUID()}@example.test`];
      const token = bench.platform.serviceTokens.mint();
      const send = () => bench.api.post('/internal/notifications', mail(key, to), { token, root: true });
      const [first, second] = [await send(), await send()];
      expect([first.status, second.status]).to.deep.equal([202, 202]);
      expect(second.body.data.id).to.equal(first.body.data.id);
      const [caught] = await bench.smtp.mailsTo(to);
      await bench.deliver();
      expect(bench.smtp.mails.filter((one) => one.to.includes(to))).to.have.length(1);
      expect(caught?.mail.html).to.contain('href="https://support.test/reset-password?token&#x3D;secret&amp;x&#x3D;1"');
      const seen = await bench.api.get(`/notifications/${first.body.data.id}`, { token: admin() });
      expect(seen.body.data).to.include({ status: 'SENT', subject: 'Choose a new password' });
      expect(seen.text).not.to.contain('token=secret');
      const stored = await bench.platform.connection.collection('notifications').findOne({ _id: first.body.data.id as never });
      expect(JSON.stringify(stored)).not.to.contain('token=secret');
    });

    const stored = async (id: string) =>
      JSON.stringify(await bench.platform.connection.collection('notifications').findOne({ _id: id as never }));

    it('when it fails for good, then its text is forgotten and it cannot be tried again', async () => {
      const to = `${randomUUID()}@example.test`;
      bench.smtp.behave({ kind: 'refuse', code: 550, recipient: to });
      const sent = await bench.api.post('/internal/notifications', mail(randomUUID(), to), {
        token: bench.platform.serviceTokens.mint(),
        root: true,
      });
      const { id } = sent.body.data;
      await eventually(async () => {
        const seen = await bench.api.get<{ id: string; status: string }>(`/notifications/${id}`, { token: admin() });
        return seen.body.data.status === 'FAILED';
      });
      bench.smtp.behave({ kind: 'accept' });
      expect(await stored(id))
        .to.contain(to)
        .and.not.contain('token=secret');
      const again = await bench.api.post(`/notifications/${id}/retry`, undefined, { token: admin() });
      expect([again.status, again.body.code]).to.deep.equal([409, 'NOTIFICATION_TEXT_GONE']);
    });

    it('when it is cancelled while it waits, then its text is forgotten', async () => {
      const to = `${randomUUID()}@example.test`;
      bench.smtp.behave({ kind: 'refuse', code: 451, recipient: to });
      const sent = await bench.api.post('/internal/notifications', mail(randomUUID(), to), {
        token: bench.platform.serviceTokens.mint(),
        root: true,
      });
      const { id } = sent.body.data;
      await bench.deliver();
      expect(await stored(id)).to.contain('token=secret');
      expect((await bench.api.post(`/notifications/${id}/cancel`, undefined, { token: admin() })).status).to.equal(200);
      expect(await stored(id)).to.not.contain('token=secret');
      bench.smtp.behave({ kind: 'accept' });
    });

    it('when a user calls it, then 401', async () => {
      const answer = await bench.api.post('/internal/notifications', mail(randomUUID(), 'a@example.test'), { token: admin(), root: true });
      expect(answer.status).to.equal(401);
    });
  });
});
