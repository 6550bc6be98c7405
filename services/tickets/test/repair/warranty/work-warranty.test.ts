import { expectIndexed, plansOf } from '@riparo/shared/testing/query-plans';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { lastDayOf } from '../../../src/repair/warranty/work-warranty.js';
import { startBench, type Bench, type Person } from '../../bench.js';
import { startDesk, type Desk } from '../life.js';
import { buildRepair, opened, type RepairView } from '../repair.builder.js';

const euros = (amount: number) => ({ amount, currency: 'EUR' });
const LABOUR = { kind: 'LABOUR', description: 'Work', unitPrice: 6_000, vatRate: 22 };
const reserved = (more: object = {}) => ({
  id: randomUUID(),
  partId: randomUUID(),
  name: 'Display',
  quantity: 1,
  state: 'RESERVED' as const,
  unitPrice: euros(4_000),
  vatRate: 22,
  charge: 'BILLED' as const,
  ...more,
});

describe('the last day of a warranty', () => {
  for (const [from, months, until] of [
    ['2026-01-15', 3, '2026-04-15'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2027-11-30', 3, '2028-02-29'],
    ['2026-12-31', 12, '2027-12-31'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2026-03-31', 1, '2026-04-30'],
  ] as const)
    it(`when ${months} months begin on ${from}, then it is ${until}`, () => expect(lastDayOf(from, months)).to.equal(until));
});

describe('the warranty on our own work', () => {
  let bench: Bench;
  let desk: Desk;
  let serial = 0;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-01-15T10:00:00Z' });
    desk = await startDesk(bench);
  });
  afterEach(() => bench.stop());

  const device = () => ({ ...buildRepair().device, serialNumber: `SN-${++serial}` });
  /** Opens the repair of a device, completes it, takes the money and hands it back. */
  const begun = async (sheet: object, part?: ReturnType<typeof reserved>) => {
    const id = await desk.repairIn('IN_PROGRESS', { sheet });
    if (part !== undefined) bench.neighbours.reservations.set(id, [part]);
    return id;
  };
  const handedBack = async (id: string, report: object) => {
    const done = await desk.act(id, 'complete', desk.elena, { description: 'Done', ...report });
    expect(done.status, done.text).to.equal(200);
    const { amountLeft } = done.body.data;
    if (amountLeft.amount > 0) await desk.act(id, 'payment', desk.agent, { method: 'CASH', amount: amountLeft });
    await desk.act(id, 'ready', desk.agent);
    const { body, status, text } = await desk.act(id, 'collect', desk.agent, { collectedBy: 'Rosa' });
    expect(status, text).to.equal(200);
    return body.data;
  };
  const repaired = async (sheet: object, part?: ReturnType<typeof reserved>) =>
    handedBack(await begun(sheet, part), part === undefined ? { amount: 4_990 } : { lines: [LABOUR] });
  const claimOf = (warrantyClaimOf: string, sheet: object, by: Person = desk.agent) =>
    bench.api.post<RepairView>('/repairs', buildRepair({ customerId: desk.rosa.caller.customerId, warrantyClaimOf, ...sheet }), by);
  const codeOf = ({ status, body }: { readonly status: number; readonly body: { readonly code?: string } }) => [status, body.code];

  it('when a device is collected, then labour and every part have a last day, and the customer reads it', async () => {
    const part = reserved({ warrantyMonths: 24 });
    const { id, workWarranty } = await repaired({ device: device() }, part);
    const items = [
      { kind: 'LABOUR', description: 'Labour', until: '2026-04-15' },
      { kind: 'PART', partId: part.partId, description: 'Display', until: '2028-01-15' },
    ];
    expect(workWarranty).to.deep.equal(items);
    expect((await desk.read(id, desk.rosa)).workWarranty).to.deep.equal(items);
    const collected = (await bench.events()).findLast(({ type }) => type === 'repair-collected');
    expect((collected?.data.repair as { workWarranty: unknown }).workWarranty).to.deep.equal(items);
  });

  it('when the settings say other months, or none, then those count from the day on the tenant’s calendar', async () => {
    await bench.settings({ timeZone: 'Pacific/Auckland', workWarranty: { labourMonths: 0, partsMonths: 6 } });
    bench.test.clock.set('2026-08-30T13:00:00Z');
    const { workWarranty } = await repaired({ device: device() }, reserved());
    expect(workWarranty).to.have.length(1);
    expect((workWarranty as unknown[])[0]).to.include({ kind: 'PART', until: '2027-02-28' });
  });

  it('when a repair was refused, or the maker paid for the part, then we answer for no part', async () => {
    const refused = await desk.repairIn('REFUSED', { sheet: { device: device() } });
    await desk.act(refused, 'waive', desk.agent, { reason: 'Kind' });
    await desk.act(refused, 'ready', desk.agent);
    expect((await desk.act(refused, 'collect', desk.agent, { collectedBy: 'Rosa' })).body.data).not.to.have.property('workWarranty');
    const covered = { device: { ...device(), warrantyEndDate: '2027-01-01' } };
    const { workWarranty } = await handedBack(await begun(covered, reserved({ charge: 'WARRANTY' })), {});
    expect((workWarranty as { kind: string }[]).map(({ kind }) => kind)).to.deep.equal(['LABOUR']);
  });

  describe('a claim', () => {
    it('when the device comes back in time, then staff are offered the claim, and customers are not', async () => {
      const sheet = { device: device() };
      const first = await repaired(sheet, reserved());
      bench.test.clock.set('2026-06-01T10:00:00Z');
      const again = await opened(bench, desk.agent, buildRepair({ customerId: desk.rosa.caller.customerId, ...sheet }));
      const items = (first.workWarranty as unknown[]).slice(1);
      expect(again.claimableWarranties).to.deep.equal([{ repairId: first.id, number: first.number, items }]);
      expect((await desk.read(again.id)).claimableWarranties).to.deep.equal(again.claimableWarranties);
      expect(await desk.read(again.id, desk.rosa)).not.to.have.property('claimableWarranties');
      const { body } = await bench.api.put<RepairView>(`/repairs/${again.id}`, { warrantyClaimOf: first.id }, desk.agent);
      expect(body.data.warrantyClaimOf).to.deep.equal({ repairId: first.id, number: first.number, items });
      expect((await desk.read(again.id, desk.rosa)).warrantyClaimOf).to.deep.equal(body.data.warrantyClaimOf);
      expect(await desk.read(again.id)).not.to.have.property('claimableWarranties');
      const updated = (await bench.events()).findLast(({ type }) => type === 'repair-updated');
      expect((updated?.data.repair as { warrantyClaimOf: unknown }).warrantyClaimOf).to.deep.equal({
        repairId: first.id,
        number: first.number,
      });
      const back = await bench.api.put<RepairView>(`/repairs/${again.id}`, { warrantyClaimOf: null }, desk.agent);
      expect(back.body.data).not.to.have.property('warrantyClaimOf');
    });

    it('when it is completed, then nothing is charged, and what was covered keeps its last day', async () => {
      const sheet = { device: device() };
      const part = reserved();
      const first = await repaired(sheet, part);
      bench.test.clock.set('2026-04-15T21:59:00Z');
      const { body } = await claimOf(first.id, sheet);
      const { id } = body.data;
      await desk.act(id, 'assign', desk.agent, { technicianId: desk.elena.caller.userId });
      await desk.patch(id, 'IN_PROGRESS', desk.elena);
      bench.neighbours.reservations.set(id, [{ ...part, id: randomUUID() }, reserved({ name: 'Cable' })]);
      const charged = await desk.act(id, 'complete', desk.elena, { description: 'Done', lines: [LABOUR] });
      expect(charged.body.errors.map(({ path }) => path)).to.deep.equal(['lines']);
      const { amountDue, outcome, workWarranty } = await handedBack(id, { lines: [{ ...LABOUR, unitPrice: 0 }] });
      expect(amountDue).to.deep.equal(euros(0));
      const { parts } = outcome as { readonly parts: readonly { readonly charge: string }[] };
      expect(parts.map(({ charge }) => charge)).to.deep.equal(['WARRANTY', 'WARRANTY']);
      expect((workWarranty as { until: string }[]).map(({ until }) => until)).to.deep.equal(['2026-04-15', '2027-01-15', '2027-01-15']);
    });

    it('when only a part of the damage is covered, then the rest is billed and has a warranty of its own', async () => {
      const sheet = { device: device() };
      const part = reserved();
      const first = await repaired(sheet, part);
      bench.test.clock.set('2026-10-01T10:00:00Z');
      const { id } = (await claimOf(first.id, sheet)).body.data;
      await desk.act(id, 'assign', desk.agent, { technicianId: desk.elena.caller.userId });
      await desk.patch(id, 'IN_PROGRESS', desk.elena);
      const [same, other] = [{ ...part, id: randomUUID() }, reserved({ name: 'Keyboard' })];
      bench.neighbours.reservations.set(id, [same, other]);
      const free = { reservationId: same.id, used: 1, charge: 'WARRANTY' };
      const report = { notCoveredReason: 'Coffee in the keyboard', lines: [LABOUR], parts: [free] };
      const wrong = { ...report, parts: [free, { reservationId: other.id, used: 1, charge: 'WARRANTY' }] };
      const faults = (await desk.act(id, 'complete', desk.elena, { description: 'Done', ...wrong })).body.errors;
      expect(faults.map(({ path }) => path)).to.deep.equal(['parts.1.charge']);
      const { amountDue, workWarranty } = await handedBack(id, report);
      expect(amountDue).to.deep.equal(euros(12_200));
      expect((workWarranty as { until: string }[]).map(({ until }) => until)).to.deep.equal(['2027-01-01', '2027-01-15', '2027-10-01']);
    });

    it('when it comes because of a claim, then it refers to the first repair, as often as it takes', async () => {
      const sheet = { device: device() };
      const first = await repaired(sheet, reserved());
      let last = first.id;
      for (const day of ['2026-02-01', '2026-03-01', '2026-04-01']) {
        bench.test.clock.set(`${day}T10:00:00Z`);
        const { body, status, text } = await claimOf(last, sheet);
        expect(status, text).to.equal(201);
        const { id, warrantyClaimOf } = body.data;
        expect(warrantyClaimOf).to.include({ repairId: first.id, number: first.number });
        await desk.act(id, 'assign', desk.agent, { technicianId: desk.elena.caller.userId });
        await desk.patch(id, 'IN_PROGRESS', desk.elena);
        const { workWarranty } = await handedBack(id, {});
        expect(workWarranty).to.deep.equal([{ kind: 'LABOUR', description: 'Labour', until: '2026-04-15' }]);
        last = id;
      }
      bench.test.clock.set('2026-04-16T10:00:00Z');
      const { claimableWarranties } = (await opened(bench, desk.agent, {
        customerId: desk.rosa.caller.customerId,
        ...sheet,
      })) as unknown as {
        claimableWarranties: { repairId: string; items: unknown[] }[];
      };
      expect(claimableWarranties.map(({ repairId, items }) => [repairId, items.length])).to.deep.equal([[first.id, 1]]);
    });

    it('when what failed was billed by a claim, then that work can be claimed', async () => {
      const sheet = { device: device() };
      const first = await repaired(sheet, reserved());
      bench.test.clock.set('2026-10-01T10:00:00Z');
      const { id } = (await claimOf(first.id, sheet)).body.data;
      await desk.act(id, 'assign', desk.agent, { technicianId: desk.elena.caller.userId });
      await desk.patch(id, 'IN_PROGRESS', desk.elena);
      const keyboard = reserved({ name: 'Keyboard' });
      bench.neighbours.reservations.set(id, [keyboard]);
      await handedBack(id, { notCoveredReason: 'Coffee in the keyboard', lines: [LABOUR] });
      // What the first repair covers has ended; the keyboard of the claim is covered until October.
      bench.test.clock.set('2027-06-01T10:00:00Z');
      const items = [{ kind: 'PART', partId: keyboard.partId, description: 'Keyboard', until: '2027-10-01' }];
      for (const earlier of [first.id, id]) {
        const { body, status, text } = await claimOf(earlier, sheet);
        expect(status, text).to.equal(201);
        expect(body.data.warrantyClaimOf).to.deep.equal({ repairId: first.id, number: first.number, items });
      }
    });

    it('when what is not covered is done for nothing all the same, then no warranty begins anew', async () => {
      const sheet = { device: device() };
      const part = reserved();
      const first = await repaired(sheet, part);
      bench.test.clock.set('2026-04-01T10:00:00Z');
      const { id } = (await claimOf(first.id, sheet)).body.data;
      await desk.act(id, 'assign', desk.agent, { technicianId: desk.elena.caller.userId });
      await desk.patch(id, 'IN_PROGRESS', desk.elena);
      const { amountDue, workWarranty } = await handedBack(id, { notCoveredReason: 'Coffee, but she is a good customer', amount: 0 });
      expect(amountDue).to.deep.equal(euros(0));
      expect(workWarranty).to.deep.equal([{ kind: 'LABOUR', description: 'Labour', until: '2026-04-15' }]);
    });

    it('when there is no ground for it, then it is refused in words', async () => {
      const sheet = { device: device() };
      const first = await repaired(sheet);
      const open = await opened(bench, desk.agent, buildRepair({ customerId: desk.rosa.caller.customerId, ...sheet }));
      const marco = await bench.customer();
      expect((await claimOf(first.id, { device: device() })).body.errors[0]).to.include({ path: 'warrantyClaimOf' });
      expect((await claimOf(first.id, { ...sheet, customerId: marco.caller.customerId })).body.errors[0]).to.include({
        path: 'warrantyClaimOf',
      });
      expect((await claimOf(randomUUID(), sheet)).status).to.equal(422);
      expect(codeOf(await claimOf(open.id, sheet))).to.deep.equal([409, 'NOTHING_UNDER_WARRANTY']);
      const { customerId: _, ...own } = buildRepair({ warrantyClaimOf: first.id, ...sheet }) as Record<string, unknown>;
      expect((await bench.api.post('/repairs', own, desk.rosa)).body.errors[0]?.path).to.equal('warrantyClaimOf');
      const other = await bench.api.put(`/repairs/${open.id}`, { warrantyClaimOf: first.id, device: device() }, desk.agent);
      expect(other.status, other.text).to.equal(200);
      bench.test.clock.set('2026-04-15T22:00:00Z');
      const late = await claimOf(first.id, sheet);
      expect(codeOf(late)).to.deep.equal([409, 'NOTHING_UNDER_WARRANTY']);
      expect(late.body.detail).to.include('2026-04-15');
    });

    it('when the work has ended, then it becomes no claim any more; and before, only who has it may say so', async () => {
      const sheet = { device: device() };
      const first = await repaired(sheet);
      const id = await begun(sheet);
      const marco = await bench.technician();
      const put = (by: Person) => bench.api.put(`/repairs/${id}`, { warrantyClaimOf: first.id }, by);
      expect((await put(marco)).status).to.equal(404);
      expect((await put(desk.rosa)).status).to.equal(403);
      expect((await put(desk.elena)).status).to.equal(200);
      await desk.act(id, 'complete', desk.elena, { description: 'Done' });
      expect(codeOf(await bench.api.put(`/repairs/${id}`, { warrantyClaimOf: null }, desk.agent))).to.deep.equal([
        409,
        'REPAIR_WORK_ENDED',
      ]);
    });

    it('when the desk looks for what can be claimed, then an index of the device answers', async () => {
      const asset = await bench.asset({ customerId: desk.rosa.caller.customerId as string, serialNumber: 'SN-A' });
      const sheet = { device: undefined, assetId: asset.id };
      await repaired(sheet);
      const id = await begun(sheet);
      const plans = await plansOf(bench.test.platform.connection, 'repairs', () => desk.read(id));
      const looked = plans.filter(({ filter }) => JSON.stringify(filter).includes('warrantyUntil'));
      expect(looked).to.have.length(2);
      expectIndexed(looked, 'claimable', ['customerId', 'warrantyUntil']);
    });
  });
});
