import { randomUUID } from 'node:crypto';
import { AssetUpdated } from '@riparo/shared/contracts/assets.events';
import { expect } from 'chai';
import { startBench, type Bench, type Person } from '../bench.js';
import { buildRepair, opened } from './repair.builder.js';

describe('POST /repairs', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T08:00:00Z' });
    [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
  });
  afterEach(() => bench.stop());

  it('when a customer asks for a repair, then it waits under its number', async () => {
    const repair = await opened(bench, rosa);
    expect(repair).to.include({ number: 'REP-2026-000001', status: 'PENDING', source: 'PORTAL', customerId: rosa.caller.customerId });
    expect(repair.amountDue).to.deep.equal({ amount: 0, currency: 'EUR' });
    const read = await bench.api.get(`/repairs/${repair.id}`, rosa);
    const { asset, ...rest } = repair;
    expect(read.body.data).to.deep.include(rest);
    expect(read.body.data.asset).to.deep.include(asset);
  });

  it('when the desk takes a device in, then it is under warranty until the last day of it', async () => {
    const { device } = buildRepair();
    const taken = (warrantyEndDate: string) =>
      opened(bench, agent, { customerId: rosa.caller.customerId, device: { ...device, warrantyEndDate } });
    expect(await taken('2026-03-02')).to.include({ source: 'COUNTER', underWarranty: true });
    expect(await taken('2026-03-01')).to.include({ underWarranty: false, number: 'REP-2026-000002' });
  });

  it('when it is promised for a day that has gone, then 422', async () => {
    const body = buildRepair({ customerId: rosa.caller.customerId, estimatedCompletionAt: '2001-01-01T00:00:00Z' });
    const { status, body: answer } = await bench.api.post('/repairs', body, agent);
    expect([status, answer.errors[0]?.path]).to.deep.equal([422, 'estimatedCompletionAt']);
  });

  it('when the device belongs to somebody else now, then its former owner reads nothing new of it', async () => {
    const { customerId } = rosa.caller;
    const asset = await bench.asset({ customerId: customerId ?? '', friendlyName: "Rosa's laptop" });
    const { id } = await opened(bench, rosa, { device: undefined, assetId: asset.id });
    const ticket = await bench.open(rosa, { assetId: asset.id });
    const handed = { ...asset, customerId: randomUUID(), friendlyName: 'THEIRS', locationId: randomUUID() };
    await bench.test.publish(AssetUpdated, { asset: handed }, { subject: asset.id, version: 2 });
    const reads = async (by: Person): Promise<string> => {
      const paths = ['/repairs', `/repairs/${id}`, '/tickets', `/tickets/${ticket.id}`];
      const answers = await Promise.all(paths.map((path) => bench.api.get(path, by)));
      return answers.map(({ text }) => text).join();
    };
    expect(await reads(rosa)).to.not.match(new RegExp(`THEIRS|${handed.locationId}`));
    expect(await reads(agent)).to.contain('THEIRS');
  });

  it("when a customer names another customer, then 422, and another's repair is 404", async () => {
    const other = await bench.customer();
    const { status, body } = await bench.api.post('/repairs', buildRepair({ customerId: other.caller.customerId }), rosa);
    expect([status, body.errors[0]?.path]).to.deep.equal([422, 'customerId']);
    const { id } = await opened(bench, rosa);
    expect((await bench.api.get(`/repairs/${id}`, other)).status).to.equal(404);
  });
});
