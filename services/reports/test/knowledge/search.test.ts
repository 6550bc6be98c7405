import { randomUUID } from 'node:crypto';
import { createTestPlatform } from '@riparo/shared/testing/test-platform';
import { expect } from 'chai';
import { loadReportsConfig } from '../../src/config.js';
import { createCaseIndexes } from '../../src/knowledge/search/case-indexes.js';
import { createReportsService } from '../../src/service.js';
import { buildTicket } from '../bench.js';
import { repairIn } from '../workshop.js';
import { CUSTOMER_ID, LAPTOP, startKnowledgeBench, type Case, type KnowledgeBench } from './knowledge-bench.js';

const PRINTER = { category: 'PRINTER', brand: 'Epson', model: 'ET-2850' } as const;

describe('GET /knowledge?search', () => {
  let bench: KnowledgeBench;
  let ids: Record<'jack' | 'ink' | 'batteria' | 'wifi', string>;
  before(async () => {
    bench = await startKnowledgeBench();
    const make = async (part: object) => (await bench.published(part)).id;
    ids = {
      jack: await make({ symptom: 'Does not charge', solution: 'Replaced the DC jack', cause: 'The batteries were fine', tags: ['power'] }),
      ink: await make({
        device: PRINTER,
        symptom: 'Stampa righe bianche',
        solution: 'Pulite le testine e cambiata la cartuccia, perché era secca.',
      }),
      batteria: await make({ symptom: 'La batteria non si carica', solution: 'Sostituita la batteria e il connettore PF-3X9K21.' }),
      wifi: await make({ symptom: 'Wi-Fi drops after some minutes', solution: 'Updated the driver, overheating stopped.' }),
    };
  });
  after(() => bench.stop());
  const find = async (search: string, more = '') => (await bench.list(`?search=${encodeURIComponent(search)}${more}`)).map(({ id }) => id);

  it('when endings differ, then words are found, in English and in Italian', async () => {
    expect(await find('charging')).to.include(ids.jack);
    expect(await find('updates')).to.deep.equal([ids.wifi]);
    expect(await find('testina cartucce')).to.deep.equal([ids.ink]);
    expect(await find('sostituire connettori')).to.deep.equal([ids.batteria]);
    expect(await find('batterie')).to.have.members([ids.batteria, ids.jack]);
  });

  it('when accents, signs, beginnings or single letters differ, then words are found', async () => {
    for (const [search, id] of [
      ['PERCHE secca', ids.ink],
      ['wifi', ids.wifi],
      ['wi-fi', ids.wifi],
      ['pf3x9k21', ids.batteria],
      ['cartuc', ids.ink],
      ['cartucia', ids.ink],
      ['overheeting', ids.wifi],
      ['overheats', ids.wifi],
      ['chargng', ids.jack],
      ['testnie', ids.ink],
      ['et-2850', ids.ink],
    ] as const)
      expect(await find(search), search).to.deep.equal([id]);
    expect(await find('zzzz')).to.deep.equal([]);
    expect(await find('?!')).to.deep.equal([]);
  });

  it('when filters are given, then they narrow the search and the list alike', async () => {
    for (const search of ['', '&search=sostituita%20replaced%20pulite%20updated']) {
      const list = async (query: string) => (await bench.list(`?${query}${search}`)).map(({ id }) => id);
      expect(await list('brand=EPSON')).to.deep.equal([ids.ink]);
      expect(await list('model=et%202850')).to.deep.equal([ids.ink]);
      expect(await list('category=PRINTER')).to.deep.equal([ids.ink]);
      expect(await list('tag=Power')).to.deep.equal([ids.jack]);
      expect(await list('status=RETIRED')).to.deep.equal([]);
      expect((await list('status=PUBLISHED')).length).to.equal(4);
    }
  });

  it('when pages are asked for, then they follow each other', async () => {
    const { body } = await bench.ask<readonly Case[]>(
      'GET',
      '/knowledge?search=replaced%20sostituita%20pulite%20updated&pageSize=3&page=2',
      'TECH',
    );
    expect((body.data as readonly Case[]).length).to.equal(1);
    expect(body.pagination).to.deep.include({ totalCount: 4, totalPages: 2 });
  });

  it('when a case changes in another instance of the service, then the next search knows it', async () => {
    const second = await createTestPlatform({
      service: 'reports',
      connection: bench.world.platform.connection,
      tokens: bench.world.tokens,
      clock: bench.world.clock,
    });
    const { api } = await second.startService((platform) => createReportsService(platform, loadReportsConfig({})));
    const token = bench.tokenOf('ENGINEER');
    const searchThere = async (search: string) =>
      (await api.get<readonly Case[]>(`/knowledge?search=${search}`, { token })).body.data.map(({ id }) => id);
    expect(await searchThere('hinge')).to.deep.equal([]);
    const { id } = await bench.published({ symptom: 'Broken hinge', solution: 'Replaced the left bracket.' });
    expect(await searchThere('hinge')).to.deep.equal([id]);
    await bench.done('PATCH', `/knowledge/${id}`, 'ENGINEER', { symptom: 'Broken lid' });
    expect([await searchThere('hinge'), await searchThere('lid')]).to.deep.equal([[], [id]]);
    await bench.done('POST', `/knowledge/${id}/retire`, 'ENGINEER');
    expect((await api.post<readonly Case[]>('/knowledge/suggestions', { text: 'broken lid' }, { token })).body.data).to.deep.equal([]);
    await second.stop();
  });

  it('when there is room for few cases, then tenants that searched long ago are read anew', async () => {
    const { connection, clock } = bench.world.platform;
    const indexes = createCaseIndexes({ connection, clock }, 1);
    const first = await indexes.of('default');
    expect(first.size).to.be.at.least(4);
    expect(await indexes.of('default')).to.equal(first);
    await indexes.of('elsewhere');
    expect(await indexes.of('default')).to.not.equal(first);
  });
});

