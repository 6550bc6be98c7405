import { expectIndexed, plansOf } from '@riparo/shared/testing/query-plans';
import { expect } from 'chai';
import { startBench, type Bench, type Somebody } from './bench.js';

interface Row {
  readonly friendlyName: string;
}

describe('GET /assets', () => {
  let bench: Bench;
  let rossi: Somebody;
  let bianchi: Somebody;
  let agent: string;
  before(async () => {
    bench = await startBench();
    [rossi, bianchi, agent] = [await bench.customer(), await bench.customer(), bench.staff('TECH').token];
    const add = (by: Somebody, friendlyName: string, part: object = {}) => bench.asset(by, { friendlyName, ...part });
    await add(rossi, 'Till', { category: 'DESKTOP', brand: 'HP', model: 'ProDesk', serialNumber: 'ABC-12345', tags: ['shop', 'critical'] });
    await add(rossi, 'Caffè printer', {
      category: 'PRINTER',
      brand: 'Epson',
      model: 'TM-T20',
      serialNumber: 'X99',
      warrantyEndDate: '2027-01-01',
    });
    await add(rossi, 'apprentice laptop', { brand: 'Dell', model: 'Latitude 7420', serialNumber: 'ZZ-777', warrantyEndDate: '2026-06-01' });
    await add(bianchi, 'Till', { category: 'DESKTOP', brand: 'Dell', model: 'OptiPlex', serialNumber: 'ABC-12345' });
  });
  after(() => bench.stop());

  const names = async (query: string, token: string) => {
    const { status, text, body } = await bench.api.get<Row[]>(`/assets${query}`, { token });
    if (status !== 200) throw new Error(text);
    return body.data.map(({ friendlyName }) => friendlyName);
  };

  it('when a customer asks, then theirs come, newest first, and when staff ask, all', async () => {
    expect(await names('', rossi.token)).to.deep.equal(['apprentice laptop', 'Caffè printer', 'Till']);
    expect(await names('', agent)).to.have.length(4);
    expect(await names(`?customerId=${bianchi.customerId}`, agent)).to.deep.equal(['Till']);
  });

  it("when a customer asks for another's, then 404", async () => {
    expect((await bench.api.get(`/assets?customerId=${bianchi.customerId}`, { token: rossi.token })).body.code).to.equal(
      'CUSTOMER_NOT_FOUND',
    );
  });

  const table: readonly [string, readonly string[]][] = [
    ['?category=PRINTER', ['Caffè printer']],
    ['?status=ACTIVE&tag=critical', ['Till']],
    ['?tag=crit', []],
    ['?status=RETIRED', []],
    ['?search=dell', ['apprentice laptop']],
    ['?search=DELL%20lat', ['apprentice laptop']],
    ['?search=lap%20dell', ['apprentice laptop']],
    ['?search=caffe', ['Caffè printer']],
    ['?search=CAFF%C3%88', ['Caffè printer']],
    ['?search=2345', ['Till']],
    ['?search=abc-123', ['Till']],
    ['?search=.*', []],
    ['?search=(lat%2B)%2B%24', ['apprentice laptop']],
    ['?search=%5E', []],
    ['?sort=friendlyName', ['apprentice laptop', 'Caffè printer', 'Till']],
    ['?sort=-friendlyName', ['Till', 'Caffè printer', 'apprentice laptop']],
    ['?sort=createdAt&pageSize=2', ['Till', 'Caffè printer']],
    ['?sort=createdAt&pageSize=2&page=2', ['apprentice laptop']],
    ['?sort=-warrantyEndDate&pageSize=2', ['Caffè printer', 'apprentice laptop']],
  ];
  for (const [query, expected] of table) {
    it(`when the query is ${query}, then ${expected.join(', ') || 'nothing'}`, async () =>
      expect(await names(query, rossi.token)).to.deep.equal(expected));
  }

  it('when the query has many faults, then all are told at once', async () => {
    const { status, body } = await bench.api.get('/assets?status=BROKEN&sort=notes&pageSize=1000&search[$ne]=x&colour=red&tag=a&tag=b', {
      token: agent,
    });
    expect(status).to.equal(422);
    expect(body.errors.map(({ path }) => path)).to.have.members(['status', 'sort', 'pageSize', 'search[$ne]', 'colour', 'tag']);
  });

  describe('is served by an index', () => {
    const tenantId = 'default';
    const ID = '018f0000-0000-7000-8000-000000000000';
    /** Who asks what, and the field whose index has to answer. */
    const cases: readonly [who: 'customer' | 'staff', query: string, field: string][] = [
      ['customer', '', 'customerId'],
      ['customer', '?sort=friendlyName', 'nameKey'],
      ['customer', '?sort=-warrantyEndDate', 'warrantyEndDate'],
      ['customer', '?status=ACTIVE&tag=x', 'tenantId'],
      ['staff', '', 'tenantId'],
      ['staff', '?sort=friendlyName', 'nameKey'],
      ['staff', '?sort=-warrantyEndDate', 'warrantyEndDate'],
      ['staff', '?status=IN_REPAIR', 'status'],
      ['staff', '?category=SERVER', 'category'],
      ['staff', `?locationId=${ID}`, 'locationId'],
      ['staff', `?servicePlanId=${ID}`, 'servicePlanId'],
      ['staff', `?customerId=${ID}`, 'customerId'],
      ['staff', '?tag=x', 'tags'],
    ];
    for (const [who, query, field] of cases) {
      it(`when ${who} ask for ${query || 'all'}, then an index gives them in order`, async () => {
        const token = who === 'staff' ? agent : rossi.token;
        const asked = await plansOf(bench.world.platform.connection, 'assets', async () => {
          expect((await bench.api.get(`/assets${query}`, { token })).status).to.equal(200);
        });
        expectIndexed(asked, query, ['tenantId', field]);
      });
    }
    it('when searched by words, then an index answers', async () => {
      const filter = { tenantId, $and: [{ searchWords: { $regex: '^dell' } }] };
      const plan = JSON.stringify(await bench.world.platform.connection.collection('assets').find(filter).explain());
      expect(plan).to.include('searchWords').and.include('IXSCAN').and.not.include('COLLSCAN');
    });
    it('when the figures of tickets are counted, then an index answers', async () => {
      const filter = { tenantId, assetId: { $in: ['a', 'b'] } };
      const plan = JSON.stringify(await bench.world.platform.connection.collection('tickets').find(filter).explain());
      expect(plan).to.include('IXSCAN').and.not.include('COLLSCAN');
    });
  });
});
