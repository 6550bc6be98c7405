import { expect } from 'chai';
import { startBench, type Bench, type Somebody } from './bench.js';

interface Made {
  readonly id: string;
  readonly locationId: string;
  readonly version: number;
  readonly [field: string]: unknown;
}

const DEVICE = { category: 'LAPTOP', brand: 'Lenovo', model: 'ThinkPad T14', serialNumber: 'PF-3X9K21', warrantyEndDate: '2027-01-31' };
const ADDRESS = { line1: 'Via Roma 1', city: 'Torino', state: 'TO', postalCode: '10121', country: 'IT' };

describe('POST /internal/assets', () => {
  let bench: Bench;
  let owner: Somebody;
  beforeEach(async () => {
    bench = await startBench();
    owner = await bench.customer();
  });
  afterEach(() => bench.stop());

  const ask = (part: object = {}, headers: Record<string, string> = {}) =>
    bench.api.post<Made>(
      '/internal/assets',
      { customerId: owner.customerId, actorUserId: owner.userId, device: DEVICE, ...part },
      { token: bench.world.platform.serviceTokens.mint(), root: true, headers },
    );
  const locations = async () =>
    (await bench.api.get<readonly { id: string; isPrimary: boolean; addressLine1: string }[]>('/locations', owner)).body.data;
  const assets = async () => (await bench.api.get<readonly { id: string }[]>('/assets', owner)).body.data;

  it('when the customer has a device with that serial number, however it is written, then it is that one', async () => {
    const id = await bench.asset(owner, { serialNumber: 'pf3x 9k21' });
    const found = await ask();
    expect([found.status, found.body.data.id, found.body.data.version]).to.deep.equal([200, id, 1]);
  });

  it('when a serial number has another dash, as sent or as kept, then the device is still known', async () => {
    const id = await bench.asset(owner, { serialNumber: 'PF-3X9K21' });
    expect((await ask({ device: { ...DEVICE, serialNumber: '\uff30\uff26\u20113X9K21\u200b' } })).body.data.id).to.equal(id);
    const serialKey = 'PF\u20113X9K21';
    await bench.world.platform.connection.collection('assets').updateOne({ customerId: owner.customerId }, { $set: { serialKey } });
    expect((await ask()).body.data.id).to.equal(id);
  });

  it('when it is a new one, then it lies at the primary location, and who may look at it sees it', async () => {
    const locationId = await bench.location(owner);
    const { status, body } = await ask();
    expect([status, body.data.locationId]).to.deep.equal([201, locationId]);
    const read = await bench.api.get<object>(`/assets/${body.data.id}`, owner);
    expect(read.body.data).to.include({ friendlyName: 'Lenovo ThinkPad T14', serialNumber: 'PF-3X9K21', status: 'ACTIVE' });
  });

  it('when the one with that serial number is retired, then there is a new one', async () => {
    const id = await bench.asset(owner, { serialNumber: DEVICE.serialNumber });
    await bench.api.delete(`/assets/${id}`, owner);
    const made = await ask();
    expect([made.status, made.body.data.id === id]).to.deep.equal([201, false]);
  });

  it('when there is no location, then one is made from the address, and without an address it is refused', async () => {
    expect((await ask()).body.code).to.equal('ASSET_WITHOUT_PLACE');
    expect(await locations()).to.deep.equal([]);
    const { body } = await ask({ address: ADDRESS });
    const [made, ...others] = await locations();
    expect(made).to.include({ id: body.data.locationId, isPrimary: true, addressLine1: 'Via Roma 1' });
    expect(others).to.deep.equal([]);
  });

  it('when several desks take devices in at once, then there is one for each serial number', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => ask({ address: ADDRESS, device: { ...DEVICE, serialNumber: `SN-${index % 2}` } })),
    );
    expect(answers.map(({ status }) => status).filter((status) => status > 201)).to.deep.equal([]);
    expect([(await locations()).length, (await assets()).length]).to.deep.equal([1, 2]);
  });

  it("when the location is another customer's, then it is not there and nothing is made", async () => {
    const locationId = await bench.location(await bench.customer());
    expect((await ask({ locationId })).status).to.equal(404);
    expect(await assets()).to.deep.equal([]);
  });

  it('when it is asked for twice under one key, then the second answer is the first', async () => {
    await bench.location(owner);
    const key = { 'idempotency-key': 'repair-1' };
    const [first, second] = [await ask({}, key), await ask({}, key)];
    expect(second.body.data).to.deep.equal(first.body.data);
  });

  it('when it is not a service that asks, then 401', async () => {
    const body = { customerId: owner.customerId, actorUserId: owner.userId, device: DEVICE };
    expect((await bench.api.post('/internal/assets', body, { token: bench.staff().token, root: true })).status).to.equal(401);
  });
});
