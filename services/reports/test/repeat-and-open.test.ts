import { CustomerCreated } from '@riparo/shared/contracts/auth.events';
import { InvoiceIssued, InvoiceUpdated, type InvoiceEventV1 } from '@riparo/shared/contracts/invoices.events';
import { RepairCollected, type PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { DAY_MS } from '@riparo/shared/time/units';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { startBench, type Bench } from './bench.js';

const euro = (amount: number) => ({ amount, currency: 'EUR' });
const START = Date.parse('2026-03-02T10:00:00.000Z');
const day = (days: number): string => new Date(START + days * DAY_MS).toISOString();

interface Repeats {
  readonly completed: number;
  readonly repeated: number;
  readonly claimed: number;
  readonly failed: number;
  readonly rate: number | null;
  readonly technicians: readonly (Omit<Repeats, 'technicians'> & { readonly technicianId: string; readonly name: string })[];
}
type Ages = Readonly<
  Record<'upTo30' | 'from31To60' | 'from61To90' | 'over90' | 'total', { readonly amount: number; readonly currency: string }>
>;
interface Open {
  readonly totals: readonly Ages[];
  readonly customers: readonly (Ages & { readonly customer: { readonly id: string; readonly name: string }; readonly repairs: number })[];
}

/** The same numbers on every run. */
const numbers = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
};

const documentOf = (customerId: string) => ({
  sent: (left: number): InvoiceEventV1 => ({
    invoice: {
      id: randomUUID(),
      number: 'A-2026-000001',
      kind: 'INVOICE',
      ticketId: randomUUID(),
      subjectNumber: 'TKT-2026-001',
      customerId,
      issuedOn: '2026-03-02',
      net: euro(10_000),
      vat: euro(2_200),
      total: euro(12_200),
      vatGroups: [{ vatRate: 22, net: euro(10_000), vat: euro(2_200) }],
      status: left === 0 ? 'PAID' : 'ISSUED',
      left: euro(left),
    },
    at: day(0),
  }),
  left: (sums: Partial<Record<keyof Ages, number>>) =>
    Object.fromEntries((['upTo30', 'from31To60', 'from61To90', 'over90', 'total'] as const).map((age) => [age, euro(sums[age] ?? 0)])),
});

