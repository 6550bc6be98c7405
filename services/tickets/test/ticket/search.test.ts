import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { startBench, type Bench, type Person } from '../bench.js';
import { buildRepair, opened } from '../repair/repair.builder.js';

type Path = '/tickets' | '/repairs' | '/canned-replies';

/** No job may make words anew while a test looks at old ones. */
const NEVER = '0 0 0 29 2 *';

/** What a search finds in the title of a ticket, in the problem of a repair and in the body of a canned reply. */
const EXAMPLES: readonly (readonly [search: string, text: string])[] = [
  ["won't", 'Printer won’t start'],
  ["O'Neil", 'Call O’Neil'],
  ['O’Neil', "Call O'Neil"],
  ['oneil', 'Call O’Neil'],
  ['neil', 'Call O’Neil'],
  ["d'angelo", 'For D´Angelo'],
  ['lukasz', 'Łukasz waits'],
  ['HAUPTSTRASSE', 'At Hauptstraße 5'],
  ['PF-3X9K21', 'It is PF\u20113X9K21'],
  ['pf3x9k21', 'It is PF\u20113X9K21'],
  ['3x9k', 'It is PF\u20113X9K21'],
  ['soft', 'so\u00adft sound'],
  ['打印', '打印机坏了'],
];

describe('search in tickets, repairs and canned replies', () => {
  let bench: Bench;
  let [rosa, agent]: Person[] = [];
  const start = async (cron: string) => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z', env: { TICKET_CLOCK_CRON: cron } });
    [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
  };
  beforeEach(() => start(NEVER));
  afterEach(() => bench.stop());

  const search = async (path: Path, text: string, by = agent) =>
    (await bench.api.get<{ id: string }[]>(`${path}?search=${encodeURIComponent(text)}`, by)).body;
  const ids = async (path: Path, text: string) => (await search(path, text)).data.map(({ id }) => id);
  const reply = async (body: string, title = 'Reply') =>
    (await bench.api.post<{ id: string }>('/canned-replies', { title, body, isShared: true }, agent)).body.data.id;
  const store = (collection: string) => bench.test.platform.connection.collection<{ _id: string; words: string[] }>(collection);

  it('when a word is typed in another way, then what has it is found', async () => {
    for (const [index, [asked, text]] of EXAMPLES.entries()) {
      const by = await bench.customer({ name: 'Ada' });
      const found = {
        '/tickets': (await bench.open(by, { title: text })).id,
        '/repairs': (await opened(bench, by, buildRepair({ problemDescription: text }))).id,
        '/canned-replies': await reply(text, `Reply ${index}`),
      };
      for (const [path, id] of Object.entries(found)) expect(await ids(path as Path, asked), `${path} ${asked}`).to.include(id);
    }
    expect(await ids('/tickets', 'eil')).to.deep.equal([]);
  });

  it('when a customer or a device has signs in its name, then tickets and repairs are found by it', async () => {
    const neil = await bench.customer({ name: 'Łukasz', surname: 'O’Neil' });
    const asset = await bench.asset({ customerId: neil.customer.id, serialNumber: 'PF-3X9K21' });
    const { id } = await bench.open(neil, { assetId: asset.id });
    const repair = await opened(bench, neil);
    for (const asked of ["lukasz o'neil", 'oneil', 'pf3x9k21', '3x9k', 'PF\u20113X9K21']) {
      expect(await ids('/tickets', asked), asked).to.deep.equal([id]);
      expect(await ids('/repairs', asked), asked).to.deep.equal([repair.id]);
    }
  });

  it('when numbers are typed with other dashes or none, then tickets and repairs are found by them', async () => {
    const [ticket, repair] = [await bench.open(rosa as Person), await opened(bench, rosa as Person)];
    for (const asked of ['TKT-2026-001', 'tkt–2026–001', 'tkt2026001', 'TKT-2026-0', 'tkt-2026'])
      expect(await ids('/tickets', asked), asked).to.deep.equal([ticket.id]);
    for (const asked of ['REP-2026-000001', 'rep2026000001', '2026-0000', '000001'])
      expect(await ids('/repairs', asked), asked).to.deep.equal([repair.id]);
  });

  it('when a text has more words than are kept, then answers to searches of it say so', async () => {
    const words = Array.from({ length: 600 }, (_, index) => `word${index}`).join(' ');
    const elena = await bench.customer();
    await bench.open(elena, { title: 'short' });
    expect((await search('/tickets', 'short')).pagination).not.to.have.property('searchIsPartial');
    const { id } = await bench.open(rosa as Person, { title: 'long', description: words });
    const repair = await opened(bench, rosa as Person, buildRepair({ problemDescription: words }));
    await reply(words, 'long');
    expect([await ids('/tickets', 'word400'), await ids('/tickets', 'word599')]).to.deep.equal([[id], []]);
    expect(await ids('/repairs', 'word400')).to.deep.equal([repair.id]);
    for (const path of ['/tickets', '/repairs', '/canned-replies'] as const) {
      for (const asked of ['word599', 'long', 'nothing'])
        expect((await search(path, asked)).pagination, `${path} ${asked}`).to.include({ searchIsPartial: true });
      expect((await bench.api.get(path, agent)).body.pagination).not.to.have.property('searchIsPartial');
    }
    expect((await search('/tickets', 'short', elena)).pagination).not.to.have.property('searchIsPartial');
    expect((await search('/repairs', 'short', elena)).pagination).not.to.have.property('searchIsPartial');
  });

  it('when an earlier version stored the number, then the ticket is found by it at once', async () => {
    const { id } = await bench.open(rosa as Person);
    await store('tickets').updateMany({}, { $set: { words: ['tkt-2026-001', 'tkt-2026', 'tkt-2026-0', 'tkt-2026-00'] } });
    for (const asked of ['TKT-2026-001', 'tkt-2026', 'tkt-2026-0']) expect(await ids('/tickets', asked), asked).to.deep.equal([id]);
  });

  it('when words were stored by an earlier version, then what has them is found again, and has not changed', async () => {
    await bench.stop();
    await start('* * * * * *');
    const neil = await bench.customer({ name: 'Łukasz', surname: 'O’Neil' });
    const ticket = await bench.open(neil, { title: 'Printer won’t start' });
    const repair = await opened(bench, neil);
    const canned = await reply('We won’t forget you');
    const earlier = ['tkt-2026-001', 'łukasz', 'o’neil', 'o', 'neil', 'won’t', 'won', 't'];
    for (const collection of ['tickets', 'repairs', 'canned_replies']) await store(collection).updateMany({}, { $set: { words: earlier } });
    await store('derived_fields').deleteMany({});
    for (const [path, asked, id] of [
      ['/tickets', 'tkt-2026-001', ticket.id],
      ['/tickets', "lukasz won't", ticket.id],
      ['/repairs', "o'neil", repair.id],
      ['/canned-replies', "won't", canned],
    ] as const)
      await eventually(async () => (await ids(path, asked)).includes(id), { withinMs: 15_000 });
    expect((await bench.read(agent as Person, ticket.id)).version).to.equal(ticket.version);
  });
});
