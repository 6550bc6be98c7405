import { expect } from 'chai';
import { startBench, type Bench, type Person, type TicketView } from '../bench.js';
import { startDesk, type Desk } from '../repair/life.js';

/** What tells a customer that something was written. */
interface Trace {
  readonly etag: string | null;
  readonly version: unknown;
  readonly updatedAt: unknown;
}

describe('writes that customers do not see', () => {
  let bench: Bench;
  let desk: Desk;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    desk = await startDesk(bench);
  });
  afterEach(() => bench.stop());

  const traces = async (path: string, by: Person): Promise<Trace> => {
    const { headers, body } = await bench.api.get<TicketView>(path, by);
    return { etag: headers.get('etag'), version: body.data.version, updatedAt: body.data.updatedAt };
  };
  const ids = async (path: string, by: Person) => (await bench.api.get<TicketView[]>(path, by)).body.data.map(({ id }) => id);
  const matching = (by: Person, { etag }: Trace) => ({ ...by, headers: { 'if-match': etag ?? '' } });
  /** Later, so that a moved `updatedAt` shows. */
  const later = async (work: Promise<{ readonly status: number }>, status: number): Promise<void> => {
    expect((await work).status).to.equal(status);
    bench.test.clock.advance(60_000);
  };

  const open: readonly (readonly [string, () => Promise<string>])[] = [
    ['tickets', async () => (await bench.open(desk.rosa)).id],
    ['repairs', () => desk.repairIn('IN_PROGRESS')],
  ];
  for (const [kind, create] of open) {
    it(`when staff write an internal note on ${kind}, then version, ETag, updatedAt and lists of the customer stay`, async () => {
      const [first, second] = [await create(), await create()];
      bench.test.clock.advance(60_000);
      const path = `/${kind}/${first}`;
      const [before, staff] = [await traces(path, desk.rosa), await traces(path, desk.agent)];
      const status = await bench.api.get(`${path}/status`, desk.rosa);
      await later(bench.api.post(`${path}/notes`, { body: 'Owner is difficult' }, desk.agent), 201);
      expect(await traces(path, desk.rosa)).to.deep.equal(before);
      expect((await bench.api.get(`${path}/status`, desk.rosa)).body.data).to.deep.equal(status.body.data);
      expect(await ids(`/${kind}?sort=-updatedAt`, desk.rosa)).to.deep.equal([second, first]);
      expect((await traces(path, desk.agent)).version).to.equal(Number(staff.version) + 1);
    });

    it(`when something visible follows the note on ${kind}, then the customer's ETag moves by one and the old one is 412`, async () => {
      const path = `/${kind}/${await create()}`;
      const reply = (body: string, by: Person, seen: Trace) => bench.api.post(`${path}/reply`, { body }, matching(by, seen));
      const [before, staff] = [await traces(path, desk.rosa), await traces(path, desk.agent)];
      await later(bench.api.post(`${path}/notes`, { body: 'Hm' }, desk.agent), 201);
      expect((await reply('Too old', desk.agent, staff)).status).to.equal(412);
      await later(reply('Hello?', desk.rosa, before), 201);
      const after = await traces(path, desk.rosa);
      expect([after.version, after.etag]).to.deep.equal([Number(before.version) + 1, `"${Number(before.version) + 1}"`]);
      expect(after.updatedAt).to.equal('2026-03-02T10:01:00.000Z');
      expect((await reply('Again', desk.rosa, before)).status).to.equal(412);
      expect((await reply('Of staff', desk.rosa, await traces(path, desk.agent))).status).to.equal(412);
      expect((await reply('I see', desk.agent, await traces(path, desk.agent))).status).to.equal(201);
    });
  }

  it('when If-Match is a list, then it must name the version that the caller was shown', async () => {
    const path = `/tickets/${(await bench.open(desk.rosa)).id}`;
    await later(bench.api.post(`${path}/notes`, { body: 'Hm' }, desk.agent), 201);
    const [theirs, ours] = [(await traces(path, desk.rosa)).etag ?? '', (await traces(path, desk.agent)).etag ?? ''];
    const reply = async (ifMatch: string, by = desk.rosa) =>
      (await bench.api.post(`${path}/reply`, { body: 'Hello' }, { ...by, headers: { 'if-match': ifMatch } })).status;
    for (const refused of [`"99", ${ours}`, `W/${ours}`, '"x"']) expect(await reply(refused), refused).to.equal(412);
    expect(await reply(theirs.replaceAll('"', ''))).to.equal(422);
    expect(await reply(`"99", W/${theirs}`)).to.equal(201);
    expect(await reply('*')).to.equal(201);
    expect(await reply(`"99", ${ours}`, desk.agent)).to.equal(412);
    expect(await reply(`"99", ${(await traces(path, desk.agent)).etag}`, desk.agent)).to.equal(201);
  });

  it('when only the internal notes of a ticket change, then nothing moves; with the title, it does', async () => {
    const { id } = await bench.open(desk.rosa);
    const edit = (body: object) => bench.api.put(`/tickets/${id}`, body, desk.agent);
    const before = await traces(`/tickets/${id}`, desk.rosa);
    await later(edit({ internalNotes: 'Owner is difficult' }), 200);
    expect(await traces(`/tickets/${id}`, desk.rosa)).to.deep.equal(before);
    await later(edit({ internalNotes: null, title: 'Screen black' }), 200);
    expect((await traces(`/tickets/${id}`, desk.rosa)).version).to.equal(Number(before.version) + 1);
  });

  it('when notes and replies race, then no write is lost and both versions count their own', async () => {
    const { id } = await bench.open(desk.rosa);
    const path = `/tickets/${id}`;
    const [mine, theirs] = [await traces(path, desk.rosa), await traces(path, desk.agent)];
    const say = (index: number) => bench.api.post(`${path}/${index % 2 ? 'notes' : 'reply'}`, { body: `No. ${index}` }, desk.agent);
    await Promise.all(Array.from({ length: 20 }, (_, index) => say(index)));
    const said = (await bench.read(desk.agent, id)).activities.filter(({ body }) => body.startsWith('No. '));
    expect(said).to.have.length(20);
    expect((await traces(path, desk.rosa)).version).to.equal(Number(mine.version) + 10);
    expect((await traces(path, desk.agent)).version).to.equal(Number(theirs.version) + 20);
  });
});
