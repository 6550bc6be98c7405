import { PickupNoticeSettled } from '@riparo/shared/contracts/notifications.events';
import { expectIndexed, plansOf } from '@riparo/shared/testing/query-plans';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { CHARGE } from '../life.js';
import { startShelf, type Shelf } from './shelf.js';

const REASON = { reason: 'Three reminders, no answer' };

describe('giving up a device that nobody collects', () => {
  let shelf: Shelf;
  beforeEach(async () => {
    shelf = await startShelf();
  });
  afterEach(() => shelf.bench.stop());

  const ask = (id: string, by = shelf.admin) => shelf.desk.act(id, 'abandon', by, REASON);
  const nextStep = async (id: string) => {
    const { body } = await shelf.bench.api.get<readonly { readonly id: string; readonly nextStep?: unknown }[]>(
      '/repairs?uncollected=true',
      shelf.desk.agent,
    );
    return body.data.find((repair) => repair.id === id)?.nextStep;
  };
  const approve = (id: string, by = shelf.other) => shelf.desk.act(id, 'abandon/approve', by);
  /** A device whose last notice went out on 1 May; it may be given up from 16 May on. */
  const ripe = async (isMailed = true) => {
    const id = await shelf.desk.repairIn('READY_FOR_PICKUP', { sheet: { devicePassword: 'orchidea' } });
    for (const day of ['2026-03-09', '2026-04-01', '2026-05-01']) await shelf.on(day);
    if (isMailed) await shelf.mailed(id, 3);
    await shelf.on('2026-05-16');
    return id;
  };

  it('when the last notice is not out, or its days are not over, then 409 says from when it may be', async () => {
    const id = await shelf.ready();
    expect((await ask(id)).body).to.include({ status: 409, code: 'ABANDON_TOO_EARLY' });
    for (const day of ['2026-03-09', '2026-04-01', '2026-05-01']) await shelf.on(day);
    await shelf.mailed(id, 3);
    await shelf.on('2026-05-15');
    expect((await ask(id)).body).to.include({ code: 'ABANDON_TOO_EARLY', from: '2026-05-16' });
    await shelf.on('2026-05-16');
    expect((await ask(id)).status).to.equal(200);
  });

  it('when two administrators agree, then the repair closes, and what is left stays due', async () => {
    const id = await ripe();
    const { body } = await ask(id);
    expect(body.data.abandonment).to.deep.equal({
      ...REASON,
      requestedByUserId: shelf.admin.caller.userId,
      requestedAt: '2026-05-16T10:30:00.000Z',
    });
    expect((await shelf.desk.read(id, shelf.desk.rosa)).abandonment).to.equal(undefined);
    expect((await ask(id, shelf.other)).body.code).to.equal('ABANDON_REQUESTED');
    expect((await approve(id, shelf.admin)).body.code).to.equal('SECOND_PERSON_NEEDED');
    expect((await approve(id, shelf.desk.agent)).status).to.equal(403);
    const count = (await shelf.bench.events()).length;
    const { body: closed, status, text } = await approve(id);
    expect(status, text).to.equal(200);
    expect(closed.data).to.deep.include({ status: 'CLOSED', hasDevicePassword: false });
    expect(closed.data).not.to.have.any.keys('collectedAt', 'abandonment', 'workWarranty', 'paidAt');
    expect(closed.data.abandoned).to.include({ approvedByUserId: shelf.other.caller.userId, at: '2026-05-16T10:30:00.000Z' });
    expect(closed.data.amountLeft).to.deep.equal({ amount: CHARGE + 1_000, currency: 'EUR' });
    expect((await shelf.desk.read(id, shelf.desk.rosa)).abandoned).to.deep.equal({ at: '2026-05-16T10:30:00.000Z' });
    const events = (await shelf.bench.events()).slice(count);
    expect(events.map(({ type }) => type)).to.deep.equal(['repair-status-changed', 'repair-abandoned']);
    expect(events[1]?.data.repair).to.include({ abandoned: true });
    expect((await approve(id)).body.code).to.equal('REPAIR_NOT_LEFT_BEHIND');
  });

  it('when the customer pays after all, then it is not given up, and what is too much goes back first', async () => {
    const id = await ripe();
    await ask(id);
    await shelf.desk.act(id, 'payment', shelf.desk.agent, { method: 'CASH', amount: CHARGE });
    expect((await approve(id)).body.code).to.equal('ABANDON_NOT_REQUESTED');
    await shelf.desk.act(id, 'waive', shelf.desk.agent, { reason: 'Kind' });
    const booking = { bookingId: randomUUID(), amount: { amount: 500, currency: 'EUR' }, method: 'ONLINE', evenIfNotDue: true };
    const headers = {
      authorization: `Bearer ${shelf.bench.test.platform.serviceTokens.mint()}`,
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
    };
    const url = `${shelf.bench.baseUrl}/internal/repairs/${id}/payments`;
    expect((await fetch(url, { method: 'POST', headers, body: JSON.stringify(booking) })).status).to.equal(200);
    expect((await ask(id)).body).to.include({ status: 409, code: 'REFUND_DUE' });
    await shelf.desk.act(id, 'refund', shelf.admin, { method: 'CASH', amount: 500, reason: 'Paid too much' });
    expect([(await ask(id)).status, (await approve(id)).status]).to.deep.equal([200, 200]);
  });

  it('when it is withdrawn, or the customer comes after all, then it is not given up', async () => {
    const id = await ripe();
    await ask(id);
    const withdraw = () => shelf.bench.api.delete(`/repairs/${id}/abandon`, shelf.other);
    expect((await withdraw()).status).to.equal(204);
    expect((await withdraw()).body.code).to.equal('ABANDON_NOT_REQUESTED');
    expect((await approve(id)).body.code).to.equal('ABANDON_NOT_REQUESTED');
    await ask(id);
    await shelf.desk.act(id, 'waive', shelf.desk.agent, { reason: 'Kind' });
    const { body } = await shelf.desk.act(id, 'collect', shelf.desk.agent, { collectedBy: 'Rosa' });
    expect(body.data).to.include({ status: 'CLOSED' }).and.not.have.any.keys('abandonment', 'abandoned');
  });

  it('when the last mail did not arrive, then somebody has to write or call first', async () => {
    const id = await ripe(false);
    const settled = (result: 'SENT' | 'FAILED', version: number) =>
      shelf.bench.test.publish(
        PickupNoticeSettled,
        { repairId: id, notice: 3, result, at: '2026-05-02T10:00:00.000Z' },
        { subject: randomUUID(), version },
      );
    await settled('FAILED', 2);
    const asStaff = await shelf.desk.read(id);
    expect(asStaff.activities.at(-1)).to.include({ isInternal: true, body: 'Reminder 3 did not reach the customer' });
    expect((asStaff.pickup as { notices: object[] }).notices.at(-1)).to.include({ notice: 3, result: 'FAILED' });
    expect((await shelf.desk.read(id, shelf.desk.rosa)).activities.map(({ body }) => body)).not.to.include(
      'Reminder 3 did not reach the customer',
    );
    expect((await ask(id)).body.code).to.equal('CUSTOMER_NOT_REACHED');
    expect(await nextStep(id)).to.deep.equal({ what: 'CONTACT', on: '2026-05-16' });
    await shelf.desk.act(id, 'pickup-notices', shelf.desk.agent, { channel: 'CALL' });
    // The days count from the call.
    expect((await ask(id)).body).to.include({ code: 'ABANDON_TOO_EARLY', from: '2026-05-31' });
    expect(await nextStep(id)).to.deep.equal({ what: 'WAIT', on: '2026-05-31' });
    await shelf.desk.act(id, 'pickup-notices', shelf.desk.agent, { channel: 'LETTER' });
    await shelf.on('2026-05-31');
    expect((await ask(id)).status).to.equal(200);
    await settled('SENT', 3);
    await settled('FAILED', 2);
    expect(((await shelf.desk.read(id)).pickup as { notices: object[] }).notices[2]).to.include({ result: 'SENT' });
  });

  it('when a mail that failed was sent later after all, then the days count from then', async () => {
    const id = await ripe(false);
    const settled = (result: 'SENT' | 'FAILED', at: string, version: number) =>
      shelf.bench.test.publish(PickupNoticeSettled, { repairId: id, notice: 3, result, at }, { subject: randomUUID(), version });
    await settled('FAILED', '2026-05-02T10:00:00.000Z', 1);
    await settled('SENT', '2026-05-10T10:00:00.000Z', 2);
    expect((await ask(id)).body).to.include({ code: 'ABANDON_TOO_EARLY', from: '2026-05-25' });
    expect((await shelf.desk.read(id)).pickup).to.have.nested.property('notices[2].sentAt', '2026-05-10T10:00:00.000Z');
    expect((await shelf.desk.read(id, shelf.desk.rosa)).pickup).not.to.have.nested.property('notices[2].sentAt');
  });

  it('when nobody knows yet whether the last mail went, then the device is kept', async () => {
    const id = await ripe(false);
    expect((await ask(id)).body.code).to.equal('CUSTOMER_NOT_REACHED');
    await shelf.mailed(id, 3);
    expect((await ask(id)).body).to.include({ code: 'ABANDON_TOO_EARLY', from: '2026-05-31' });
    await shelf.on('2026-05-31');
    expect((await ask(id)).status).to.equal(200);
    expect((await approve(id)).body.data).to.include({ status: 'CLOSED' });
  });

  it('when giving up waits for its second person, then staff find it by an index, and customers do not', async () => {
    const id = await ripe();
    const asked = (by = shelf.other) => shelf.bench.api.get<readonly { readonly id: string }[]>('/repairs?abandonRequested=true', by);
    const found = async (by?: Parameters<typeof asked>[0]) => (await asked(by)).body.data.map((repair) => repair.id);
    expect(await found()).to.deep.equal([]);
    await ask(id);
    expect([await found(), await found(shelf.desk.rosa)]).to.deep.equal([[id], []]);
    expectIndexed(await plansOf(shelf.bench.test.platform.connection, 'repairs', asked), 'abandonRequested', ['abandonRequested']);
    await approve(id);
    expect(await found()).to.deep.equal([]);
  });

  it('when approval, collection and the job meet, then one of them ends it', async () => {
    const id = await ripe();
    await ask(id);
    await shelf.desk.act(id, 'waive', shelf.desk.agent, { reason: 'Kind' });
    const third = shelf.bench.person('SUPER_ADMIN');
    const answers = await Promise.all([
      approve(id),
      approve(id, third),
      shelf.desk.act(id, 'collect', shelf.desk.agent, { collectedBy: 'Rosa' }),
      shelf.look(),
    ]);
    expect(answers.filter((answer) => answer?.status === 200)).to.have.length(1);
    const { abandoned, collectedAt } = await shelf.desk.read(id);
    expect((abandoned === undefined) !== (collectedAt === undefined)).to.equal(true);
  });

  it('when a day of storage and the collection meet, then it is paid or not charged', async () => {
    for (let round = 0; round < 5; round++) {
      shelf.bench.test.clock.set('2026-03-02T10:00:00Z');
      const id = await shelf.ready();
      await shelf.desk.act(id, 'payment', shelf.desk.agent, { method: 'CASH', amount: CHARGE });
      shelf.bench.test.clock.set('2026-04-02T10:30:00Z');
      const [collected] = await Promise.all([shelf.desk.act(id, 'collect', shelf.desk.agent, { collectedBy: 'Rosa' }), shelf.look()]);
      const { amountLeft, status } = await shelf.desk.read(id);
      expect([collected.status, status, amountLeft.amount]).to.deep.be.oneOf([
        [200, 'CLOSED', 0],
        [409, 'READY_FOR_PICKUP', 103],
      ]);
    }
  });
});