describe('reports on what repairs leave behind', () => {
  let bench: Bench;
  let [tina, tom] = ['', ''];
  beforeEach(async () => {
    bench = await startBench();
    [tina, tom] = [await bench.technician('Tina'), await bench.technician('Tom')];
  });
  afterEach(() => bench.stop());

  const customers = [randomUUID(), randomUUID()];
  const serials = ['SN-1', 'SN-2', 'SN-3'];
  const assets = [randomUUID(), randomUUID(), undefined];
  /** Fifty repairs of a few devices over a year, some of them claims, told in any order. */
  const year = (): readonly PublishedRepair[] => {
    const next = numbers(7);
    const all: PublishedRepair[] = [];
    for (let index = 0; index < 50; index++) {
      const [from, which] = [next(330), next(3)];
      const isDone = next(10) > 0;
      const { device } = buildPublishedRepair();
      const original = all[next(Math.max(1, all.length))];
      const outcome = {
        type: next(8) > 0 ? ('COMPLETED' as const) : ('REFUSED' as const),
        description: 'Done',
        amount: euro(5_000),
        decidedAt: day(from + 2),
        decidedByUserId: next(2) > 0 ? tina : tom,
      };
      all.push(
        buildPublishedRepair({
          customerId: customers[next(2)] as string,
          device: { ...device, serialNumber: serials[which] as string },
          ...(assets[which] === undefined || next(2) > 0 ? {} : { assetId: assets[which] }),
          createdAt: day(from),
          ...(isDone ? { outcome, status: 'CLOSED' as const, collectedAt: day(from + 2 + next(6)) } : {}),
          ...(original === undefined || next(6) > 0 ? {} : { warrantyClaimOf: { repairId: original.id, number: original.number } }),
          amountDue: euro(5_000),
          amountLeft: euro(isDone ? next(3) * 100 : 5_000),
        }),
      );
    }
    return all;
  };
  const tell = async (repairs: readonly PublishedRepair[]): Promise<void> => {
    for (const repair of repairs) await bench.world.publish(RepairCollected, { repair, at: day(0) }, { subject: repair.id, version: 3 });
  };

  it('when repairs came back, then a recount one by one says the same, told in whatever order', async () => {
    const all = year();
    await tell([...all].reverse());
    const [from, to] = ['2026-04-01', '2026-12-01'];
    const report = await bench.report<Repeats>(`/reports/repeat-repairs?from=${from}&to=${to}`);
    const firsts = all.filter(({ outcome }) => outcome?.type === 'COMPLETED' && outcome.decidedAt >= from && outcome.decidedAt < to);
    const isRepeated = (first: PublishedRepair): boolean =>
      all.some((later) => {
        const waited = Date.parse(later.createdAt) - Date.parse(first.collectedAt ?? '');
        const isSame =
          later.device.serialNumber === first.device.serialNumber || (first.assetId !== undefined && later.assetId === first.assetId);
        return later.id !== first.id && later.customerId === first.customerId && isSame && waited > 0 && waited <= 90 * DAY_MS;
      });
    const isClaimed = (first: PublishedRepair): boolean => all.some(({ warrantyClaimOf }) => warrantyClaimOf?.repairId === first.id);
    const naive = (some: readonly PublishedRepair[]) => {
      const failed = some.filter((first) => isRepeated(first) || isClaimed(first)).length;
      return {
        completed: some.length,
        repeated: some.filter(isRepeated).length,
        claimed: some.filter(isClaimed).length,
        failed,
        rate: Math.round((failed / some.length) * 1_000) / 1_000,
      };
    };
    expect(report).to.deep.include(naive(firsts));
    expect(report.repeated).to.be.greaterThan(2);
    expect(report.claimed).to.be.greaterThan(0);
    for (const [technicianId, name] of [
      [tina, 'Tina'],
      [tom, 'Tom'],
    ])
      expect(report.technicians).to.deep.include({
        technicianId,
        name,
        ...naive(firsts.filter(({ outcome }) => outcome?.decidedByUserId === technicianId)),
      });
  });

  it('when the repair that followed was called off, then the first one counts as good', async () => {
    const { device } = buildPublishedRepair();
    const outcome = {
      ...{ type: 'COMPLETED' as const, description: 'Done', amount: euro(5_000) },
      ...{ decidedAt: day(2), decidedByUserId: tina },
    };
    const [customerId = ''] = customers;
    const same = { customerId, device: { ...device, serialNumber: 'SN-9' } };
    const first = buildPublishedRepair({ ...same, createdAt: day(0), outcome, status: 'CLOSED', collectedAt: day(3) });
    const later = buildPublishedRepair({ ...same, createdAt: day(10), warrantyClaimOf: { repairId: first.id, number: first.number } });
    await tell([first, later]);
    const asked = '/reports/repeat-repairs?from=2026-03-01&to=2026-04-01';
    expect(await bench.report<Repeats>(asked)).to.deep.include({ completed: 1, repeated: 1, claimed: 1, failed: 1, rate: 1 });
    const canceled = { repair: { ...later, status: 'CANCELED' as const }, at: day(11) };
    await bench.world.publish(RepairCollected, canceled, { subject: later.id, version: 4 });
    expect(await bench.report<Repeats>(asked)).to.deep.include({ completed: 1, repeated: 0, claimed: 0, failed: 0, rate: 0 });
  });

  it('when nothing was completed, then there is no rate', async () => {
    const report = await bench.report<Repeats>('/reports/repeat-repairs?from=2026-03-01&to=2026-04-01&days=30');
    expect(report).to.deep.include({ completed: 0, rate: null, technicians: [] });
  });

  it('when amounts are open, then they are added up by customer and age, as a recount does', async () => {
    const all = year();
    const [rosa = '', marco = ''] = customers;
    const customer = {
      id: rosa,
      type: 'INDIVIDUAL' as const,
      name: 'Rosa',
      surname: 'Bianchi',
      contactEmail: 'r@x.test',
      status: 'ACTIVE' as const,
    };
    await bench.world.publish(CustomerCreated, { customer }, { subject: rosa });
    await tell(all);
    bench.world.clock.set(day(200));
    const report = await bench.report<Open>('/reports/open-amounts');
    const ages = { upTo30: [0, 30], from31To60: [31, 60], from61To90: [61, 90], over90: [91, 9_999] } as const;
    const naive = (some: readonly PublishedRepair[]) => {
      const sum = ([least, most]: readonly [number, number]): number =>
        some.reduce((total, { outcome, amountLeft }) => {
          const age = Math.floor((START + 200 * DAY_MS - Date.parse(outcome?.decidedAt ?? '')) / DAY_MS);
          return age >= least && age <= most ? total + (amountLeft?.amount ?? 0) : total;
        }, 0);
      const [upTo30, from31To60, from61To90, over90] = [sum(ages.upTo30), sum(ages.from31To60), sum(ages.from61To90), sum(ages.over90)];
      return [upTo30, from31To60, from61To90, over90, upTo30 + from31To60 + from61To90 + over90];
    };
    const figures = (row: Ages | undefined) =>
      row && [row.upTo30, row.from31To60, row.from61To90, row.over90, row.total].map(({ amount }) => amount);
    const open = all.filter(({ outcome }) => outcome !== undefined && outcome.decidedAt <= day(200));
    expect(figures(report.totals[0])).to.deep.equal(naive(open));
    for (const id of [rosa, marco])
      expect(figures(report.customers.find(({ customer: { id: theirs } }) => theirs === id))).to.deep.equal(
        naive(open.filter(({ customerId }) => customerId === id)),
      );
    expect(report.customers.map(({ customer: { name } }) => name)).to.have.members(['Rosa Bianchi', '']);
  });

  it('when the document of a ticket is open, then it counts until it is paid, and is in the cash book', async () => {
    const [rosa = ''] = customers;
    const { sent, left } = documentOf(rosa);
    await bench.world.publish(InvoiceIssued, sent(12_200), { subject: 'an-invoice', version: 1 });
    bench.world.clock.set(day(40));
    const open = await bench.report<Open>('/reports/open-amounts');
    expect(open.totals).to.deep.equal([{ ...left({ from31To60: 12_200, total: 12_200 }), repairs: 0, invoices: 1 }]);
    const paid = { id: randomUUID(), method: 'CASH' as const, amount: euro(12_200), at: day(39) };
    for (let again = 0; again < 2; again++)
      await bench.world.publish(InvoiceUpdated, { ...sent(0), payments: [paid] }, { subject: 'an-invoice', version: 2 });
    expect((await bench.report<Open>('/reports/open-amounts')).totals).to.deep.equal([]);
    const book = await bench.report<{ readonly totals: readonly object[] }>('/reports/payments?from=2026-03-01&to=2026-05-01');
    expect(book.totals).to.deep.equal([{ payments: 1, received: euro(12_200), refunds: 0, refunded: euro(0), net: euro(12_200) }]);
  });

  it('when a document is issued after midnight, before it is midnight in UTC, then it is open at once', async () => {
    const [rosa = ''] = customers;
    const { sent, left } = documentOf(rosa);
    bench.world.clock.set('2026-03-01T23:30:00.000Z');
    await bench.world.publish(InvoiceIssued, sent(12_200), { subject: 'an-invoice', version: 1 });
    const open = await bench.report<Open>('/reports/open-amounts');
    expect(open.totals).to.deep.equal([{ ...left({ upTo30: 12_200, total: 12_200 }), repairs: 0, invoices: 1 }]);
  });
});
