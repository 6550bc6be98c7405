import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { startPartsBench, type PartsBench } from './parts-bench.js';

interface Count {
  readonly id: string;
  readonly reason?: string;
  readonly lines: readonly { readonly partId: string; readonly counted: number; readonly expected: number; readonly difference: number }[];
}

describe('Inventory counts', () => {
  let parts: PartsBench;
  before(async () => (parts = await startPartsBench()));
  after(() => parts.bench.stop());

  const desk = () => ({ token: parts.desk.token });
  const count = (lines: readonly object[], part: object = {}, options: object = desk()) =>
    parts.bench.api.post<Count>('/parts/counts', { lines, ...part }, options);
  const onHand = async (id: string) => (await parts.show(id)).onHand;

  it('when more or fewer are found, then the parts are adjusted, and those not listed stay', async () => {
    const [more, fewer, same, unlisted] = await Promise.all([5, 5, 5, 5].map((pieces) => parts.part({}, pieces)));
    if (!more || !fewer || !same || !unlisted) throw new Error('parts are missing');
    const { status, body } = await count(
      [
        { partId: more.id, counted: 7 },
        { sku: fewer.sku.toLowerCase(), counted: 0 },
        { partId: same.id, counted: 5 },
      ],
      { reason: 'Yearly' },
    );
    expect(status).to.equal(201);
    expect(body.data.lines.map(({ expected, difference }) => [expected, difference])).to.deep.equal([
      [5, 2],
      [5, -5],
      [5, 0],
    ]);
    expect(await Promise.all([more, fewer, same, unlisted].map(({ id }) => onHand(id)))).to.deep.equal([7, 0, 5, 5]);
    expect((await parts.ledger(fewer.id))[0]).to.deep.include({ kind: 'ADJUSTMENT', quantity: -5, reason: 'Yearly' });
    expect(await parts.ledger(same.id)).to.have.length(1);
    const shown = (await parts.bench.api.get<Count>(`/parts/counts/${body.data.id}`, desk())).body.data;
    expect(shown.lines).to.deep.equal(body.data.lines);
    const listed = (await parts.bench.api.get<Count[]>('/parts/counts', desk())).body.data;
    expect(listed.map(({ id }) => id)).to.include(body.data.id);
  });

  it('when pieces were used between the look and the booking, then they are not found again', async () => {
    const { id } = await parts.part({}, 5);
    await parts.move(id, { kind: 'SCRAP', quantity: 2 });
    await count([{ partId: id, counted: 5, seenOnHand: 5 }]);
    expect(await onHand(id)).to.equal(3);
    await count([{ partId: id, counted: 4, seenOnHand: 5 }]);
    expect(await onHand(id)).to.equal(2);
    await count([{ partId: id, counted: 0, seenOnHand: 5 }]);
    expect(await onHand(id)).to.equal(0);
  });

  it('when reserved pieces are missing, then who has them waits', async () => {
    const { id } = await parts.part({}, 2);
    const repair = await parts.repair();
    await parts.reserve(id, repair.id);
    await parts.reserve(id, repair.id);
    await count([{ partId: id, counted: 1 }]);
    const states = (await parts.reservations(`partId=${id}`)).map(({ state }) => state);
    expect(states).to.have.members(['RESERVED', 'BACKORDERED']);
  });

  it('when it is repeated with its key, then parts are adjusted once', async () => {
    const { id } = await parts.part({}, 5);
    const options = { ...desk(), headers: { 'idempotency-key': randomUUID() } };
    const send = () => count([{ partId: id, counted: 6, seenOnHand: 5 }], {}, options);
    expect((await send()).body.data.id).to.equal((await send()).body.data.id);
    expect(await onHand(id)).to.equal(6);
  });

  it('when lines are at fault, then 422 with all of them and nothing is adjusted', async () => {
    const { id, sku } = await parts.part({}, 5);
    const lines = [
      { partId: id, counted: 1 },
      { counted: 1 },
      { sku, counted: 1 },
      { sku: 'NOWHERE', counted: 1 },
      { partId: id, sku, counted: 1 },
    ];
    const { status, body } = await count(lines);
    expect(status).to.equal(422);
    expect(body.errors.map(({ path }) => path)).to.deep.equal(['lines.1', 'lines.2', 'lines.3', 'lines.4']);
    expect(await onHand(id)).to.equal(5);
  });

  it('when technicians or another tenant count, then they cannot', async () => {
    const { id } = await parts.part({}, 5);
    expect((await count([{ partId: id, counted: 1 }], {}, { token: parts.tech.token })).status).to.equal(403);
    const token = parts.bench.world.tokenFor({ role: 'ADMIN', tenantId: 'elsewhere' });
    expect((await count([{ partId: id, counted: 1 }], {}, { token })).status).to.equal(422);
    expect(await onHand(id)).to.equal(5);
  });
});
