import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { startCrowd, type Crowd, type Details } from './crowd.js';

const ON = { email: true, sms: true, inApp: true };

describe('an announcement on its way', () => {
  let crowd: Crowd;
  beforeEach(async () => {
    crowd = await startCrowd();
  });
  afterEach(() => crowd.bench.stop());

  const choose = (userId: string, preferences: object) =>
    crowd.bench.api.put(
      '/me/notification-preferences',
      { categories: {}, ...preferences },
      { token: crowd.bench.tokenFor({ role: 'CUSTOMER_USER', userId }) },
    );

  it('when its time has not come, then nothing is sent; when it has, then all', async () => {
    const { bench, knowCustomer, announce, pass, details, addresses } = crowd;
    const customer = await knowCustomer();
    const { id, status } = (await announce({ sendAt: '2026-03-02T12:00:00Z' })).body.data;
    expect(status).to.equal('SCHEDULED');
    await pass();
    expect([(await details(id)).status, addresses()]).to.deep.equal(['SCHEDULED', []]);
    bench.clock.set('2026-03-02T12:00:00Z');
    await pass();
    expect([(await details(id)).status, addresses()]).to.deep.equal(['SENT', [customer.contactEmail]]);
  });

  it('when it is cancelled before, then it is never sent; afterwards it cannot be', async () => {
    const { bench, admin, knowCustomer, announce, announced, pass, addresses } = crowd;
    await knowCustomer();
    const cancel = (id: string) => bench.api.post<Details>(`/announcements/${id}/cancel`, undefined, admin);
    const { id } = (await announce({ sendAt: '2026-03-02T12:00:00Z' })).body.data;
    expect((await cancel(id)).body.data).to.include({ id, status: 'CANCELLED' });
    bench.clock.set('2026-03-02T12:00:00Z');
    await pass();
    expect(addresses()).to.deep.equal([]);
    for (const ended of [id, (await announced()).id]) {
      const { status, body } = await cancel(ended);
      expect([status, body.code]).to.deep.equal([409, 'ANNOUNCEMENT_NOT_CANCELLABLE']);
    }
    expect((await cancel(randomUUID())).status).to.equal(404);
  });

  it('when people do not want it or mails came back, then they are left out, as previewed', async () => {
    const { bench, admin, knowCustomer, knowPerson, post, announced, recipients, addresses } = crowd;
    const { id: customerId } = await knowCustomer();
    const [off, gone, here] = [await knowPerson(customerId), await knowPerson(customerId), await knowPerson(customerId)];
    await choose(off.id, { categories: { ANNOUNCEMENTS: { ...ON, email: false } } });
    bench.smtp.behave({ kind: 'refuse', code: 550, recipient: gone.email });
    const message = { channel: 'EMAIL', recipients: [gone.email], subject: 'Hello', body: 'Hello' };
    await bench.api.post('/notifications', message, admin);
    await bench.deliver();
    const preview = (await post<{ people: number; channels: object[]; mail: { text: string } }>('/announcements/preview', {})).body.data;
    expect(preview.people).to.equal(3);
    expect(preview.channels).to.deep.equal([
      { channel: 'EMAIL', reached: 1, leftOut: { NO_ADDRESS: 0, SWITCHED_OFF: 1, ADDRESS_FAILED: 1 } },
    ]);
    expect(preview.mail.text).to.contain('we are closed on Monday.').and.to.contain('Stop mails of this kind: https://support.test/');
    expect(addresses()).to.deep.equal([]);
    const { id, results } = await announced();
    expect(results).to.deep.equal({ WAITING: 0, SENT: 1, FAILED: 0, LEFT_OUT: 2 });
    expect(addresses()).to.deep.equal([here.email]);
    const left = await recipients(id, '&result=LEFT_OUT');
    const reasonOf = (userId: string) => left.find((each) => each.userId === userId)?.reason;
    expect(reasonOf(off.id)).to.contain('switched ANNOUNCEMENTS off');
    expect(reasonOf(gone.id)).to.contain('has failed');
  });

  it('when a reader follows the link in the mail, then the next one leaves them out', async () => {
    const { bench, knowCustomer, announced, recipients } = crowd;
    const customer = await knowCustomer();
    await announced();
    const [, way = ''] = /https:\/\/support\.test(\/\S+)/.exec(bench.smtp.mails[0]?.mail.text?.split('-- ')[1] ?? '') ?? [];
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await bench.api.request('POST', way, 'List-Unsubscribe=One-Click', { root: true, headers })).status).to.equal(200);
    const { id, results } = await announced();
    expect(results.LEFT_OUT).to.equal(1);
    expect((await recipients(id)).map(({ customerId, result }) => [customerId, result])).to.deep.equal([[customer.id, 'LEFT_OUT']]);
  });

  it('when somebody wants a digest, then it comes with that', async () => {
    const { bench, knowCustomer, knowPerson, announced, recipients, addresses } = crowd;
    const person = await knowPerson((await knowCustomer()).id);
    await choose(person.id, { digest: 'DAILY' });
    const { id } = await announced();
    expect(addresses()).to.deep.equal([]);
    const [row] = await recipients(id);
    bench.clock.set('2026-03-03T08:00:00Z');
    await bench.deliver();
    expect(addresses()).to.deep.equal([person.email]);
    expect(row?.collectedIn).to.be.a('string');
  });

  it('when the server refuses some, then these have failed, with what it said', async () => {
    const { bench, knowCustomer, announced, recipients } = crowd;
    const [gone] = [await knowCustomer(), await knowCustomer()];
    bench.smtp.behave({ kind: 'refuse', code: 550, recipient: gone.contactEmail, message: 'no such mailbox' });
    const { id, results } = await announced();
    expect(results).to.deep.equal({ WAITING: 0, SENT: 1, FAILED: 1, LEFT_OUT: 0 });
    const failed = await recipients(id, '&result=FAILED');
    expect(failed.map(({ customerId }) => customerId)).to.deep.equal([gone.id]);
    expect(failed[0]?.reason).to.contain('no such mailbox');
  });

  it('when it was broken off, then the next run goes on and everybody gets it once', async () => {
    const { bench, knowCustomer, announce, pass, details, addresses } = crowd;
    const customers = await Promise.all(Array.from({ length: 110 }, () => knowCustomer()));
    bench.smtp.behave({ kind: 'refuse', code: 451 });
    const { id } = (await announce()).body.data;
    await pass();
    // As a crash leaves it: some have their notification, and how far it had come is not written down.
    const { connection } = bench.platform;
    const made = connection.collection<{ _id: string }>('notifications');
    const some = await made
      .find({}, { projection: { _id: 1 } })
      .limit(40)
      .toArray();
    await made.deleteMany({ _id: { $in: some.map(({ _id }) => _id) } });
    const left = { status: 'SENDING', progress: { stage: 0 }, dueAt: bench.clock.now() };
    await connection.collection('announcements').updateOne({ _id: id as never }, { $set: left, $unset: { sentAt: '' } });
    bench.smtp.behave({ kind: 'accept' });
    bench.clock.advance(60_000);
    await pass();
    expect((await details(id)).status).to.equal('SENT');
    expect((await details(id)).results).to.deep.equal({ WAITING: 0, SENT: 110, FAILED: 0, LEFT_OUT: 0 });
    expect(addresses()).to.have.members(customers.map(({ contactEmail }) => contactEmail));
  });

  it('when two instances send it at once, then nobody gets it twice', async () => {
    const { bench, knowCustomer, announce, details, addresses } = crowd;
    const customers = await Promise.all(Array.from({ length: 40 }, () => knowCustomer()));
    const { platform, smtp, clock, tokens } = bench;
    const other = await startCrowd({ connection: platform.connection, smtp, clock, tokens });
    try {
      const { id } = (await announce()).body.data;
      await Promise.all([crowd.pass(), other.pass(), crowd.pass(), other.pass()]);
      await Promise.all([crowd.pass(), other.pass()]);
      expect((await details(id)).results.SENT).to.equal(40);
      expect(addresses()).to.have.members(customers.map(({ contactEmail }) => contactEmail));
    } finally {
      await other.bench.stop();
    }
  });
});
