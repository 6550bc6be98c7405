import { randomUUID } from 'node:crypto';
import { eventually } from '@riparo/shared/testing/eventually';
import type { Connection } from 'mongoose';
import { expect } from 'chai';
import { startBench, type Bench } from './bench.js';

const LATER = '2026-03-02T11:00:00Z';

describe('what is sent first', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z', config: { SMTP_CONNECTIONS: 1 } });
  });
  afterEach(() => bench.stop());

  const raise = (address: string) => {
    const message = { channel: 'EMAIL', recipients: [address], subject: 'Hello', body: 'Hello', sendAt: LATER };
    return bench.api.post('/notifications', message, { token: bench.tokenFor({ role: 'AGENT' }) });
  };
  const secure = (address: string) => {
    const mail = { channel: 'EMAIL', recipients: [address], subject: 'Password', body: 'Link', dedupeKey: randomUUID() };
    return bench.api.post('/internal/notifications', mail, {
      token: bench.platform.serviceTokens.mint(),
      root: true,
    });
  };
  const addresses = () => bench.smtp.mails.flatMap(({ to }) => to);
  const waiting = (connection: Connection) => connection.collection('notifications');

  it('when mails wait, then one about an account goes before all of them', async () => {
    for (let n = 0; n < 12; n++) await raise(`${n}@example.test`);
    bench.clock.set('2026-03-02T12:00:00Z');
    await secure('locked-out@example.test');
    await bench.deliver();
    expect(addresses()).to.have.length(13);
    expect(addresses().indexOf('locked-out@example.test')).to.equal(0);
  });

  it('when an announcement waits, then what tells of one thing goes before it', async () => {
    const people = ['a', 'b', 'c', 'd'].map((name) => `${name}@centre.test`);
    for (const email of people) await bench.knowUser({ role: 'TECH', email });
    bench.smtp.behave({ kind: 'refuse', code: 451 });
    const announcement = { audience: 'TECHNICIANS', channels: ['EMAIL'], subject: 'News', body: 'News' };
    const admin = { token: bench.tokenFor({ role: 'ADMIN' }) };
    const { id } = (await bench.api.post('/announcements', announcement, admin)).body.data;
    await eventually(async () => {
      await bench.service.sendAnnouncements();
      return (await bench.api.get(`/announcements/${id}`, admin)).body.data.status === 'SENT';
    });
    await bench.deliver();
    for (let n = 0; n < 4; n++) await raise(`${n}@example.test`);
    // As an earlier version raised them.
    await waiting(bench.platform.connection).updateMany({ category: 'MESSAGES' }, { $unset: { rank: '' } });
    bench.smtp.behave({ kind: 'accept' });
    bench.clock.set('2026-03-02T12:00:00Z');
    await bench.deliver();
    expect(addresses()).to.have.length(8);
    expect(addresses().slice(4)).to.have.members(people);
  });

  it('when much waits, then the first are found by an index that has them in front', async () => {
    const collection = waiting(bench.platform.connection);
    const due = { nextAttemptAt: { $exists: true, $lte: new Date() } };
    for (const rank of [1, { $in: [2, null] }, 3]) {
      const plan = JSON.stringify(
        await collection
          .find({ channel: 'EMAIL', ...due, rank })
          .sort({ nextAttemptAt: 1 })
          .explain('queryPlanner'),
      );
      expect(plan).to.contain('due_by_rank').and.not.to.contain('"stage":"SORT"');
    }
  });
});
