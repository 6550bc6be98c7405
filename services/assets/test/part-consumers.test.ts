import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { ReservationChanged, StockMoved, type ReservationChangedV1, type StockMovedV1 } from '@riparo/shared/contracts/parts.events';
import type { PublishedOutcome, PublishedPartUse } from '@riparo/shared/contracts/repair-outcome';
import { RepairStatusChanged, type PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { startPartsBench, type PartsBench } from './parts-bench.js';

const EUR = (amount: number) => ({ amount, currency: 'EUR' });

describe('Reservations follow repairs', () => {
  let parts: PartsBench;
  before(async () => (parts = await startPartsBench()));
  after(() => parts.bench.stop());

  const states = async (partId: string) =>
    [...(await parts.reservations(`partId=${partId}`))]
      .reverse()
      .map(({ state, quantity, used }) => [state, quantity, used ?? 0].join(' '));
  const ledger = async (partId: string) => (await parts.ledger(partId)).map(({ kind, quantity }) => `${kind} ${quantity}`).reverse();

  const completed = (repair: PublishedRepair, uses: readonly PublishedPartUse[]): PublishedRepair => {
    const outcome: PublishedOutcome = {
      type: 'COMPLETED',
      description: 'New display',
      amount: EUR(10_000),
      parts: uses,
      decidedAt: '2026-03-02T12:00:00.000Z',
      decidedByUserId: parts.tech.userId,
    };
    return { ...repair, status: 'COMPLETED', outcome };
  };

  describe('the end of a repair', () => {
    it('when it is completed, then what was used is off the shelf, the rest back or thrown away', async () => {
      const { id } = await parts.part({}, 9);
      const repair = await parts.repair();
      const made = [];
      for (const quantity of [2, 3, 1]) made.push((await parts.reserve(id, repair.id, { quantity })).body.data.id);
      const [used, partly, unnamed] = made as [string, string, string];
      const done = completed(repair, [
        { reservationId: used, partId: id, used: 2 },
        { reservationId: partly, partId: id, used: 1, unused: 'SCRAP' },
      ]);
      await parts.tellRepair(done, 2);
      await parts.tellRepair({ ...done, status: 'CLOSED' }, 3);
      await parts.tellRepair(done, 2);
      expect(await states(id)).to.deep.equal(['CONSUMED 2 2', 'CONSUMED 3 1', 'RELEASED 1 0']);
      expect(await ledger(id)).to.deep.equal(['RECEIPT 9', 'CONSUMPTION -2', 'CONSUMPTION -1', 'SCRAP -2']);
      expect(await parts.show(id)).to.include({ onHand: 4, reserved: 0 });
      const told = (await parts.told<StockMovedV1>(StockMoved.type)).filter(({ part }) => part.id === id);
      expect(told[1]?.movement).to.deep.include({ repairId: repair.id, reservationId: used, unitPrice: EUR(8_900), unitCost: EUR(4_000) });
      expect((await parts.reservations(`partId=${id}`))[0]?.id).to.equal(unnamed);
    });

    for (const who of ['desk', 'tech'] as const)
      it(`when the ${who} released it before the news came, then what was built in is off the shelf all the same, once`, async () => {
        const { id } = await parts.part({}, 5);
        const [repair, other] = [await parts.repair(), await parts.repair()];
        const made = [];
        for (const quantity of [2, 1]) made.push((await parts.reserve(id, repair.id, { quantity })).body.data.id);
        const [built, scrapped] = made as [string, string];
        for (const one of made) await parts.bench.api.delete(`/parts/reservations/${one}`, { token: parts[who].token });
        await parts.reserve(id, other.id, { quantity: 3 });
        const done = completed(repair, [
          { reservationId: built, partId: id, used: 1, unused: 'SCRAP' },
          { reservationId: scrapped, partId: id, used: 0, unused: 'SCRAP' },
          { reservationId: randomUUID(), partId: id, used: 1 },
        ]);
        await parts.tellRepair(done, 2);
        await parts.tellRepair({ ...done, status: 'CLOSED' }, 3);
        expect(await ledger(id)).to.deep.equal(['RECEIPT 5', 'CONSUMPTION -1', 'SCRAP -1', 'SCRAP -1']);
        expect(await states(id)).to.deep.equal(['CONSUMED 2 1', 'RELEASED 1 0', 'BACKORDERED 3 0']);
        const told = (await parts.told<ReservationChangedV1>(ReservationChanged.type)).filter(
          ({ reservation }) => reservation.id === built,
        );
        expect(told.map(({ previousState = 'new', reservation }) => `${previousState} ${reservation.state}`)).to.deep.equal([
          'new RESERVED',
          'RESERVED RELEASED',
          'RELEASED CONSUMED',
        ]);
      });

    it('when it was made for another repair or part, then its name in the outcome uses up nothing', async () => {
      const [one, two] = [await parts.part({}, 2), await parts.part({}, 2)];
      const [repair, other] = [await parts.repair(), await parts.repair()];
      const theirs = (await parts.reserve(one.id, other.id)).body.data.id;
      const ours = (await parts.reserve(one.id, repair.id)).body.data.id;
      for (const each of [theirs, ours]) await parts.bench.api.delete(`/parts/reservations/${each}`, { token: parts.tech.token });
      const uses = [
        { reservationId: theirs, partId: one.id, used: 1 },
        { reservationId: ours, partId: two.id, used: 1 },
        { reservationId: ours, partId: randomUUID(), used: 1 },
      ];
      await parts.tellRepair(completed(repair, uses), 2);
      expect(await ledger(one.id)).to.deep.equal(['RECEIPT 2']);
      expect(await ledger(two.id)).to.deep.equal(['RECEIPT 2']);
    });

    it('when the average is rounded, then what the pieces cost in all is told exactly', async () => {
      const { id } = await parts.part();
      for (const unitCost of [0, 1]) await parts.move(id, { kind: 'RECEIPT', quantity: 500, unitCost });
      const repair = await parts.repair();
      const reservationId = (await parts.reserve(id, repair.id, { quantity: 999 })).body.data.id;
      await parts.tellRepair(completed(repair, [{ reservationId, partId: id, used: 999 }]), 2);
      const told = (await parts.told<StockMovedV1>(StockMoved.type)).filter(({ part }) => part.id === id);
      expect(told.map(({ movement }) => movement.value)).to.deep.equal([EUR(0), EUR(500), EUR(-500)]);
    });

    it('when the warranty pays, then the piece is sold for nothing', async () => {
      const { id } = await parts.part({}, 1);
      const repair = await parts.repair({ underWarranty: true });
      const reservationId = (await parts.reserve(id, repair.id)).body.data.id;
      await parts.tellRepair(completed(repair, [{ reservationId, partId: id, used: 1 }]), 2);
      const told = (await parts.told<StockMovedV1>(StockMoved.type)).filter(({ part }) => part.id === id);
      expect(told.at(-1)?.movement.unitPrice).to.deep.equal(EUR(0));
    });

    for (const [reserved, charge, price] of [
      ['WARRANTY', 'BILLED', 8_900],
      ['BILLED', 'WARRANTY', 0],
    ] as const)
      it(`when ${reserved} was reserved and the outcome says ${charge}, then that decides the price`, async () => {
        const { id } = await parts.part({}, 1);
        const repair = await parts.repair();
        const reservationId = (await parts.reserve(id, repair.id, { charge: reserved }, parts.desk.token)).body.data.id;
        await parts.tellRepair(completed(repair, [{ reservationId, partId: id, used: 1, charge }]), 2);
        const told = (await parts.told<StockMovedV1>(StockMoved.type)).filter(({ part }) => part.id === id);
        expect(told.at(-1)?.movement.unitPrice).to.deep.equal(EUR(price));
        expect((await parts.reservations(`partId=${id}`))[0]?.charge).to.equal(charge);
      });

    it('when a piece was built in that the books do not have, then it is found first', async () => {
      const { id } = await parts.part();
      const [repair, other] = [await parts.repair(), await parts.repair()];
      const reservationId = (await parts.reserve(id, repair.id)).body.data.id;
      await parts.reserve(id, other.id);
      await parts.tellRepair(completed(repair, [{ reservationId, partId: id, used: 1 }]), 2);
      expect(await ledger(id)).to.deep.equal(['ADJUSTMENT 1', 'CONSUMPTION -1']);
      expect(await states(id)).to.deep.equal(['CONSUMED 1 1', 'BACKORDERED 1 0']);
      expect(await parts.show(id)).to.include({ onHand: 0, reserved: 0 });
    });

    it('when somebody else’s piece was built in, then that one waits', async () => {
      const { id } = await parts.part({}, 1);
      const [first, second] = [await parts.repair(), await parts.repair()];
      await parts.reserve(id, first.id);
      const reservationId = (await parts.reserve(id, second.id)).body.data.id;
      await parts.tellRepair(completed(second, [{ reservationId, partId: id, used: 1 }]), 2);
      expect(await states(id)).to.deep.equal(['BACKORDERED 1 0', 'CONSUMED 1 1']);
      expect(await ledger(id)).to.deep.equal(['RECEIPT 1', 'CONSUMPTION -1']);
    });

    for (const status of ['CANCELED', 'REFUSED'] as const)
      it(`when it is ${status}, then everything is released, and others are served`, async () => {
        const { id } = await parts.part({}, 1);
        const [repair, other] = [await parts.repair(), await parts.repair()];
        await parts.reserve(id, repair.id);
        await parts.reserve(id, other.id);
        await parts.tellRepair({ ...repair, status }, 2);
        expect(await states(id)).to.deep.equal(['RELEASED 1 0', 'RESERVED 1 0']);
        parts.tickets.repairs.set(repair.id, { ...repair, status, version: 2 });
        expect((await parts.reserve(id, repair.id)).body.code).to.equal('REPAIR_WORK_ENDED');
      });

    it('when another tenant’s repair of this id ends, then nothing happens here', async () => {
      const { id } = await parts.part({}, 1);
      const repair = await parts.repair();
      await parts.reserve(id, repair.id);
      const { world } = parts.bench;
      const gone = { ...repair, status: 'CANCELED' as const };
      const data = { repair: gone, at: '2026-03-02T12:00:00.000Z', from: 'IN_PROGRESS' as const, to: gone.status };
      await world.publish(RepairStatusChanged, data, { subject: repair.id, version: 9, tenantId: 'elsewhere' });
      expect(await states(id)).to.deep.equal(['RESERVED 1 0']);
    });
  });

  describe('GET /internal/reservations', () => {
    const ask = (repairId: string, tenantId = 'default') =>
      parts.bench.api.get<readonly object[]>(`/internal/reservations?tenantId=${tenantId}&repairId=${repairId}`, {
        root: true,
        token: parts.bench.world.platform.serviceTokens.mint(),
      });

    it('when a repair has reservations, then the open ones come, without what they cost', async () => {
      const [one, two] = [await parts.part({ warrantyMonths: 24 }, 3), await parts.part()];
      const repair = await parts.repair();
      const open = (await parts.reserve(one.id, repair.id, { quantity: 2 })).body.data.id;
      const over = (await parts.reserve(one.id, repair.id)).body.data.id;
      await parts.reserve(two.id, repair.id);
      await parts.bench.api.delete(`/parts/reservations/${over}`, { token: parts.tech.token });
      const { body, text } = await ask(repair.id);
      expect(body.data).to.have.length(2);
      expect(body.data[0]).to.deep.equal({
        id: open,
        partId: one.id,
        sku: one.sku,
        name: 'Display for iPhone 12',
        quantity: 2,
        state: 'RESERVED',
        unitPrice: EUR(8_900),
        vatRate: 22,
        charge: 'BILLED',
        warrantyMonths: 24,
      });
      expect(text).not.to.match(/cost/i);
      expect((await ask(repair.id, 'elsewhere')).body.data).to.deep.equal([]);
      expect((await ask(randomUUID())).body.data).to.deep.equal([]);
    });
  });
});