describe('knowledge suggestions', () => {
  let bench: KnowledgeBench;
  beforeEach(async () => {
    bench = await startKnowledgeBench();
  });
  afterEach(() => bench.stop());
  const ask = (role: Parameters<KnowledgeBench['ask']>[2], body: object) =>
    bench.done<readonly Case[]>('POST', '/knowledge/suggestions', role, body);

  it('when somebody describes a problem, then solved cases of the same device come first, with why', async () => {
    const other = await bench.published({ device: PRINTER, symptom: 'Does not charge the toner', solution: 'Shook the cartridge well.' });
    const brand = await bench.published({
      device: { ...LAPTOP, model: 'IdeaPad 5' },
      symptom: 'Laptop is not charging',
      solution: 'Replaced the charger.',
    });
    const model = await bench.published({ symptom: 'Laptop not charging', solution: 'Replaced the DC jack.' });
    const found = await ask('TECH', {
      device: { brand: 'LENOVO', model: 'thinkpad t14 gen 3' },
      text: 'My laptop does not charge any more',
    });
    expect(found.map(({ id }) => id)).to.deep.equal([model.id, brand.id, other.id]);
    expect(found.map(({ why }) => why?.map(({ reason }) => reason))).to.deep.equal([
      ['SAME_MODEL', 'WORDS'],
      ['SAME_BRAND', 'WORDS'],
      ['WORDS'],
    ]);
    expect(found[0]?.why?.[1]?.words).to.include.members(['laptop', 'charge']);
  });

  it('when a case has helped more often, then it comes before its like', async () => {
    const [one, other] = [await bench.published(), await bench.published()];
    const [first] = await ask('TECH', { text: 'Battery does not charge' });
    const lesser = first?.id === one.id ? other : one;
    for (const role of ['TECH', 'AGENT', 'ADMIN'] as const) await bench.done('POST', `/knowledge/${lesser.id}/useful`, role, {});
    expect((await ask('TECH', { text: 'Battery does not charge' }))[0]).to.deep.include({ id: lesser.id, usefulCount: 3 });
  });

  it('when customers ask, then they see what is public; staff see all that is published', async () => {
    const [open, hidden] = [await bench.published(), await bench.published({}, false)];
    await bench.done('POST', '/knowledge', 'ENGINEER', { symptom: 'Battery does not charge', solution: 'Replaced the whole board.' });
    expect((await ask('CUSTOMER_USER', { text: 'battery' })).map(({ id }) => id)).to.deep.equal([open.id]);
    expect((await ask('TECH', { text: 'battery' })).map(({ id }) => id)).to.have.members([open.id, hidden.id]);
  });

  it('when work is named, then its words and device are asked for, if it is the caller’s to see', async () => {
    const asset = await bench.asset();
    const { id } = await bench.published();
    const ticket = buildTicket({
      customerId: CUSTOMER_ID,
      assetId: asset.id,
      title: 'battery is not charging',
      assignedToUserId: bench.userIdOf('TECH'),
    });
    await bench.ticket(ticket).opened();
    const life = repairIn(bench, {
      customerId: CUSTOMER_ID,
      device: { ...LAPTOP, serialNumber: 'S' },
      problemDescription: 'battery is not charging',
      assignedToUserId: bench.userIdOf('TECH'),
    });
    await life.taken(bench.userIdOf('TECH'));
    for (const query of [`ticketId=${ticket.id}`, `repairId=${life.id}`]) {
      for (const role of ['CUSTOMER_USER', 'TECH', 'AGENT'] as const) {
        const [found] = await bench.done<readonly Case[]>('GET', `/knowledge/suggestions?${query}`, role);
        expect([found?.id, found?.why?.[0]?.reason]).to.deep.equal([id, 'SAME_MODEL']);
      }
      expect((await bench.ask('GET', `/knowledge/suggestions?${query}`, 'ENGINEER')).status).to.equal(404);
      const stranger = bench.tokenOf('CUSTOMER_ADMIN', { customerId: randomUUID() });
      expect((await bench.api.get(`/knowledge/suggestions?${query}`, { token: stranger })).status).to.equal(404);
      const elsewhere = bench.tokenOf('AGENT', { tenantId: 'elsewhere' });
      expect((await bench.api.get(`/knowledge/suggestions?${query}`, { token: elsewhere })).status).to.equal(404);
    }
    for (const query of ['', `?ticketId=${ticket.id}&repairId=${life.id}`, '?ticketId=x'])
      expect((await bench.ask('GET', `/knowledge/suggestions${query}`, 'AGENT')).status).to.equal(422);
  });
});
