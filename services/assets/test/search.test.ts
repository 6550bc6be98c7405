import { expect } from 'chai';
import { startBench, type Bench, type Somebody } from './bench.js';

const EXAMPLES: readonly (readonly [search: string, part: object])[] = [
  ["joel's", { friendlyName: 'Joel’s Laptop' }],
  ["O'Neil", { friendlyName: 'O’Neil' }],
  ['oneil', { friendlyName: 'O’Neil' }],
  ['neil', { friendlyName: 'O’Neil' }],
  ['lukasz', { friendlyName: 'Łukasz' }],
  ['PF-3X9K21', { serialNumber: 'PF\u20113X9K21' }],
  ['PF\u20113X9K21', { serialNumber: 'PF-3X9K21' }],
  ['pf3x9k21', { serialNumber: 'PF-3X9K21' }],
  ['3x9k', { serialNumber: 'PF-3X9K21' }],
  ['K21', { serialNumber: 'PF-3X9K21' }],
  ['9-k21', { serialNumber: 'PF-3X9K21' }],
  ['打印', { friendlyName: '前台打印机' }],
];

describe('search in devices', () => {
  let bench: Bench;
  let agent: string;
  before(async () => {
    bench = await startBench();
    agent = bench.staff().token;
  });
  after(() => bench.stop());

  const collection = (name: string) => bench.world.platform.connection.collection(name);
  const find = async (search: string, { customerId }: Somebody): Promise<readonly string[]> => {
    const path = `/assets?customerId=${customerId}&search=${encodeURIComponent(search)}`;
    return (await bench.api.get<{ id: string }[]>(path, { token: agent })).body.data.map(({ id }) => id);
  };

  for (const [search, part] of EXAMPLES) {
    it(`when ${search} is searched, then ${Object.values(part).join('')} is found`, async () => {
      const rossi = await bench.customer();
      expect(await find(search, rossi)).to.deep.equal([]);
      const id = await bench.asset(rossi, part);
      expect(await find(search, rossi)).to.deep.equal([id]);
    });
  }

  it('when words were stored by an earlier version, then the device is found again, and has not changed', async () => {
    const rossi = await bench.customer();
    const id = await bench.asset(rossi, { friendlyName: 'Łukasz’ Laptop' });
    await collection('assets').updateMany({}, { $set: { searchWords: ['łukasz', 'laptop'] } });
    await collection('derived_fields').deleteMany({});
    expect(await find('lukasz', rossi)).to.deep.equal([]);
    await bench.renewWords();
    expect(await find('lukasz', rossi)).to.deep.equal([id]);
    expect((await bench.api.get(`/assets/${id}`, { token: agent })).body.data.version).to.equal(1);
  });

  it('when serial numbers were kept as they were pasted, then a job makes one number of one device again', async () => {
    const bianchi = await bench.customer();
    const keep = async (serialNumber: string, serialKey: string) => {
      const id = await bench.asset(bianchi, { serialNumber });
      await collection('assets').updateOne({ _id: id as never }, { $set: { serialNumber: serialKey, serialKey } });
    };
    const PASTED = 'PF\u2011\u200b7X1';
    await keep('AB-1', PASTED);
    await keep('AB-2', 'QQ\u20113');
    await bench.asset(bianchi, { serialNumber: 'QQ-3' });
    await collection('derived_fields').deleteMany({});
    await bench.renewWords();
    const keys = await collection('assets').find({ customerId: bianchi.customerId }).project({ serialKey: 1 }).toArray();
    expect(keys.map(({ serialKey }) => serialKey as string).sort()).to.deep.equal(['PF7X1', 'QQ3', 'QQ\u20113']);
  });
});
