import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import {
  RepairAssigned,
  RepairCollected,
  RepairCompleted,
  RepairReceived,
  RepairStatusChanged,
  type PublishedRepair,
} from '@riparo/shared/contracts/repairs.events';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { startBench, type Bench, type Somebody } from './bench.js';

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly openRepairCount: number;
  readonly totalRepairCount: number;
  readonly lastServiceAt?: string;
  readonly recentRepairs: readonly { readonly number: string; readonly statusName: string }[];
}
interface Entry {
  readonly id: string;
  readonly type: string;
  readonly at: string;
  readonly repair?: { readonly number: string };
  readonly problem?: string;
  readonly resolution?: string;
  readonly from?: string;
  readonly to?: string;
}

const [BEGUN, DONE, READY, FETCHED] = ['10', '11', '12', '13'].map((hour) => `2026-03-02T${hour}:00:00.000Z`) as [
  string,
  string,
  string,
  string,
];
const PRICE = { amount: 4_990, currency: 'EUR' };

describe('A device follows its repairs', () => {
  let bench: Bench;
  let rossi: Somebody;
  let assetId: string;
  const tech = randomUUID();
  before(async () => (bench = await startBench()));
  after(() => bench.stop());
  beforeEach(async () => {
    rossi = await bench.customer();
    assetId = await bench.asset(rossi);
  });

  const repair = (part: Partial<PublishedRepair> = {}) => buildPublishedRepair({ assetId, customerId: rossi.customerId, ...part });
  const shown = async (token = rossi.token) => (await bench.api.get<Shown>(`/assets/${assetId}`, { token })).body.data;
  const history = async (token = rossi.token) => {
    await bench.world.idle();
    return (await bench.api.get<Entry[]>(`/assets/${assetId}/history?pageSize=50`, { token })).body.data;
  };
  const told = (entries: readonly Entry[]) => entries.filter(({ type }) => type.startsWith('REPAIR'));

  /** From intake to collection, told in the order of `versions`. */
  const tellAll = async (it: PublishedRepair, versions: readonly number[]): Promise<void> => {
    const { world } = bench;
    const subject = it.id;
    const begun = { ...it, assignedToUserId: tech, status: 'IN_PROGRESS' } as const;
    const outcome = {
      type: 'COMPLETED',
      description: 'New power supply',
      amount: PRICE,
      productionCost: { amount: 1_200, currency: 'EUR' },
      decidedAt: DONE,
      decidedByUserId: tech,
    } as const;
    const done = { ...begun, status: 'COMPLETED', outcome, amountDue: PRICE } as const;
    const ready = { ...done, status: 'READY_FOR_PICKUP', readyAt: READY } as const;
    const fetched = { ...ready, status: 'CLOSED', collectedAt: FETCHED, collectedBy: 'Rosa' } as const;
    const changed = (repair: PublishedRepair, at: string, from: PublishedRepair['status'], version: number) =>
      world.publish(RepairStatusChanged, { repair, at, actorUserId: tech, from, to: repair.status }, { subject, version });
    const tell: Readonly<Record<number, () => Promise<unknown>>> = {
      1: () => world.publish(RepairReceived, { repair: it, at: it.createdAt, actorUserId: it.createdByUserId }, { subject, version: 1 }),
      2: async () => {
        await world.publish(RepairAssigned, { repair: begun, at: BEGUN, actorUserId: tech }, { subject, version: 2 });
        await changed(begun, BEGUN, 'PENDING', 2);
      },
      3: async () => {
        await changed(done, DONE, 'IN_PROGRESS', 3);
        await world.publish(RepairCompleted, { repair: done, at: DONE, actorUserId: tech }, { subject, version: 3 });
      },
      4: () => changed(ready, READY, 'COMPLETED', 4),
      5: async () => {
        await changed(fetched, FETCHED, 'READY_FOR_PICKUP', 5);
        await world.publish(RepairCollected, { repair: fetched, at: FETCHED }, { subject, version: 5 });
      },
    };
    for (const version of versions) await tell[version]?.();
    await world.idle();
  };

  it('when it is taken in, then it is in repair until it is fetched, and its page says what is open', async () => {
    const it = repair();
    await tellAll(it, [1]);
    expect(await shown()).to.include({ status: 'IN_REPAIR', openRepairCount: 1, totalRepairCount: 1 });
    expect((await shown()).recentRepairs[0]).to.include({ number: it.number, statusName: 'Pending' });
    await tellAll(it, [2, 3, 4]);
    expect(await shown()).to.include({ status: 'IN_REPAIR', openRepairCount: 1, lastServiceAt: DONE });
    await tellAll(it, [5]);
    expect(await shown()).to.include({ status: 'ACTIVE', openRepairCount: 0, totalRepairCount: 1, lastServiceAt: DONE });
  });

  it('when a repair was only asked for, then the device is in repair from the moment that work begins', async () => {
    const it = repair({ source: 'PORTAL' });
    await tellAll(it, [1]);
    expect((await shown()).status).to.equal('ACTIVE');
    await tellAll(it, [2]);
    expect((await shown()).status).to.equal('IN_REPAIR');
  });

  it('when a repair is over, then the history tells it once, newest first, without what it cost', async () => {
    const it = repair();
    await tellAll(it, [1, 2, 3, 4, 5]);
    const entries = told(await history());
    expect(entries.map(({ type, to }) => to ?? type)).to.deep.equal([
      'REPAIR_COLLECTED',
      'READY_FOR_PICKUP',
      'REPAIR_COMPLETED',
      'IN_PROGRESS',
      'REPAIR_ASSIGNED',
      'REPAIR_RECEIVED',
    ]);
    expect(entries[2]).to.deep.include({ resolution: 'New power supply', at: DONE, repair: { id: it.id, number: it.number } });
    expect(entries[5]).to.include({ problem: 'Does not start' });
    expect(JSON.stringify([entries, await shown()])).not.to.match(/4990|1200|amount|Cost/);
  });

  for (const order of [
    [5, 4, 3, 2, 1],
    [3, 1, 2, 2, 5, 4, 1],
    [1, 1, 2, 3, 3, 4, 5, 5],
  ])
    it(`when the events come as ${order.join(' ')}, then all is the same`, async () => {
      const it = repair();
      await tellAll(it, order);
      expect(await shown()).to.include({ status: 'ACTIVE', openRepairCount: 0, totalRepairCount: 1, lastServiceAt: DONE });
      const entries = told(await history());
      expect(entries.map(({ id }) => id)).to.have.length(new Set(entries.map(({ id }) => id)).size);
      expect(entries.map(({ type, to }) => to ?? type)).to.have.members([
        'REPAIR_COLLECTED',
        'READY_FOR_PICKUP',
        'REPAIR_COMPLETED',
        'IN_PROGRESS',
        'REPAIR_ASSIGNED',
        'REPAIR_RECEIVED',
      ]);
    });

  it('when it was cancelled, then it is active again and was not serviced', async () => {
    const it = repair();
    await tellAll(it, [1]);
    const canceled = { ...it, status: 'CANCELED' } as const;
    await bench.world.publish(
      RepairStatusChanged,
      { repair: canceled, at: BEGUN, from: 'PENDING', to: 'CANCELED' },
      { subject: it.id, version: 2 },
    );
    const detail = await shown();
    expect(detail).to.include({ status: 'ACTIVE', openRepairCount: 0, totalRepairCount: 1 });
    expect(detail).not.to.have.property('lastServiceAt');
  });

  it('when there are two repairs, then it stays in repair until the last, or until the desk says so', async () => {
    const [one, two] = [repair(), repair({ number: 'REP-2026-000002' })];
    await tellAll(one, [1]);
    await tellAll(two, [1]);
    await tellAll(one, [2, 3, 4, 5]);
    expect((await shown()).status).to.equal('IN_REPAIR');
    const { token } = bench.staff();
    await bench.api.put(`/assets/${assetId}`, { status: 'ACTIVE' }, { token });
    await tellAll(two, [2]);
    expect((await shown()).status).to.equal('ACTIVE');
    await tellAll(two, [3, 4, 5]);
    expect((await shown()).status).to.equal('ACTIVE');
  });

  it('when it was handed to another customer, then they see nothing of the repair, and staff do', async () => {
    const it = repair();
    await tellAll(it, [1, 2]);
    const { token } = bench.staff();
    const other = await bench.customer();
    const body = { customerId: other.customerId, locationId: await bench.location(other) };
    expect((await bench.api.post(`/assets/${assetId}/transfer`, body, { token })).status).to.equal(200);
    expect((await shown(other.token)).status).to.equal('ACTIVE');
    await tellAll(it, [3]);
    expect(await shown(other.token)).to.include({ status: 'ACTIVE', openRepairCount: 0, totalRepairCount: 0 });
    expect((await shown(other.token)).recentRepairs).to.deep.equal([]);
    expect(told(await history(other.token))).to.deep.equal([]);
    expect(told(await history(token))).to.have.length(4);
  });
});
