import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import {
  PartAdded,
  PartRetired,
  PartUpdated,
  StockMoved,
  type PartEventV1,
  type StockMovedV1,
} from '@riparo/shared/contracts/parts.events';
import { buildPart, startPartsBench, type PartsBench, type ShownPart } from './parts-bench.js';

const EUR = (amount: number) => ({ amount, currency: 'EUR' });

describe('Parts', () => {
  let parts: PartsBench;
  before(async () => (parts = await startPartsBench()));
  after(() => parts.bench.stop());

  const api = () => parts.bench.api;
  const desk = () => ({ token: parts.desk.token });
  const listed = async (query: string): Promise<readonly string[]> =>
    (await api().get<ShownPart[]>(`/parts?sort=sku&pageSize=100&${query}`, desk())).body.data.map(({ sku }) => sku);

  describe('POST /parts', () => {
    it('when a part is added, then it has no stock and is announced without its cost', async () => {
      const { status, body } = await api().post<ShownPart>('/parts', buildPart({ sku: 'LCD-12', supplier: 'Screens Ltd' }), desk());
      expect(status).to.equal(201);
      expect(body.data).to.deep.include({ sku: 'LCD-12', salePrice: EUR(8_900), cost: EUR(4_000), onHand: 0, available: 0, active: true });
      expect(body.data).not.to.have.property('averageCost');
      const told = (await parts.told<PartEventV1>(PartAdded.type)).find(({ part }) => part.id === body.data.id);
      expect(told?.part).to.include({ sku: 'LCD-12', onHand: 0 });
      expect(JSON.stringify(told)).not.to.match(/cost|supplier/i);
    });

    it('when the SKU is taken, however it is written, then 409 SKU_TAKEN with the part that has it', async () => {
      const { id } = await parts.part({ sku: 'Taken-1' });
      const { status, body } = await api().post('/parts', buildPart({ sku: 'TAKEN-1' }), desk());
      expect([status, body.code, body.partId]).to.deep.equal([409, 'SKU_TAKEN', id]);
    });

    it('when fields are at fault, then 422 with all of them, another currency too', async () => {
      const { status, body } = await api().post('/parts', buildPart({ sku: '', vatRate: 122, minimumStock: -1, cost: 'much' }), desk());
      expect(status).to.equal(422);
      expect(body.errors.map(({ path }) => path)).to.have.members(['sku', 'vatRate', 'minimumStock', 'cost']);
      const dollars = { amount: 1, currency: 'USD' };
      const mixed = await api().post('/parts', buildPart({ salePrice: dollars, cost: dollars }), desk());
      expect(mixed.body.errors.map(({ path }) => path)).to.have.members(['salePrice', 'cost']);
    });

    it('when the request is repeated with its key, then there is one part', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      const body = buildPart();
      const [one, other] = [
        await api().post('/parts', body, { ...desk(), headers }),
        await api().post('/parts', body, { ...desk(), headers }),
      ];
      expect([one.status, other.status, other.body.data.id]).to.deep.equal([201, 201, one.body.data.id]);
    });
  });

  describe('who may', () => {
    it('when a technician reads a part, then nothing says what it costs; when they write, then 403', async () => {
      const { id } = await parts.part({ supplier: 'Screens Ltd' }, 2);
      const token = parts.tech.token;
      for (const path of [`/parts/${id}`, '/parts?pageSize=100', `/parts/${id}/movements`]) {
        const { status, text } = await api().get(path, { token });
        expect(status).to.equal(200);
        expect(text).not.to.match(/cost|supplier|value/i);
      }
      expect((await api().post('/parts', buildPart(), { token })).status).to.equal(403);
      expect((await api().put(`/parts/${id}`, { name: 'Mine' }, { token })).status).to.equal(403);
      expect((await parts.move(id, { kind: 'RECEIPT', quantity: 1 }, token)).status).to.equal(403);
    });

    it('when a customer asks, then 403 everywhere', async () => {
      const { token } = await parts.bench.customer();
      const { id } = await parts.part();
      for (const path of ['/parts', `/parts/${id}`, `/parts/${id}/movements`, '/parts/reservations'])
        expect((await api().get(path, { token })).status).to.equal(403);
    });

    it('when another tenant asks, then 404', async () => {
      const { id } = await parts.part();
      const token = parts.bench.world.tokenFor({ role: 'ADMIN', tenantId: 'elsewhere' });
      expect((await api().get(`/parts/${id}`, { token })).status).to.equal(404);
      expect((await parts.move(id, { kind: 'RECEIPT', quantity: 1 }, token)).status).to.equal(404);
      expect((await api().get(`/parts/${id}/movements`, { token })).status).to.equal(404);
      expect((await api().get<unknown[]>('/parts', { token })).body.data).to.deep.equal([]);
    });
  });

  describe('PUT and DELETE /parts/:id', () => {
    it('when fields change, then the others stay and the change is told; the same again is no change', async () => {
      const { id } = await parts.part({ brand: 'Apple', barcode: '4006381333931' });
      const change = { salePrice: EUR(9_900), barcode: null };
      const { body } = await api().put<ShownPart>(`/parts/${id}`, change, desk());
      expect(body.data).to.deep.include({ brand: 'Apple', salePrice: EUR(9_900), version: 2 });
      expect(body.data).not.to.have.property('barcode');
      expect((await api().put<ShownPart>(`/parts/${id}`, change, desk())).body.data.version).to.equal(2);
      expect((await parts.told<PartEventV1>(PartUpdated.type)).filter(({ part }) => part.id === id)).to.have.length(1);
    });

    it('when the version is old, then 412', async () => {
      const { id } = await parts.part();
      await api().put(`/parts/${id}`, { name: 'New' }, desk());
      const answer = await api().put(`/parts/${id}`, { name: 'Newer' }, { ...desk(), headers: { 'if-match': '"1"' } });
      expect(answer.status).to.equal(412);
    });

    it('when pieces moved meanwhile, then an edit of what was read is taken, and of two such edits one', async () => {
      const { id } = await parts.part();
      const { headers, body } = await api().get<ShownPart>(`/parts/${id}`, desk());
      const repair = await parts.repair();
      const edit = (name: string) => api().put(`/parts/${id}`, { name }, { ...desk(), headers: { 'if-match': headers.get('etag') ?? '' } });
      await parts.move(id, { kind: 'RECEIPT', quantity: 3 });
      await parts.reserve(id, repair.id);
      const [one, two] = await Promise.all([
        edit('One'),
        edit('Two'),
        parts.move(id, { kind: 'SCRAP', quantity: 1 }),
        parts.reserve(id, repair.id),
      ]);
      expect([one.status, two.status].toSorted()).to.deep.equal([200, 412]);
      const after = await parts.show(id);
      expect(after).to.include({ onHand: 2, reserved: 2, version: body.data.version + 1, name: one.status === 200 ? 'One' : 'Two' });
      expect((await edit('Three')).status).to.equal(412);
      const late = { ...desk(), headers: { 'if-match': `"${after.version}"` } };
      await parts.move(id, { kind: 'RECEIPT', quantity: 1 });
      expect((await api().delete(`/parts/${id}`, late)).status).to.equal(204);
    });

    it('when it is retired, then its pieces stay, and it can be brought back', async () => {
      const { id } = await parts.part({}, 3);
      expect((await api().delete(`/parts/${id}`, desk())).status).to.equal(204);
      expect(await parts.show(id)).to.include({ active: false, onHand: 3 });
      expect((await parts.told<PartEventV1>(PartRetired.type)).map(({ part }) => part.id)).to.include(id);
      const repair = await parts.repair();
      expect((await parts.reserve(id, repair.id)).body.code).to.equal('PART_RETIRED');
      await api().put(`/parts/${id}`, { active: true }, desk());
      expect((await parts.reserve(id, repair.id)).status).to.equal(201);
    });
  });

  describe('POST /parts/:id/movements', () => {
    it('when many come at once, then each that was answered is in the ledger once', async () => {
      const { id } = await parts.part();
      const bodies = Array.from({ length: 12 }, (_, n) => (n === 5 ? { kind: 'SCRAP', quantity: 500 } : { kind: 'RECEIPT', quantity: 1 }));
      const answers = await Promise.all(bodies.map((body) => parts.move(id, body)));
      expect(answers.filter(({ status }) => status === 201)).to.have.length(11);
      expect((await parts.ledger(id)).map(({ position }) => position)).to.deep.equal(Array.from({ length: 11 }, (_, n) => 11 - n));
      expect((await parts.show(id)).onHand).to.equal(11);
    });

    it('when pieces come at two prices, then the average is weighted, and the last piece takes the rest', async () => {
      const { id } = await parts.part();
      await parts.move(id, { kind: 'RECEIPT', quantity: 1, unitCost: 100 });
      const { body } = await parts.move(id, { kind: 'RECEIPT', quantity: 2, unitCost: 0 });
      expect(body.data).to.deep.include({ onHand: 3, averageCost: EUR(33) });
      for (const left of [2, 1, 0]) expect((await parts.move(id, { kind: 'SCRAP', quantity: 1 })).body.data.onHand).to.equal(left);
      const costs = (await parts.ledger(id)).slice(0, 3).map(({ unitCost }) => unitCost.amount);
      expect(costs.reduce((sum, cost) => sum + cost, 0)).to.equal(100);
    });

    it('when more leaves than is there, then 409 NOT_ENOUGH_ON_HAND and nothing is written', async () => {
      const { id } = await parts.part({}, 1);
      const { status, body } = await parts.move(id, { kind: 'SCRAP', quantity: 2 });
      expect([status, body.code, body.onHand]).to.deep.equal([409, 'NOT_ENOUGH_ON_HAND', 1]);
      expect((await parts.move(id, { kind: 'ADJUSTMENT', quantity: -2, reason: 'Lost' })).status).to.equal(409);
      expect(await parts.ledger(id)).to.have.length(1);
    });

    it('when fields do not belong to the kind, then 422 with all of them', async () => {
      const { id } = await parts.part({}, 5);
      const wrong = { kind: 'SCRAP', quantity: -1, unitCost: 3 };
      expect((await parts.move(id, wrong)).body.errors.map(({ path }) => path)).to.have.members(['quantity', 'unitCost']);
      expect((await parts.move(id, { kind: 'ADJUSTMENT', quantity: 1 })).body.errors.map(({ path }) => path)).to.deep.equal(['reason']);
      expect((await parts.move(id, { kind: 'RECEIPT', quantity: 0 })).status).to.equal(422);
      expect((await parts.move(id, { kind: 'CONSUMPTION', quantity: 1 })).status).to.equal(422);
    });

    it('when it is repeated with its key, then the pieces come once, and the ledger says who', async () => {
      const { id } = await parts.part();
      const headers = { 'idempotency-key': randomUUID() };
      const send = (kind: string) =>
        api().post<ShownPart>(`/parts/${id}/movements`, { kind, quantity: 4, reason: 'First delivery' }, { ...desk(), headers });
      await send('RECEIPT');
      expect((await send('RECEIPT')).body.data.onHand).to.equal(4);
      const ledger = await parts.ledger(id);
      expect(ledger).to.have.length(1);
      expect(ledger[0]).to.deep.include({ kind: 'RECEIPT', quantity: 4, onHand: 4, byUserId: parts.desk.userId, reason: 'First delivery' });
      const told = (await parts.told<StockMovedV1>(StockMoved.type)).filter(({ part }) => part.id === id);
      expect(told.map(({ movement, part }) => [movement.quantity, movement.unitCost, part.onHand])).to.deep.equal([[4, EUR(4_000), 4]]);
    });

    it('when pieces come back from a repair that nobody knows, then 404', async () => {
      const { id } = await parts.part();
      const answer = await parts.move(id, { kind: 'RETURN', quantity: 1, repairId: randomUUID() });
      expect([answer.status, answer.body.code]).to.deep.equal([404, 'REPAIR_NOT_FOUND']);
      const repair = await parts.repair();
      expect((await parts.move(id, { kind: 'RETURN', quantity: 1, repairId: repair.id })).status).to.equal(201);
      expect((await parts.ledger(id))[0]?.repairId).to.equal(repair.id);
    });
  });

  describe('GET /parts', () => {
    it('when words are searched, then SKU, barcode, name, brand and models find a part', async () => {
      const word = randomUUID().slice(0, 8);
      const fits = { compatibleWith: [{ brand: 'Fairphone', model: `Five${word}` }] };
      const sku = `SRCH-${word}`;
      await parts.part({ sku, name: `Köpfhörer ${word}`, barcode: `77${word}`, brand: 'Señal', ...fits });
      for (const search of [sku.toLowerCase(), `77${word}`, `kopfhorer ${word}`, `senal ${word}`, `five${word}`, `fairph ${word}`])
        expect(await listed(`search=${encodeURIComponent(search)}`), search).to.deep.equal([sku]);
      expect(await listed(`search=${word}nothing`)).to.deep.equal([]);
    });

    it('when brand, model or a device is named, then parts that are made for it come', async () => {
      const rossi = await parts.bench.customer();
      const brand = `Brand${randomUUID().slice(0, 8)}`;
      await parts.part({ sku: `${brand}-A`, brand });
      await parts.part({ sku: `${brand}-B`, compatibleWith: [{ brand, model: 'One' }] });
      await parts.part({ sku: `${brand}-C`, compatibleWith: [{ brand, model: 'Two' }] });
      const assetId = await parts.bench.asset(rossi, { brand: brand.toUpperCase(), model: 'one' });
      expect(await listed(`brand=${brand}`)).to.deep.equal([`${brand}-A`, `${brand}-B`, `${brand}-C`]);
      expect(await listed(`brand=${brand}&model=two`)).to.deep.equal([`${brand}-C`]);
      expect(await listed(`compatibleWithAsset=${assetId}`)).to.deep.equal([`${brand}-B`]);
      expect((await api().get(`/parts?compatibleWithAsset=${randomUUID()}`, desk())).body.code).to.equal('ASSET_NOT_FOUND');
    });

    it('when parts are retired or scarce, then the filters tell them apart', async () => {
      const brand = `Brand${randomUUID().slice(0, 8)}`;
      await parts.part({ sku: `${brand}-A`, brand, minimumStock: 2 }, 1);
      await parts.part({ sku: `${brand}-B`, brand, minimumStock: 1 }, 1);
      const { id } = await parts.part({ sku: `${brand}-C`, brand, minimumStock: 1 });
      await api().delete(`/parts/${id}`, desk());
      expect(await listed(`brand=${brand}&lowStock=true`)).to.deep.equal([`${brand}-A`]);
      expect(await listed(`brand=${brand}&lowStock=false&active=true`)).to.deep.equal([`${brand}-B`]);
      expect(await listed(`brand=${brand}&active=false`)).to.deep.equal([`${brand}-C`]);
    });
  });
});
