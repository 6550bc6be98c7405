import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { StockMoved, type StockMovedV1 } from '@riparo/shared/contracts/parts.events';
import { loadAssetsConfig } from '../src/config.js';
import { createDependencies } from '../src/dependencies.js';
import { createFinishCounts } from '../src/part/count/adjust-counted.js';
import { createFileAway } from '../src/part/stock/file-away.js';
import { createFinishOrders } from '../src/purchase-order/tell-parts.js';
import { startPartsBench, type PartsBench, type ShownPart } from './parts-bench.js';

interface Order {
  readonly id: string;
  readonly status: string;
  readonly lines: readonly { readonly id: string }[];
}

describe('Stock after a crash', () => {
  let parts: PartsBench;
  before(async () => (parts = await startPartsBench()));
  after(() => parts.bench.stop());

  const desk = () => ({ token: parts.desk.token });
  const post = <T>(path: string, body?: object, key?: string) =>
    parts.bench.api.post<T>(path, body, { ...desk(), ...(key === undefined ? {} : { headers: { 'idempotency-key': key } }) });
  const onHand = async (id: string) => (await parts.show(id)).onHand;
  const jobs = () => createDependencies(parts.bench.world.platform, loadAssetsConfig({}), { tickets: parts.tickets });

  /** Lets every write of this sort fail from the nth on, as when the process ends there, until it is mended. */
  const breakAt = (nth: number, collection: string, method: 'updateOne' | 'bulkWrite'): (() => void) => {
    const broken = parts.bench.world.platform.connection.collection(collection);
    const whole = broken[method].bind(broken) as (...given: unknown[]) => unknown;
    let count = 0;
    const breaking = (...given: unknown[]) => (++count < nth ? whole(...given) : Promise.reject(new Error('the process ended here')));
    Object.assign(broken, { [method]: breaking });
    return () => void Object.assign(broken, { [method]: whole });
  };

  describe('an import', () => {
    const csv = (header: string, rows: readonly string[]): string => [header, ...rows].join('\n');

    it('when the process ends within a list, then the same request finishes it, and no row is lost', async () => {
      const rows = Array.from({ length: 40 }, (_, n) => `CRASH-${n},Part ${n},10.00,5.00,22`);
      const list = { csv: csv('sku,name,salePrice,cost,vatRate', rows) };
      const key = randomUUID();
      const mend = breakAt(2, 'parts', 'bulkWrite');
      expect((await post('/parts/import?dryRun=false', list, key)).status).to.equal(500);
      mend();
      expect((await post('/parts/import?dryRun=false', list, key)).status).to.equal(200);
      const { body } = await parts.bench.api.get<readonly { sku: string; name: string }[]>('/parts?search=crash&pageSize=100', desk());
      expect(body.data.map(({ sku, name }) => [sku, name])).to.have.deep.members(
        Array.from({ length: 40 }, (_, n) => [`CRASH-${n}`, `Part ${n}`]),
      );
    });
  });

  describe('a purchase order', () => {
    /** Writes of a part: its new stock, and then that it is filed; the second part begins at the third. */
    for (const [where, nth] of [
      ['before its parts', 1],
      ['after its first part', 3],
    ] as const)
      it(`when the process ends ${where}, then a job books the pieces, once`, async () => {
        const [one, two] = [await parts.part(), await parts.part()];
        const lines = [one, two].map(({ id }, n) => ({ partId: id, quantity: n + 2 }));
        const { body } = await post<Order>('/purchase-orders', { supplier: 'Screens Ltd', lines });
        const path = `/purchase-orders/${body.data.id}`;
        await post(`${path}/order`);
        const mend = breakAt(nth, 'parts', 'updateOne');
        const came = { lines: body.data.lines.map(({ id }, n) => ({ lineId: id, quantity: n + 2 })) };
        expect((await post(`${path}/receive`, came)).status).to.equal(500);
        mend();
        const before = nth === 1 ? [0, 0] : [2, 0];
        expect((await parts.bench.api.get<Order>(path, desk())).body.data.status).to.equal('RECEIVED');
        const pieces = async () => [await onHand(one.id), await onHand(two.id)];
        expect(await pieces()).to.deep.equal(before);
        const finish = createFinishOrders(jobs());
        await finish();
        expect(await pieces(), 'it may still be at work').to.deep.equal(before);
        parts.bench.world.clock.advance(11_000);
        await finish();
        await finish();
        expect(await pieces()).to.deep.equal([2, 3]);
        expect((await parts.show(two.id)).onOrder).to.equal(0);
        expect(await parts.ledger(one.id)).to.have.length(1);
      });
  });

  describe('a movement', () => {
    const filed = (partId: string) => parts.bench.world.platform.connection.collection('stock_movements').countDocuments({ partId });

    it('when the process ends before the ledger, then a job files it, and the next movement follows', async () => {
      const { id } = await parts.part();
      const mend = breakAt(1, 'stock_movements', 'bulkWrite');
      expect((await parts.move(id, { kind: 'RECEIPT', quantity: 4 })).status).to.equal(500);
      mend();
      expect([await onHand(id), await filed(id)]).to.deep.equal([4, 0]);
      parts.bench.world.clock.advance(11_000);
      await createFileAway(jobs())();
      expect(await filed(id)).to.equal(1);
      await parts.move(id, { kind: 'SCRAP', quantity: 1 });
      expect((await parts.ledger(id)).map(({ onHand: left }) => left)).to.deep.equal([3, 4]);
    });

    it('when the request is repeated with its key, then the pieces have come once', async () => {
      const { id } = await parts.part();
      const [body, key] = [{ kind: 'RECEIPT', quantity: 4 }, randomUUID()];
      const mend = breakAt(1, 'stock_movements', 'bulkWrite');
      expect((await post(`/parts/${id}/movements`, body, key)).status).to.equal(500);
      mend();
      const { status, body: answer } = await post<ShownPart>(`/parts/${id}/movements`, body, key);
      expect([status, answer.data.onHand]).to.deep.equal([201, 4]);
      expect(await parts.ledger(id)).to.have.length(1);
    });

    it('when a reservation is repeated with its key, then it was made once', async () => {
      const { id } = await parts.part({}, 9);
      const repair = await parts.repair();
      const [body, key] = [{ partId: id, repairId: repair.id }, randomUUID()];
      const mend = breakAt(1, 'reservations', 'bulkWrite');
      expect((await post('/parts/reservations', body, key)).status).to.equal(500);
      mend();
      expect((await post('/parts/reservations', body, key)).status).to.equal(201);
      expect(await parts.reservations(`partId=${id}`)).to.have.length(1);
      expect((await parts.show(id)).reserved).to.equal(1);
    });
  });

  describe('an entry that cannot be finished', () => {
    const long = new Date('2026-01-01T00:00:00Z');
    /** So many copies of what is stored under an id, of another tenant, as they are never right. */
    const poison = async (collection: string, id: string, copies: number, wrong: object) => {
      const stored = parts.bench.world.platform.connection.collection(collection);
      const sound = await stored.findOne({ _id: id as never });
      if (sound === null) throw new Error(`${id} is missing`);
      const made = Array.from({ length: copies }, () => {
        const copy = randomUUID();
        return { ...sound, ...wrong, _id: copy as never, numberSeries: copy, skuKey: copy, tenantId: 'elsewhere' };
      });
      await stored.insertMany(made);
    };

    it('when a whole batch of orders fails, then the others are settled', async () => {
      const { id } = await parts.part();
      const { body } = await post<Order>('/purchase-orders', { supplier: 'Screens Ltd', lines: [{ partId: id, quantity: 2 }] });
      const mend = breakAt(1, 'parts', 'updateOne');
      expect((await post(`/purchase-orders/${body.data.id}/order`)).status).to.equal(500);
      mend();
      await poison('purchase_orders', body.data.id, 101, { unsettledSince: long });
      parts.bench.world.clock.advance(11_000);
      await createFinishOrders(jobs())();
      expect((await parts.show(id)).onOrder).to.equal(2);
    });

    it('when a count or a part fails, then the others are finished', async () => {
      const { id } = await parts.part({}, 5);
      const mendCount = breakAt(1, 'parts', 'updateOne');
      const failed = await post('/parts/counts', { lines: [{ partId: id, counted: 7 }] });
      mendCount();
      const mendLedger = breakAt(1, 'stock_movements', 'bulkWrite');
      const other = await parts.part({}, 3);
      mendLedger();
      const { connection } = parts.bench.world.platform;
      const count = await connection.collection('stock_counts').findOne({ 'lines.partId': id });
      await poison('stock_counts', String(count?._id), 1, { unsettledSince: long });
      await poison('parts', id, 1, { unfiled: { since: long, movements: [null], reservations: [] } });
      parts.bench.world.clock.advance(31_000);
      await createFinishCounts(jobs())();
      await createFileAway(jobs())();
      expect([failed.status, await onHand(id)]).to.deep.equal([500, 7]);
      expect(await connection.collection('stock_movements').countDocuments({ partId: other.id })).to.equal(1);
    });
  });

  describe('a count', () => {
    it('when nothing was left to take, then a repetition takes nothing of what came after the crash', async () => {
      const { id } = await parts.part();
      const [body, key] = [{ lines: [{ partId: id, counted: 0, seenOnHand: 5 }] }, randomUUID()];
      const mend = breakAt(1, 'stock_counts', 'updateOne');
      expect((await post('/parts/counts', body, key)).status).to.equal(500);
      mend();
      await parts.move(id, { kind: 'RECEIPT', quantity: 10 });
      expect((await post('/parts/counts', body, key)).status).to.equal(201);
      parts.bench.world.clock.advance(31_000);
      await createFinishCounts(jobs())();
      expect(await onHand(id)).to.equal(10);
      expect((await parts.ledger(id)).map(({ kind, quantity }) => `${kind} ${quantity}`)).to.deep.equal(['RECEIPT 10', 'ADJUSTMENT 0']);
      const told = (await parts.told<StockMovedV1>(StockMoved.type)).filter(({ part }) => part.id === id);
      expect(told.map(({ movement }) => movement.quantity)).to.deep.equal([10]);
    });

    it('when the process ends after its first part, then the key or a job adjusts the others, and each once', async () => {
      for (const how of ['key', 'job']) {
        const found = [await parts.part({}, 5), await parts.part({}, 5)];
        const [body, key] = [{ lines: found.map(({ id }) => ({ partId: id, counted: 6 })) }, randomUUID()];
        const mend = breakAt(3, 'parts', 'updateOne');
        expect((await post('/parts/counts', body, key)).status).to.equal(500);
        mend();
        expect(await Promise.all(found.map(({ id }) => onHand(id)))).to.deep.equal([6, 5]);
        parts.bench.world.clock.advance(31_000);
        if (how === 'key') expect((await post('/parts/counts', body, key)).status).to.equal(201);
        else await createFinishCounts(jobs())();
        expect(await Promise.all(found.map(({ id }) => onHand(id))), how).to.deep.equal([6, 6]);
      }
    });
  });
});
