import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Money } from '@riparo/shared/contracts/money';
import { ReservationChanged, type ReservationChangedV1 } from '@riparo/shared/contracts/parts.events';
import { startPartsBench, type PartsBench } from './parts-bench.js';

interface Line {
  readonly id: string;
  readonly partId: string;
  readonly quantity: number;
  readonly received: number;
  readonly remaining: number;
  readonly cost: Money;
  readonly expectedOn?: string;
}
interface Order {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly version: number;
  readonly lines: readonly Line[];
  readonly receipts: readonly { readonly quantity: number; readonly cost: Money }[];
  readonly [field: string]: unknown;
}

const EUR = (amount: number) => ({ amount, currency: 'EUR' });

describe('Purchase orders', () => {
  let parts: PartsBench;
  before(async () => (parts = await startPartsBench()));
  after(() => parts.bench.stop());

  const desk = () => ({ token: parts.desk.token });
  const post = (path: string, body?: object, options: object = desk()) =>
    parts.bench.api.post<Order>(`/purchase-orders${path}`, body, options);
  const draft = async (lines: readonly object[]): Promise<Order> => {
    const { status, text, body } = await post('', { supplier: 'Screens Ltd', lines });
    if (status !== 201) throw new Error(text);
    return body.data;
  };
  const ordered = async (lines: readonly object[]): Promise<Order> => {
    const { status, text, body } = await post(`/${(await draft(lines)).id}/order`);
    if (status !== 200) throw new Error(text);
    return body.data;
  };
  const receive = (order: Order, quantities: readonly number[], part: object = {}) =>
    post(`/${order.id}/receive`, {
      lines: quantities.flatMap((quantity, n) => (quantity === 0 ? [] : [{ lineId: order.lines[n]?.id, quantity, ...part }])),
    });
  const show = async (id: string) => (await parts.bench.api.get<Order>(`/purchase-orders/${id}`, desk())).body.data;
  const put = (id: string, body: object) => parts.bench.api.put<Order>(`/purchase-orders/${id}`, body, desk());
  const waiting = async (partId: string) =>
    [...(await parts.reservations(`partId=${partId}`))].reverse().map(({ state, expectedOn = '-' }) => `${state} ${expectedOn}`);

  describe('drafting', () => {
    it('when it is drafted, then it has a number and the costs of the parts, and nothing is expected yet', async () => {
      const { id } = await parts.part({ cost: 1_234 });
      const order = await draft([{ partId: id, quantity: 2 }]);
      expect(order.number).to.match(/^PO-2026-\d{6}$/);
      expect(order).to.deep.include({ status: 'DRAFT', total: EUR(2_468), receipts: [] });
      expect(order.lines[0]).to.deep.include({ partId: id, remaining: 2, cost: EUR(1_234) });
      expect((await parts.show(id)).onOrder).to.equal(0);
      const next = await draft([]);
      expect(Number(next.number.slice(-6)) - Number(order.number.slice(-6))).to.equal(1);
    });

    it('when lines are at fault, then 422 with all of them', async () => {
      const retired = await parts.part();
      await parts.bench.api.delete(`/parts/${retired.id}`, desk());
      const { id } = await parts.part();
      const lines = [
        { partId: randomUUID(), quantity: 1 },
        { partId: retired.id, quantity: 1 },
        { partId: id, quantity: 1, cost: { amount: 1, currency: 'USD' } },
      ];
      const { status, body } = await post('', { supplier: 'Screens Ltd', lines });
      expect(status).to.equal(422);
      expect(body.errors.map(({ path }) => path)).to.have.members(['lines.0.partId', 'lines.1.partId', 'lines.2.cost']);
    });

    it('when a draft is edited, then its lines are those given; when it was ordered, then only days move', async () => {
      const [one, two] = [await parts.part(), await parts.part()];
      const order = await draft([{ partId: one.id, quantity: 2 }]);
      const kept = order.lines[0]?.id;
      const lines = [
        { id: kept, partId: one.id, quantity: 3 },
        { partId: two.id, quantity: 1 },
      ];
      const edited = (await put(order.id, { lines, notes: 'Soon' })).body.data;
      expect(edited.lines.map(({ id, quantity }) => [id === kept, quantity])).to.deep.equal([
        [true, 3],
        [false, 1],
      ]);
      const strange = await put(order.id, { lines: [{ id: randomUUID(), partId: one.id, quantity: 1 }] });
      expect(strange.body.errors.map(({ path }) => path)).to.deep.equal(['lines.0.id']);
      await post(`/${order.id}/order`);
      const moved = edited.lines.map(({ id, partId, quantity }) => ({ id, partId, quantity, expectedOn: '2026-03-20' }));
      expect((await put(order.id, { lines: moved })).body.data.lines[1]?.expectedOn).to.equal('2026-03-20');
      expect((await put(order.id, { lines: moved.slice(1) })).body.code).to.equal('PURCHASE_ORDER_LINES_FIXED');
      expect((await put(order.id, { lines: moved.map((line) => ({ ...line, quantity: 9 })) })).status).to.equal(409);
    });

    it('when a line is named twice, then 422', async () => {
      const { id } = await parts.part();
      const order = await draft([{ partId: id, quantity: 5 }]);
      const line = { id: order.lines[0]?.id, partId: id, quantity: 5 };
      const { status, body } = await put(order.id, { lines: [line, line] });
      expect([status, body.errors.map(({ path }) => path)]).to.deep.equal([422, ['lines.1']]);
      expect(
        (
          await put(order.id, {
            lines: [
              { partId: id, quantity: 1 },
              { partId: id, quantity: 1 },
            ],
          })
        ).status,
      ).to.equal(200);
    });

    it('when a line gets another part, then at the cost of that one, and not a retired one', async () => {
      const [cheap, dear, retired] = [await parts.part({ cost: 100 }), await parts.part({ cost: 90_000 }), await parts.part()];
      const order = await draft([{ partId: cheap.id, quantity: 1, cost: 90 }]);
      const lineId = order.lines[0]?.id;
      const change = (partId: string) => put(order.id, { lines: [{ id: lineId, partId, quantity: 1 }] });
      expect((await change(cheap.id)).body.data.lines[0]?.cost).to.deep.equal(EUR(90));
      expect((await change(dear.id)).body.data.lines[0]).to.deep.include({ id: lineId, cost: EUR(90_000) });
      await parts.bench.api.delete(`/parts/${retired.id}`, desk());
      const { status, body } = await change(retired.id);
      expect([status, body.errors.map(({ path }) => path)]).to.deep.equal([422, ['lines.0.partId']]);
      await parts.bench.api.delete(`/parts/${dear.id}`, desk());
      expect((await change(dear.id)).status).to.equal(200);
    });

    it('when its parts are bought in different currencies, then 422 with all of them', async () => {
      const euros = await parts.part();
      await parts.settle('JPY');
      const yen = [await parts.part(), await parts.part()];
      await parts.settle('EUR');
      const lines = [euros, ...yen].map(({ id }) => ({ partId: id, quantity: 1 }));
      const { status, body } = await post('', { supplier: 'Screens Ltd', lines });
      expect([status, body.errors.map(({ path }) => path)]).to.deep.equal([422, ['lines.1.partId', 'lines.2.partId']]);
      const order = await draft(lines.slice(1));
      expect(order.total).to.deep.equal({ amount: 8_000, currency: 'JPY' });
      expect((await put(order.id, { lines })).status).to.equal(422);
    });

    it('when it has no lines, or parts that are no longer offered, then it cannot be ordered', async () => {
      const empty = await draft([]);
      expect((await post(`/${empty.id}/order`)).body.code).to.equal('PURCHASE_ORDER_EMPTY');
      const { id } = await parts.part();
      const order = await draft([{ partId: id, quantity: 1 }]);
      await parts.bench.api.delete(`/parts/${id}`, desk());
      expect((await post(`/${order.id}/order`)).body.code).to.equal('PART_RETIRED');
    });
  });

  describe('receiving', () => {
    it('when it comes in two deliveries, then the back orders are served first, the oldest first', async () => {
      const { id } = await parts.part();
      const repair = await parts.repair();
      for (const quantity of [2, 1]) await parts.reserve(id, repair.id, { quantity });
      const order = await ordered([{ partId: id, quantity: 4, cost: 500, expectedOn: '2026-03-10' }]);
      expect(await waiting(id)).to.deep.equal(['BACKORDERED 2026-03-10', 'BACKORDERED 2026-03-10']);
      expect((await parts.show(id)).onOrder).to.equal(4);
      expect((await receive(order, [2])).body.data).to.include({ status: 'PARTLY_RECEIVED' });
      expect(await waiting(id)).to.deep.equal(['RESERVED -', 'BACKORDERED 2026-03-10']);
      const { body } = await receive(order, [2], { cost: 700 });
      expect(body.data.status).to.equal('RECEIVED');
      expect(body.data.receipts.map(({ quantity, cost }) => [quantity, cost.amount])).to.deep.equal([
        [2, 500],
        [2, 700],
      ]);
      expect(await parts.show(id)).to.deep.include({ onHand: 4, reserved: 3, onOrder: 0, averageCost: EUR(600) });
      expect((await parts.ledger(id))[0]).to.deep.include({ kind: 'RECEIPT', purchaseOrderId: order.id, unitCost: EUR(700) });
    });

    it('when more comes than is to come, then 409 with what is, and nothing is booked', async () => {
      const [one, two] = [await parts.part(), await parts.part()];
      const order = await ordered([
        { partId: one.id, quantity: 2 },
        { partId: two.id, quantity: 2 },
      ]);
      const { status, body } = await receive(order, [3, 1]);
      expect([status, body.code, body.errors.map(({ path }) => path)]).to.deep.equal([409, 'MORE_THAN_ORDERED', ['lines.0.quantity']]);
      expect(body.remaining).to.deep.equal([{ lineId: order.lines[0]?.id, remaining: 2 }]);
      expect([(await parts.show(one.id)).onHand, (await parts.show(two.id)).onHand]).to.deep.equal([0, 0]);
      const strange = await post(`/${order.id}/receive`, { lines: [{ lineId: randomUUID(), quantity: 1, cost: 4 }] });
      expect(strange.body.errors.map(({ path }) => path)).to.deep.equal(['lines.0.lineId']);
    });

    it('when it is repeated with its key, then the pieces come once', async () => {
      const { id } = await parts.part();
      const order = await ordered([{ partId: id, quantity: 5 }]);
      const options = { ...desk(), headers: { 'idempotency-key': randomUUID() } };
      const send = () => post(`/${order.id}/receive`, { lines: [{ lineId: order.lines[0]?.id, quantity: 2 }] }, options);
      expect([(await send()).status, (await send()).status]).to.deep.equal([200, 200]);
      expect((await parts.show(id)).onHand).to.equal(2);
    });

    it('when two people receive at once, then no more is booked than was ordered', async () => {
      const { id } = await parts.part();
      const order = await ordered([{ partId: id, quantity: 3 }]);
      const answers = await Promise.all([receive(order, [2]), receive(order, [2]), receive(order, [1])]);
      const taken = answers.filter(({ status }) => status === 200).length;
      expect(taken).to.be.within(1, 2);
      const { lines } = await show(order.id);
      expect(await parts.show(id)).to.include({ onHand: lines[0]?.received, onOrder: lines[0]?.remaining });
    });
  });

  describe('days', () => {
    it('when the expected day moves, then who waits is told, and no other', async () => {
      const { id } = await parts.part();
      const repair = await parts.repair();
      await parts.reserve(id, repair.id, { quantity: 2 });
      await parts.reserve(id, repair.id, { quantity: 3 });
      const order = await ordered([
        { partId: id, quantity: 2, expectedOn: '2026-03-10' },
        { partId: id, quantity: 3, expectedOn: '2026-03-15' },
      ]);
      expect(await waiting(id)).to.deep.equal(['BACKORDERED 2026-03-10', 'BACKORDERED 2026-03-15']);
      const lines = order.lines.map(({ id: lineId, partId, quantity }, n) => ({
        id: lineId,
        partId,
        quantity,
        expectedOn: n === 0 ? '2026-03-10' : '2026-03-25',
      }));
      await put(order.id, { lines });
      const told = (await parts.told<ReservationChangedV1>(ReservationChanged.type))
        .filter(({ reservation }) => reservation.partId === id && reservation.expectedOn !== undefined)
        .map(({ previousState, reservation }) => `${previousState} ${reservation.quantity} ${reservation.expectedOn}`);
      expect(told).to.deep.equal(['BACKORDERED 2 2026-03-10', 'BACKORDERED 3 2026-03-15', 'BACKORDERED 3 2026-03-25']);
    });

    it('when it is cancelled, then nothing is expected any more, and what has come stays', async () => {
      const { id } = await parts.part();
      const repair = await parts.repair();
      await parts.reserve(id, repair.id, { quantity: 5 });
      const order = await ordered([{ partId: id, quantity: 5, expectedOn: '2026-03-10' }]);
      await receive(order, [1]);
      expect((await post(`/${order.id}/cancel`)).body.data.status).to.equal('CANCELLED');
      expect((await post(`/${order.id}/cancel`)).status).to.equal(200);
      expect(await waiting(id)).to.deep.equal(['BACKORDERED -']);
      expect(await parts.show(id)).to.include({ onHand: 1, onOrder: 0 });
      expect((await receive(order, [1])).body.code).to.equal('PURCHASE_ORDER_STATUS');
      expect((await put(order.id, { notes: 'Late' })).status).to.equal(409);
    });
  });

  describe('GET /purchase-orders', () => {
    it('when it is filtered, then status, part and words count', async () => {
      const { id, sku } = await parts.part();
      const [open, done] = [await ordered([{ partId: id, quantity: 1 }]), await ordered([{ partId: id, quantity: 1 }])];
      await receive(done, [1]);
      const ids = async (query: string) =>
        (await parts.bench.api.get<Order[]>(`/purchase-orders?pageSize=100&${query}`, desk())).body.data.map((order) => order.id);
      expect(await ids(`partId=${id}`)).to.have.members([open.id, done.id]);
      expect(await ids(`partId=${id}&status=ORDERED`)).to.deep.equal([open.id]);
      expect(await ids(`search=${sku}`)).to.have.members([open.id, done.id]);
      expect(await ids(`search=${done.number}`)).to.deep.equal([done.id]);
    });

    it('when technicians, customers or another tenant ask, then they learn nothing', async () => {
      const { id } = await parts.part();
      const order = await ordered([{ partId: id, quantity: 1 }]);
      const rossi = await parts.bench.customer();
      for (const token of [parts.tech.token, rossi.token])
        expect((await parts.bench.api.get(`/purchase-orders/${order.id}`, { token })).status).to.equal(403);
      const token = parts.bench.world.tokenFor({ role: 'ADMIN', tenantId: 'elsewhere' });
      expect((await parts.bench.api.get(`/purchase-orders/${order.id}`, { token })).status).to.equal(404);
      expect((await post(`/${order.id}/order`, undefined, { token })).status).to.equal(404);
      expect((await post('', { supplier: 'X', lines: [{ partId: id, quantity: 1 }] }, { token })).status).to.equal(422);
    });
  });
});
