import { RepairRefunded } from '@riparo/shared/contracts/repair-money.events';
import { RepairCollected, RepairPaid, type PublishedPayment, type PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { startBench, type Bench } from './bench.js';

const euros = (amount: number) => ({ amount, currency: 'EUR' });

interface Sums {
  readonly payments: number;
  readonly received: object;
  readonly refunds: number;
  readonly refunded: object;
  readonly net: object;
}
interface CashBook {
  readonly id: string;
  readonly totals: readonly Sums[];
  readonly byMethod: readonly (Sums & { readonly method: string })[];
  readonly byDay: readonly (Sums & { readonly date: string; readonly method: string })[];
}

describe('GET /reports/payments', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench();
  });
  afterEach(() => bench.stop());

  const sums = (payments: number, received: number, refunds = 0, refunded = 0, currency = 'EUR') => {
    const money = (amount: number) => ({ amount, currency });
    return { payments, received: money(received), refunds, refunded: money(refunded), net: money(received - refunded) };
  };
  const movement = (amount: number, at: string, method: PublishedPayment['method'] = 'CASH'): PublishedPayment => ({
    id: randomUUID(),
    method,
    amount: euros(amount),
    at,
  });
  /** Tells of the newest movement of the repair, as tickets does. */
  const tell = async (repair: PublishedRepair, version: number) => {
    const { id, method, amount, at } = repair.payments?.at(-1) as PublishedPayment;
    const about = { subject: repair.id, version };
    if (amount.amount > 0) await bench.world.publish(RepairPaid, { repair, at, payment: { id, method, amount } }, about);
    else {
      const refund = { id, method, amount: euros(-amount.amount), kind: 'REDUCTION' as const, reason: 'Sorry' };
      await bench.world.publish(RepairRefunded, { repair, at, refund }, about);
    }
  };
  const read = () => bench.report<CashBook>('/reports/payments?from=2026-03-01&to=2026-04-01');

  it('when money comes and goes, then it adds up by day and method, each movement once', async () => {
    const repair = buildPublishedRepair();
    const payments = [
      movement(5_000, '2026-03-02T10:00:00.000Z'),
      movement(2_000, '2026-03-02T11:00:00.000Z', 'CARD'),
      // In Rome this is the third already.
      movement(1_000, '2026-03-02T23:30:00.000Z'),
      movement(-1_500, '2026-03-03T09:00:00.000Z'),
    ];
    for (const [index] of payments.entries()) {
      const after = { ...repair, payments: payments.slice(0, index + 1) };
      await tell(after, index + 1);
      // An event may come twice.
      await tell(after, index + 1);
    }
    const { totals, byMethod, byDay } = await read();
    expect(totals).to.deep.equal([sums(3, 8_000, 1, 1_500)]);
    expect(byMethod).to.have.deep.members([
      { method: 'CASH', ...sums(2, 6_000, 1, 1_500) },
      { method: 'CARD', ...sums(1, 2_000) },
    ]);
    expect(byDay).to.deep.equal([
      { date: '2026-03-02', method: 'CARD', ...sums(1, 2_000) },
      { date: '2026-03-02', method: 'CASH', ...sums(1, 5_000) },
      { date: '2026-03-03', method: 'CASH', ...sums(1, 1_000, 1, 1_500) },
    ]);
  });

  it('when an event got lost, then the next one of the repair brings its money too', async () => {
    const payments = [movement(5_000, '2026-03-02T10:00:00.000Z'), movement(2_000, '2026-03-05T11:00:00.000Z')];
    await tell(buildPublishedRepair({ payments }), 2);
    expect((await read()).totals).to.deep.equal([sums(2, 7_000)]);
    const repair = buildPublishedRepair({ payments: [movement(300, '2026-03-06T11:00:00.000Z')] });
    await bench.world.publish(RepairCollected, { repair, at: '2026-03-06T12:00:00.000Z' }, { subject: repair.id, version: 3 });
    expect((await read()).totals).to.deep.equal([sums(3, 7_300)]);
  });

  it('when an event of an earlier version tells of its own payment alone, then that counts', async () => {
    const { payments: _, ...repair } = buildPublishedRepair();
    const payment = { id: randomUUID(), method: 'OTHER' as const, amount: euros(700) };
    await bench.world.publish(RepairPaid, { repair, at: '2026-03-02T10:00:00.000Z', payment }, { subject: repair.id });
    expect((await read()).byMethod).to.deep.equal([{ method: 'OTHER', ...sums(1, 700) }]);
  });

  it('when it is asked for as CSV, then there is a line for each day and method', async () => {
    await tell(buildPublishedRepair({ payments: [movement(5_000, '2026-03-02T10:00:00.000Z', 'ONLINE')] }), 1);
    const { text } = await bench.api.get('/reports/payments?from=2026-03-01&to=2026-04-01&format=csv', { token: bench.token });
    expect(text)
      .to.include('date,method,currency,payments,received,refunds,refunded,net')
      .and.include('2026-03-02,ONLINE,EUR,1,5000,0,0,5000');
  });
});
