import { expect } from 'chai';
import { startBench, type Bench } from '../bench.js';
import { startDesk, type Desk, type WholeRepair } from './life.js';
import { buildRepair } from './repair.builder.js';

const { device } = buildRepair();

describe('PUT /repairs/:id', () => {
  let bench: Bench;
  let desk: Desk;
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    desk = await startDesk(bench);
  });
  after(() => bench.stop());

  const put = (id: string, body: unknown, by = desk.agent, headers = {}) =>
    bench.api.put<WholeRepair>(`/repairs/${id}`, body, { ...by, headers });
  const eventsSince = async (count: number) => (await bench.events()).slice(count);

  it('when something is changed, then before and after are in the timeline, and only that is told', async () => {
    const id = await desk.repairIn('PENDING', { sheet: { notes: 'With charger' } });
    const before = (await bench.events()).length;
    const changed = { ...device, serialNumber: 'pf 9', warrantyEndDate: '2027-01-01', accessories: ['Bag'] };
    const { status, body } = await put(id, { device: changed, problemDescription: 'Smells of smoke', notes: null });
    expect(status).to.equal(200);
    expect(body.data).to.deep.include({ device: changed, problemDescription: 'Smells of smoke', underWarranty: true });
    expect(body.data).not.to.have.property('notes');
    expect((await desk.read(id)).activities.at(-1)?.metadata).to.deep.equal({
      changes: {
        'device.serialNumber': { from: device.serialNumber, to: 'pf 9' },
        'device.warrantyEndDate': { to: '2027-01-01' },
        'device.accessories': { to: ['Bag'] },
        problemDescription: { from: buildRepair().problemDescription, to: 'Smells of smoke' },
        notes: { from: 'With charger' },
        underWarranty: { from: false, to: true },
      },
    });
    expect((await eventsSince(before)).map(({ type }) => type)).to.deep.equal(['repair-updated']);
    for (const query of ['serialNumber=PF9', 'search=smoke', 'search=bianchi'])
      expect((await bench.api.get<WholeRepair[]>(`/repairs?${query}`, desk.agent)).body.data.map((each) => each.id)).to.include(id);
  });

  it('when the estimate is changed, then the customer can be told of both', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    const before = (await bench.events()).length;
    await put(id, { estimatedCompletionAt: '2026-03-04T10:00:00Z' }, desk.elena);
    await put(id, { estimatedCompletionAt: '2026-03-04T11:00:00+01:00' }, desk.elena);
    await desk.patch(id, 'AWAITING_PARTS', desk.elena, { reason: 'The board is late', estimatedCompletionAt: '2026-03-09T10:00:00Z' });
    const told = await eventsSince(before);
    expect(told.map(({ type }) => type)).to.deep.equal(['repair-estimate-changed', 'repair-status-changed', 'repair-estimate-changed']);
    expect(told[0]?.data).not.to.have.property('previousEstimatedCompletionAt');
    expect(told[1]?.data).to.include({ reason: 'The board is late' });
    expect(told[2]?.data).to.include({ previousEstimatedCompletionAt: '2026-03-04T10:00:00.000Z' });
    expect((await desk.read(id)).activities.slice(-2).map(({ body }) => body)).to.deep.equal([
      'The board is late',
      'Changed: estimatedCompletionAt',
    ]);
  });

  it('when the estimate lies in the past or the work has ended, then it is refused', async () => {
    const id = await desk.repairIn('IN_PROGRESS');
    expect((await put(id, { estimatedCompletionAt: '2026-03-01T10:00:00Z' })).body.errors[0]?.path).to.equal('estimatedCompletionAt');
    const late = { estimatedCompletionAt: '2026-03-09T10:00:00Z' };
    expect((await put(await desk.repairIn('READY_FOR_PICKUP'), late)).body.code).to.equal('REPAIR_WORK_ENDED');
    const { status, body } = await desk.patch(id, 'CANCELED', desk.agent, late);
    expect([status, body.errors[0]?.path]).to.deep.equal([422, 'estimatedCompletionAt']);
  });

  it('when nothing is different, then nothing is written', async () => {
    const id = await desk.repairIn('PENDING');
    const { version } = await desk.read(id);
    const { body } = await put(id, {
      device,
      problemDescription: buildRepair().problemDescription,
      notes: null,
      estimatedCompletionAt: null,
    });
    expect(body.data.version).to.equal(version);
  });

  it('when it is over, then 409, and when only the work is, then the sheet can be put right', async () => {
    for (const status of ['CANCELED', 'CLOSED'] as const)
      expect((await put(await desk.repairIn(status), { notes: 'x' })).body).to.include({ code: 'REPAIR_NOT_ACTIVE', current: status });
    const { body } = await put(await desk.repairIn('COMPLETED'), { device: { ...device, warrantyEndDate: '2030-01-01' } });
    expect(body.data).to.include({ underWarranty: false });
  });

  it('when fields are wrong, then 422 names every one', async () => {
    const id = await desk.repairIn('PENDING');
    const wrong = { device: { ...device, brand: '', colour: 'red' }, status: 'CLOSED', customerId: id, amountDue: 0, notes: 1 };
    const { status, body } = await put(id, wrong);
    expect(status).to.equal(422);
    expect(body.errors.map(({ path }) => path)).to.have.members([
      'device.brand',
      'device.colour',
      'status',
      'customerId',
      'amountDue',
      'notes',
    ]);
    expect((await put(id, {})).status).to.equal(422);
  });

  it('when fifty people change it at once by what they read, then one of them does', async () => {
    const id = await desk.repairIn('PENDING');
    const { version } = await desk.read(id);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => put(id, { notes: `Note ${n}` }, desk.agent, { 'if-match': `"${version}"` })),
    );
    expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
    expect(answers.filter(({ status }) => status === 412)).to.have.length(49);
    const after = await desk.read(id);
    expect(after.version).to.equal(version + 1);
    expect(after.activities.filter(({ body }) => body === 'Changed: notes')).to.have.length(1);
  });

  it('when fifty people change different things at once without it, then none of the changes is lost', async () => {
    const id = await desk.repairIn('PENDING');
    const answers = await Promise.all([
      ...Array.from({ length: 25 }, (_, n) => put(id, { notes: `Note ${n}` })),
      ...Array.from({ length: 25 }, (_, n) => put(id, { problemDescription: `Problem ${n}` })),
    ]);
    expect(answers.map(({ status }) => status)).to.deep.equal(Array.from({ length: 50 }, () => 200));
    const { notes, problemDescription, activities } = await desk.read(id);
    expect(activities.filter(({ body }) => body.startsWith('Changed'))).to.have.length(50);
    expect([notes, problemDescription].join()).to.match(/^Note \d+,Problem \d+$/);
  });
});
