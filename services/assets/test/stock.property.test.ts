import { expect } from 'chai';
import fc from 'fast-check';
import { ReservationChanged, StockMoved, type ReservationChangedV1, type StockMovedV1 } from '@riparo/shared/contracts/parts.events';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { startPartsBench, type PartsBench, type ShownReservation } from './parts-bench.js';

/** What happens to a part; numbers choose among what is there. */
const command = fc.oneof(
  fc.record({
    type: fc.constant('receive' as const),
    quantity: fc.integer({ min: 1, max: 4 }),
    unitCost: fc.integer({ min: 0, max: 999 }),
  }),
  fc.record({ type: fc.constant('reserve' as const), quantity: fc.integer({ min: 1, max: 3 }), which: fc.nat(2) }),
  fc.record({ type: fc.constant('change' as const), quantity: fc.integer({ min: 1, max: 4 }), which: fc.nat(9) }),
  fc.record({ type: fc.constant('release' as const), which: fc.nat(9) }),
  fc.record({ type: fc.constant('scrap' as const), quantity: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ type: fc.constant('adjust' as const), quantity: fc.integer({ min: -3, max: 3 }).filter((n) => n !== 0) }),
  fc.record({ type: fc.constant('count' as const), counted: fc.nat(5), seenOnHand: fc.option(fc.nat(5), { nil: undefined }) }),
  fc.record({ type: fc.constant('complete' as const), which: fc.nat(2), used: fc.nat(3), isScrapped: fc.boolean() }),
);
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

describe('The stock of a part, whatever happens to it', function () {
  this.timeout(120_000);
  let parts: PartsBench;
  before(async () => (parts = await startPartsBench()));
  after(() => parts.bench.stop());

  const openOf = async (partId: string): Promise<readonly ShownReservation[]> =>
    (await parts.reservations(`partId=${partId}`)).filter(({ state }) => state === 'RESERVED' || state === 'BACKORDERED');

  const complete = async (partId: string, repair: PublishedRepair, used: number, isScrapped: boolean): Promise<void> => {
    const theirs = (await openOf(partId)).filter(({ repairId }) => repairId === repair.id);
    const uses = theirs.map(({ id, quantity }) => ({
      reservationId: id,
      partId,
      used: Math.min(used, quantity),
      ...(isScrapped ? { unused: 'SCRAP' as const } : {}),
    }));
    const outcome = { type: 'COMPLETED' as const, description: 'Done', amount: repair.amountDue, parts: uses };
    const decided = { decidedAt: '2026-03-02T12:00:00.000Z', decidedByUserId: parts.tech.userId };
    await parts.tellRepair({ ...repair, status: 'COMPLETED', outcome: { ...outcome, ...decided } }, 2);
  };

  const run = async (partId: string, repairs: readonly PublishedRepair[], it: Command): Promise<number> => {
    const { api } = parts.bench;
    const desk = { token: parts.desk.token };
    if (it.type === 'receive') return (await parts.move(partId, { kind: 'RECEIPT', quantity: it.quantity, unitCost: it.unitCost })).status;
    if (it.type === 'scrap') return (await parts.move(partId, { kind: 'SCRAP', quantity: it.quantity })).status;
    if (it.type === 'adjust') return (await parts.move(partId, { kind: 'ADJUSTMENT', quantity: it.quantity, reason: 'Counted' })).status;
    if (it.type === 'reserve')
      return (await parts.reserve(partId, repairs[it.which]?.id ?? '', { quantity: it.quantity }, parts.desk.token)).status;
    if (it.type === 'count') {
      const { counted, seenOnHand } = it;
      return (await api.post('/parts/counts', { lines: [{ partId, counted, ...(seenOnHand === undefined ? {} : { seenOnHand }) }] }, desk))
        .status;
    }
    if (it.type === 'complete') {
      await complete(partId, repairs[it.which] as PublishedRepair, it.used, it.isScrapped);
      return 200;
    }
    const open = await openOf(partId);
    const { id } = open[it.which % Math.max(1, open.length)] ?? {};
    if (id === undefined) return 200;
    const path = `/parts/reservations/${id}`;
    return it.type === 'release' ? (await api.delete(path, desk)).status : (await api.patch(path, { quantity: it.quantity }, desk)).status;
  };

  const check = async (partId: string): Promise<void> => {
    const [part, ledger, open] = [await parts.show(partId), await parts.ledger(partId), await openOf(partId)];
    const sum = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0);
    expect(part.onHand, 'pieces are the sum of the ledger').to.equal(sum(ledger.map(({ quantity }) => quantity)));
    expect(part.onHand).to.equal(ledger[0]?.onHand ?? 0);
    expect(ledger.map(({ position }) => position)).to.deep.equal(ledger.map((_, index) => ledger.length - index));
    expect(Math.min(...ledger.map(({ onHand }) => onHand), 0)).to.equal(0);
    expect(part.reserved).to.equal(sum(open.filter(({ state }) => state === 'RESERVED').map(({ quantity }) => quantity)));
    expect(part.available, 'nothing is promised twice')
      .to.equal(part.onHand - part.reserved)
      .and.to.be.at.least(0);
    const waiting = open.filter(({ state }) => state === 'BACKORDERED').map(({ quantity }) => quantity);
    expect(
      waiting.filter((quantity) => quantity <= part.available),
      'nobody waits for what is there',
    ).to.deep.equal([]);
    const connection = parts.bench.world.platform.connection;
    const stored = await connection.collection<{ _id: string; stockValue: number }>('parts').findOne({ _id: partId });
    const values = await connection.collection<{ value: number }>('stock_movements').find({ partId }).toArray();
    expect(stored?.stockValue, 'the value is the sum of the ledger').to.equal(sum(values.map(({ value }) => value)));
    expect(stored?.stockValue).to.be.at.least(0);
    if (part.onHand === 0) expect(stored?.stockValue).to.equal(0);
    expect(stored).not.to.have.property('unfiled');
  };

  /** Whoever only hears the events knows the same. */
  const checkEvents = async (partId: string): Promise<void> => {
    const moved = (await parts.told<StockMovedV1>(StockMoved.type)).filter(({ part }) => part.id === partId);
    const pieces = moved.reduce((sum, { movement }) => sum + movement.quantity, 0);
    expect(pieces).to.equal((await parts.show(partId)).onHand);
    const known = new Map<string, string>();
    for (const { reservation, previousState } of await parts.told<ReservationChangedV1>(ReservationChanged.type)) {
      if (reservation.partId !== partId) continue;
      expect(known.get(reservation.id), 'the state before is the one that was told').to.equal(previousState);
      known.set(reservation.id, reservation.state);
    }
    for (const { id, state } of await parts.reservations(`partId=${partId}`)) expect(known.get(id)).to.equal(state);
  };

  it('when anything happens at once, then it is its ledger, promised once, and nobody waits for it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(command, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }), async (rounds) => {
        const { id } = await parts.part({ cost: 333 });
        const repairs = await Promise.all([parts.repair(), parts.repair(), parts.repair()]);
        for (const round of rounds) {
          const answers = await Promise.all(round.map((one) => run(id, repairs, one)));
          expect(answers.filter((status) => status >= 500)).to.deep.equal([]);
          await check(id);
        }
        await checkEvents(id);
      }),
      { numRuns: 25 },
    );
  });
});
