import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { PartLowOnStock, ReservationChanged, type PartEventV1, type ReservationChangedV1 } from '@riparo/shared/contracts/parts.events';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { startPartsBench, type PartsBench } from './parts-bench.js';

const EUR = (amount: number) => ({ amount, currency: 'EUR' });

describe('Reservations', () => {
  let parts: PartsBench;
  before(async () => (parts = await startPartsBench()));
  after(() => parts.bench.stop());

  const api = () => parts.bench.api;
  const desk = () => ({ token: parts.desk.token });
  const change = (id: string, body: object, token = parts.tech.token) => api().patch(`/parts/reservations/${id}`, body, { token });
  const release = (id: string, token = parts.tech.token) => api().delete(`/parts/reservations/${id}`, { token });
  const states = async (partId: string) =>
    [...(await parts.reservations(`partId=${partId}`))].reverse().map(({ state, quantity }) => `${state} ${quantity}`);
  const told = async (partId: string) =>
    (await parts.told<ReservationChangedV1>(ReservationChanged.type))
      .filter(({ reservation }) => reservation.partId === partId)
      .map(({ previousState = 'new', reservation }) => `${previousState} ${reservation.state}`);

  describe('POST /parts/reservations', () => {
    it('when two technicians want the last piece, then one has it and the other a back order', async () => {
      const { id } = await parts.part({}, 1);
      const other = parts.bench.staff('ENGINEER');
      const [one, two] = [await parts.repair(), await parts.repair({ assignedToUserId: other.userId })];
      const answers = await Promise.all([parts.reserve(id, one.id), parts.reserve(id, two.id, {}, other.token)]);
      expect(answers.map(({ status }) => status)).to.deep.equal([201, 201]);
      expect(answers.map(({ body }) => body.data.state).sort()).to.deep.equal(['BACKORDERED', 'RESERVED']);
      expect(await parts.show(id)).to.include({ onHand: 1, reserved: 1, available: 0 });
      expect((await told(id)).sort()).to.deep.equal(['new BACKORDERED', 'new RESERVED']);
    });

    it('when too few are there, then the whole reservation waits', async () => {
      const { id } = await parts.part({}, 2);
      const repair = await parts.repair();
      expect((await parts.reserve(id, repair.id, { quantity: 3 })).body.data).to.include({ state: 'BACKORDERED', quantity: 3 });
      expect(await parts.show(id)).to.include({ reserved: 0, available: 2 });
    });

    it('when nothing is said, then the sale price holds, and the warranty pays for a repair under warranty', async () => {
      const { id } = await parts.part({ salePrice: 5_000 }, 9);
      const [billed, warranty] = [await parts.repair(), await parts.repair({ underWarranty: true })];
      expect((await parts.reserve(id, billed.id)).body.data).to.deep.include({ charge: 'BILLED', unitPrice: EUR(5_000) });
      expect((await parts.reserve(id, warranty.id)).body.data).to.include({ charge: 'WARRANTY' });
      expect((await parts.reserve(id, warranty.id, { charge: 'BILLED' })).body.data.charge).to.equal('BILLED');
    });

    it('when the price is said, then only the desk may', async () => {
      const { id } = await parts.part({}, 9);
      const repair = await parts.repair();
      const answer = await parts.reserve(id, repair.id, { unitPrice: 1 });
      expect([answer.status, answer.body.errors[0]?.path]).to.deep.equal([422, 'unitPrice']);
      expect((await parts.reserve(id, repair.id, { unitPrice: 1 }, parts.desk.token)).body.data.unitPrice).to.deep.equal(EUR(1));
    });

    it('when the repair is somebody else’s, over or nowhere, then it is refused', async () => {
      const { id } = await parts.part({}, 9);
      const theirs = await parts.repair({ assignedToUserId: randomUUID() });
      parts.tickets.repairs.set(theirs.id, { ...theirs, version: 1 });
      expect((await parts.reserve(id, theirs.id)).body.code).to.equal('REPAIR_NOT_ASSIGNED_TO_YOU');
      expect((await parts.reserve(id, theirs.id, {}, parts.desk.token)).status).to.equal(201);
      const over = await parts.repair({ status: 'CANCELED' });
      parts.tickets.repairs.set(over.id, { ...over, version: 1 });
      expect((await parts.reserve(id, over.id)).body.code).to.equal('REPAIR_WORK_ENDED');
      expect((await parts.reserve(id, randomUUID())).body.code).to.equal('REPAIR_NOT_FOUND');
      expect((await parts.reserve(randomUUID(), (await parts.repair()).id)).body.code).to.equal('PART_NOT_FOUND');
    });

    it('when the repair is of a moment ago, then tickets tells of it, and 503 while that is away', async () => {
      const { id } = await parts.part({}, 9);
      const repair = buildPublishedRepair({ status: 'IN_PROGRESS', assignedToUserId: parts.tech.userId });
      parts.tickets.away = true;
      expect((await parts.reserve(id, repair.id)).status).to.equal(503);
      parts.tickets.away = false;
      parts.tickets.repairs.set(repair.id, { ...repair, version: 1 });
      expect((await parts.reserve(id, repair.id)).status).to.equal(201);
      const taken = await parts.repair({ assignedToUserId: randomUUID() });
      parts.tickets.repairs.set(taken.id, { ...taken, assignedToUserId: parts.tech.userId, version: 2 });
      expect((await parts.reserve(id, taken.id)).status).to.equal(201);
    });

    it('when the repair ends while it is made, then nothing stays reserved', async () => {
      const { id } = await parts.part({}, 9);
      const repair = buildPublishedRepair({ status: 'IN_PROGRESS', assignedToUserId: parts.tech.userId });
      parts.tickets.repairs.set(repair.id, { ...repair, version: 1 });
      parts.tickets.meanwhile = () => parts.tellRepair({ ...repair, status: 'CANCELED' }, 2);
      const { status, body } = await parts.reserve(id, repair.id);
      parts.tickets.meanwhile = () => Promise.resolve();
      expect([status, body.code]).to.deep.equal([409, 'REPAIR_WORK_ENDED']);
      expect(await parts.show(id)).to.include({ reserved: 0, available: 9 });
    });

    it('when the repair is paid in another currency, then 409 with both', async () => {
      const { id } = await parts.part({}, 9);
      const amountDue = { amount: 0, currency: 'CHF' };
      const { status, body } = await parts.reserve(id, (await parts.repair({ amountDue })).id);
      expect([status, body.code]).to.deep.equal([409, 'PART_IN_OTHER_CURRENCY']);
      expect(body).to.include({ currency: 'EUR', repairCurrency: 'CHF' });
      expect((await parts.show(id)).reserved).to.equal(0);
    });

    it('when it is repeated with its key, then it is made once', async () => {
      const { id } = await parts.part({}, 9);
      const repair = await parts.repair();
      const options = { token: parts.tech.token, headers: { 'idempotency-key': randomUUID() } };
      const send = () => api().post('/parts/reservations', { partId: id, repairId: repair.id }, options);
      expect((await send()).body.data.id).to.equal((await send()).body.data.id);
      expect(await states(id)).to.deep.equal(['RESERVED 1']);
    });
  });

  describe('back orders', () => {
    it('when pieces come, then the oldest is served first, and one that fits does not wait behind it', async () => {
      const { id } = await parts.part();
      const repair = await parts.repair();
      for (const quantity of [2, 4, 1]) await parts.reserve(id, repair.id, { quantity });
      await parts.move(id, { kind: 'RECEIPT', quantity: 3 });
      expect(await states(id)).to.deep.equal(['RESERVED 2', 'BACKORDERED 4', 'RESERVED 1']);
      await parts.move(id, { kind: 'RETURN', quantity: 4 });
      expect(await states(id)).to.deep.equal(['RESERVED 2', 'RESERVED 4', 'RESERVED 1']);
      expect(await told(id)).to.have.members([
        ...['new BACKORDERED', 'new BACKORDERED', 'new BACKORDERED'],
        ...['BACKORDERED RESERVED', 'BACKORDERED RESERVED', 'BACKORDERED RESERVED'],
      ]);
    });

    it('when one is released, then the next has its pieces', async () => {
      const { id } = await parts.part({}, 1);
      const repair = await parts.repair();
      const [first] = [await parts.reserve(id, repair.id), await parts.reserve(id, repair.id)];
      expect((await release(first.body.data.id)).status).to.equal(204);
      expect(await states(id)).to.deep.equal(['RELEASED 1', 'RESERVED 1']);
      const again = await release(first.body.data.id);
      expect([again.status, again.body.code]).to.deep.equal([409, 'RESERVATION_ENDED']);
      expect((await release(randomUUID())).status).to.equal(404);
    });

    it('when pieces are thrown away or missing, then the newest reservation waits again', async () => {
      const { id } = await parts.part({}, 3);
      const repair = await parts.repair();
      for (const quantity of [1, 2]) await parts.reserve(id, repair.id, { quantity });
      await parts.move(id, { kind: 'SCRAP', quantity: 1 });
      expect(await states(id)).to.deep.equal(['RESERVED 1', 'BACKORDERED 2']);
      await parts.move(id, { kind: 'ADJUSTMENT', quantity: -2, reason: 'Nowhere to be found' });
      expect(await states(id)).to.deep.equal(['BACKORDERED 1', 'BACKORDERED 2']);
      expect((await told(id)).slice(2)).to.deep.equal(['RESERVED BACKORDERED', 'RESERVED BACKORDERED']);
    });
  });

  describe('PATCH /parts/reservations/:id', () => {
    it('when more is wanted than is there, then all of it waits; when less, then it is served', async () => {
      const { id } = await parts.part({}, 2);
      const repair = await parts.repair();
      const { body } = await parts.reserve(id, repair.id);
      expect((await change(body.data.id, { quantity: 2 })).body.data).to.include({ state: 'RESERVED', quantity: 2 });
      expect((await change(body.data.id, { quantity: 3 })).body.data).to.include({ state: 'BACKORDERED' });
      expect((await change(body.data.id, { quantity: 1 })).body.data).to.include({ state: 'RESERVED' });
      expect(await parts.show(id)).to.include({ reserved: 1, available: 1 });
    });

    it('when another technician asks, then 403; when the price changes, then only by the desk', async () => {
      const { id } = await parts.part({}, 2);
      const repair = await parts.repair();
      parts.tickets.repairs.set(repair.id, { ...repair, version: 1 });
      const reservation = (await parts.reserve(id, repair.id)).body.data.id;
      expect((await change(reservation, { quantity: 2 }, parts.bench.staff('TECH').token)).status).to.equal(403);
      expect((await release(reservation, parts.bench.staff('TECH').token)).status).to.equal(403);
      expect((await change(reservation, { unitPrice: 5 })).status).to.equal(422);
      expect((await change(reservation, { unitPrice: 5, charge: 'WARRANTY' }, parts.desk.token)).body.data).to.deep.include({
        unitPrice: EUR(5),
        charge: 'WARRANTY',
      });
    });
  });

  describe('what a technician may not decide', () => {
    it('when a part is no longer offered, then a reservation gets smaller and not bigger', async () => {
      const { id } = await parts.part({}, 9);
      const repair = await parts.repair();
      const reservation = (await parts.reserve(id, repair.id, { quantity: 2 })).body.data.id;
      await api().delete(`/parts/${id}`, desk());
      const { status, body } = await change(reservation, { quantity: 3 });
      expect([status, body.code]).to.deep.equal([409, 'PART_RETIRED']);
      expect((await change(reservation, { quantity: 1 })).body.data).to.include({ quantity: 1, state: 'RESERVED' });
    });

    it('when the desk has said a price, then it holds for the part and the repair also after a release', async () => {
      const { id } = await parts.part({ salePrice: 8_900 }, 9);
      const [repair, other] = [await parts.repair(), await parts.repair()];
      const again = async (repairId: string) => (await parts.reserve(id, repairId)).body.data;
      const first = (await parts.reserve(id, repair.id, { unitPrice: 9_900 }, parts.desk.token)).body.data;
      await release(first.id);
      const second = await again(repair.id);
      expect([second.unitPrice, (await again(other.id)).unitPrice]).to.deep.equal([EUR(9_900), EUR(8_900)]);
      await change(second.id, { unitPrice: 9_500 }, parts.desk.token);
      await release(second.id);
      await release((await again(repair.id)).id);
      expect((await again(repair.id)).unitPrice).to.deep.equal(EUR(9_500));
    });

    it('when nobody has said a price, then a new reservation has the sale price of its moment', async () => {
      const { id } = await parts.part({ salePrice: 89_000 }, 9);
      const repair = await parts.repair();
      await release((await parts.reserve(id, repair.id)).body.data.id);
      await api().put(`/parts/${id}`, { salePrice: 8_900 }, desk());
      expect((await parts.reserve(id, repair.id)).body.data.unitPrice).to.deep.equal(EUR(8_900));
    });

    it('when there is no warranty, then only the desk says that it pays', async () => {
      const { id } = await parts.part({}, 9);
      const [plain, covered] = [await parts.repair(), await parts.repair({ underWarranty: true })];
      parts.tickets.repairs.set(plain.id, { ...plain, version: 1 });
      const free = { charge: 'WARRANTY' };
      const refused = await parts.reserve(id, plain.id, free);
      expect([refused.status, refused.body.errors.map(({ path }) => path)]).to.deep.equal([422, ['charge']]);
      const reservation = (await parts.reserve(id, plain.id)).body.data.id;
      expect((await change(reservation, free)).status).to.equal(422);
      expect((await change(reservation, free, parts.desk.token)).body.data.charge).to.equal('WARRANTY');
      expect((await change(reservation, { ...free, quantity: 2 })).body.data).to.include({ charge: 'WARRANTY', quantity: 2 });
      expect((await parts.reserve(id, covered.id, free)).status).to.equal(201);
      parts.tickets.repairs.set(plain.id, { ...plain, underWarranty: true, version: 2 });
      expect((await parts.reserve(id, plain.id, free)).status, 'the copy is old').to.equal(201);
    });
  });

  it('when a reservation is shown, then the desk and its technician see it, and no other', async () => {
    const { id } = await parts.part({}, 9);
    const repair = await parts.repair();
    parts.tickets.repairs.set(repair.id, { ...repair, version: 1 });
    const reservation = (await parts.reserve(id, repair.id)).body.data;
    const see = (token: string) => api().get(`/parts/reservations/${reservation.id}`, { token });
    for (const token of [parts.desk.token, parts.tech.token]) expect((await see(token)).body.data).to.deep.equal(reservation);
    expect((await see(parts.bench.staff('TECH').token)).status).to.equal(404);
    expect((await see(parts.bench.world.tokenFor({ role: 'ADMIN', tenantId: 'elsewhere' }))).status).to.equal(404);
  });

  describe('GET /parts/reservations', () => {
    it('when a technician asks, then those of their repairs come', async () => {
      const { id } = await parts.part({}, 9);
      const [mine, theirs] = [await parts.repair(), await parts.repair({ assignedToUserId: randomUUID() })];
      parts.tickets.repairs.set(theirs.id, { ...theirs, version: 1 });
      await parts.reserve(id, mine.id);
      await parts.reserve(id, theirs.id, {}, parts.desk.token);
      expect(await parts.reservations(`partId=${id}`)).to.have.length(2);
      const seen = await parts.reservations(`partId=${id}`, parts.tech.token);
      expect(seen.map(({ repairId }) => repairId)).to.deep.equal([mine.id]);
      expect((await api().get(`/parts/reservations?repairId=${theirs.id}`, { token: parts.tech.token })).status).to.equal(403);
      expect(await parts.reservations(`partId=${id}&state=BACKORDERED`)).to.deep.equal([]);
    });

    it('when another tenant asks, then there is nothing', async () => {
      const { id } = await parts.part({}, 9);
      const repair = await parts.repair();
      const reservation = (await parts.reserve(id, repair.id)).body.data.id;
      const token = parts.bench.world.tokenFor({ role: 'ADMIN', tenantId: 'elsewhere' });
      expect(await parts.reservations(`repairId=${repair.id}`, token)).to.deep.equal([]);
      expect((await release(reservation, token)).status).to.equal(404);
      expect((await parts.reserve(id, repair.id, {}, token)).status).to.equal(404);
    });
  });

  describe('low stock', () => {
    it('when fewer are available than the minimum, then it is told once until there are enough again', async () => {
      const { id } = await parts.part({ minimumStock: 2 }, 3);
      const repair = await parts.repair();
      const count = async () => (await parts.told<PartEventV1>(PartLowOnStock.type)).filter(({ part }) => part.id === id).length;
      await parts.reserve(id, repair.id);
      expect([await count(), (await parts.show(id)).lowStock]).to.deep.equal([0, false]);
      await parts.reserve(id, repair.id);
      await parts.move(id, { kind: 'SCRAP', quantity: 1 });
      expect([await count(), (await parts.show(id)).lowStock]).to.deep.equal([1, true]);
      await parts.move(id, { kind: 'RECEIPT', quantity: 5 });
      expect((await parts.show(id)).lowStock).to.equal(false);
      await parts.move(id, { kind: 'SCRAP', quantity: 5 });
      expect(await count()).to.equal(2);
    });
  });

  it('when everything that technicians can read is read, then nothing says what a part costs', async () => {
    const { id } = await parts.part({}, 9);
    const repair = await parts.repair();
    const { body } = await parts.reserve(id, repair.id);
    const token = parts.tech.token;
    const answers = [
      await api().get(`/parts/reservations?repairId=${repair.id}`, { token }),
      await api().patch(`/parts/reservations/${body.data.id}`, { quantity: 2 }, { token }),
      await api().get('/parts?search=display', { token }),
    ];
    for (const { status, text } of answers) {
      expect(status).to.equal(200);
      expect(text).not.to.match(/cost/i);
    }
    expect((await api().get(`/internal/reservations?repairId=${repair.id}`, { ...desk(), root: true })).status).to.equal(401);
  });
});
