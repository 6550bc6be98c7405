import { SettingsChanged } from '@riparo/shared/contracts/auth.events';
import { RepairAbandoned, RepairPickupNoticeDue } from '@riparo/shared/contracts/repair-money.events';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { knowCustomer, startBench, type Bench } from './bench.js';

const at = '2026-05-01T10:00:00.000Z';
const euros = (amount: number) => ({ amount, currency: 'EUR' });

describe('devices that nobody collects', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ now: at });
  });
  afterEach(() => bench.stop());

  const known = async () => {
    const [customerId, address] = [randomUUID(), `${randomUUID()}@walk-in.test`];
    await knowCustomer(bench, customerId, address);
    const waits = { customerId, status: 'READY_FOR_PICKUP' as const, readyAt: '2026-03-02T10:00:00.000Z' };
    return { address, repair: buildPublishedRepair({ ...waits, amountDue: euros(6_500), amountLeft: euros(6_500) }) };
  };
  const mailsTo = async (address: string) => {
    await bench.deliver();
    return bench.smtp.mails.filter(({ to }) => to.includes(address)).map(({ mail }) => mail);
  };

  it('when a notice is due, then the customer gets one mail, and the last one is firmer', async () => {
    const { address, repair } = await known();
    const data = { repair, at, readyOn: '2026-03-02', storageFee: euros(0), notice: 1, isLast: false };
    const first = { subject: repair.id, version: 7 };
    await bench.publish(RepairPickupNoticeDue, data, first);
    await bench.publish(RepairPickupNoticeDue, data, first);
    const last = { ...data, notice: 3, isLast: true, givenUpAfter: '2026-05-15', storageFee: euros(1_500) };
    await bench.publish(RepairPickupNoticeDue, last, { subject: repair.id, version: 9 });
    const [friendly, firm, ...more] = await mailsTo(address);
    expect(more).to.deep.equal([]);
    expect(friendly?.subject).to.equal('[REP-2026-000001] Please collect your Dell Latitude 7420');
    expect(friendly?.text).to.contain('2 March 2026').and.contain('€65.00').and.not.contain('Storage').and.not.contain('give it up');
    expect(firm?.subject).to.equal('[REP-2026-000001] Last reminder: please collect your Dell Latitude 7420');
    expect(firm?.text).to.contain('15 May 2026').and.contain('Storage so far: €15.00').and.contain('our last reminder');
  });

  const settled = async () => {
    await bench.idle();
    return bench.published.map(({ type, data }) => [type, data]);
  };

  it('when the mail was sent, or nobody could be reached, then that is told once', async () => {
    const { address, repair } = await known();
    const data = { repair, at, readyOn: '2026-03-02', storageFee: euros(0), notice: 2, isLast: false };
    await bench.publish(RepairPickupNoticeDue, data, { subject: repair.id, version: 7 });
    await mailsTo(address);
    await bench.deliver();
    const type = 'riparo.notifications.pickup-notice-settled.v1';
    expect(await settled()).to.deep.equal([[type, { repairId: repair.id, notice: 2, result: 'SENT', at }]]);
    const stranger = buildPublishedRepair();
    await bench.publish(RepairPickupNoticeDue, { ...data, repair: stranger }, { subject: stranger.id });
    // The customer may be on its way to this service, so it is tried for a day.
    for (let hours = 0; hours < 30; hours++) {
      bench.clock.advance(3_600_000);
      await bench.deliver();
    }
    expect((await settled())[1]?.[1]).to.deep.include({ repairId: stranger.id, notice: 2, result: 'FAILED' });
  });

  it('when the device was given up, then the customer is told, in the language of the centre', async () => {
    const calendar = { timeZone: 'Europe/Rome', weekly: {}, exceptions: [] };
    const settings = { companyName: 'Riparo', timeZone: 'Europe/Rome', locale: 'it-IT', currency: 'EUR', calendar };
    await bench.publish(SettingsChanged, { settings }, { subject: randomUUID(), version: 5 });
    const { address, repair } = await known();
    const people = { requestedByUserId: randomUUID(), approvedByUserId: randomUUID(), actorUserId: randomUUID() };
    await bench.publish(RepairAbandoned, { repair, at, reason: 'Secret of the desk', ...people }, { subject: repair.id });
    const [mail] = await mailsTo(address);
    expect(mail?.subject).to.equal('[REP-2026-000001] Abbandonato: Dell Latitude 7420');
    expect(mail?.text).to.contain('65,00').and.not.contain('Secret');
  });
});
