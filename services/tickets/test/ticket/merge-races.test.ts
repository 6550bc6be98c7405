import type { HttpClient } from '@riparo/shared/testing/http-client';
import { createTestPlatform, type TestPlatform } from '@riparo/shared/testing/test-platform';
import { expect } from 'chai';
import { announceMerge } from '../../src/ticket/merge/decide-merge.js';
import { createTicketsService } from '../../src/service.js';
import { createTickets } from '../../src/ticket/ticket.repository.js';
import { startBench, type Bench, type Person, type TicketView, ticketsConfig } from '../bench.js';

interface Merged extends TicketView {
  readonly mergedIntoId?: string;
  readonly mergedInto?: { readonly id: string };
  readonly mergedFrom?: readonly { readonly id: string }[];
}

describe('merges of several tickets, and at once', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  let other: TestPlatform;
  /** Two instances of the service over one database. */
  let doors: readonly [HttpClient, HttpClient];
  let a: TicketView;
  let b: TicketView;
  let c: TicketView;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    const { connection } = bench.test.platform;
    other = await createTestPlatform({ service: 'tickets', connection, tokens: bench.test.tokens, clock: bench.test.clock });
    const config = ticketsConfig();
    doors = [bench.api, (await other.startService((platform) => createTicketsService(platform, config))).api];
    [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
    [a, b, c] = [await bench.open(rosa), await bench.open(rosa), await bench.open(rosa)];
  });
  afterEach(async () => {
    await other.stop();
    await bench.stop();
  });

  const merge = ({ id }: TicketView, into: TicketView, api = bench.api) =>
    api.post<Merged>(`/tickets/${id}/merge`, { intoTicketId: into.id }, agent);
  const unmerge = ({ id }: TicketView) => bench.api.post<Merged>(`/tickets/${id}/unmerge`, undefined, agent);
  const reply = ({ id }: TicketView, body: string, api = bench.api) => api.post(`/tickets/${id}/reply`, { body }, rosa);
  const read = async ({ id }: TicketView): Promise<Merged> => await bench.read(rosa, id);
  const said = async (ticket: TicketView): Promise<readonly string[]> =>
    (await read(ticket)).activities.filter(({ type }) => type === 'COMMENT').map(({ body }) => body);
  const sourcesOf = async (ticket: TicketView): Promise<readonly string[]> => ((await read(ticket)).mergedFrom ?? []).map(({ id }) => id);

  describe('when A is merged into B, and B into C', () => {
    beforeEach(async () => {
      for (const ticket of [a, b, c]) await reply(ticket, `in ${ticket.ticketNumber}`);
      await merge(a, b);
      await reply(a, 'through A into B');
      await merge(b, c);
      await reply(a, 'through A into C');
      await reply(b, 'through B into C');
    });
    const [OF_A, OF_B, OF_C] = [
      ['in TKT-2026-001', 'through A into B', 'through A into C'],
      ['in TKT-2026-002', 'through B into C'],
      ['in TKT-2026-003'],
    ];

    it('when nothing is undone, then C tells everything, and A and B say that it goes on in C', async () => {
      expect(await said(c)).to.have.members([...OF_A, ...OF_B, ...OF_C]);
      expect(await sourcesOf(c)).to.have.members([a.id, b.id]);
      for (const ticket of [a, b]) expect((await read(ticket)).mergedInto?.id).to.equal(c.id);
      expect((await merge(c, a)).body.code).to.equal('MERGE_CIRCLE');
    });

    it('when B is undone, then A stays with B', async () => {
      await unmerge(b);
      expect(await said(c)).to.deep.equal(OF_C);
      expect(await said(b)).to.have.members([...OF_A, ...OF_B]);
      expect((await read(a)).mergedInto?.id).to.equal(b.id);
      await reply(a, 'through A again');
      expect(await said(b)).to.include('through A again');
    });

    it('when A is undone, then B stays with C', async () => {
      await unmerge(a);
      expect(await said(a)).to.deep.equal(OF_A);
      expect(await said(c)).to.have.members([...OF_B, ...OF_C]);
    });

    it('when A and B are undone, then each has what is its own', async () => {
      for (const ticket of [a, b]) await unmerge(ticket);
      expect([await said(a), await said(b), await said(c)]).to.deep.equal([OF_A, OF_B, OF_C]);
      expect(await sourcesOf(c)).to.deep.equal([]);
    });

    it('when A is undone and merged into C, then it comes along again', async () => {
      await unmerge(a);
      await merge(a, c);
      expect(await said(c)).to.have.members([...OF_A, ...OF_B, ...OF_C]);
    });
  });

  it('when one is merged into two at once, then one has it and the other merge gets 409', async () => {
    const answers = await Promise.all([merge(a, b, doors[0]), merge(a, c, doors[1])]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409]);
    expect([...(await sourcesOf(b)), ...(await sourcesOf(c))]).to.deep.equal([a.id]);
  });

  it('when the same merge comes fifty times at once, then it is made and told once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => merge(a, b, doors[index % 2])));
    expect(answers.map(({ status }) => status)).to.deep.equal(Array.from({ length: 50 }, () => 200));
    const entries = (await read(a)).activities.filter(({ metadata }) => metadata?.mergedInto !== undefined);
    expect(entries).to.have.length(1);
    await other.idle();
    const told = [...(await bench.events()).map(({ type }) => type), ...other.published.map(({ type }) => type.split('.')[2])];
    expect(told.filter((type) => type === 'ticket-merged')).to.have.length(1);
  });

  it('when two go into each other at once, then one of them does', async () => {
    for (let round = 0; round < 10; round++) {
      const [left, right] = [await bench.open(rosa), await bench.open(rosa)];
      const answers = await Promise.all([merge(left, right, doors[0]), merge(right, left, doors[1])]);
      expect(answers.map(({ status }) => status).sort(), JSON.stringify(answers.map(({ body }) => body.code))).to.deep.equal([200, 409]);
      const sources = await Promise.all([left, right].map(sourcesOf));
      expect(sources.flat()).to.have.length(1);
    }
  });

  it('when three go round in a circle at once, then never all of them do', async () => {
    for (let round = 0; round < 5; round++) {
      const ring = [await bench.open(rosa), await bench.open(rosa), await bench.open(rosa)] as const;
      await Promise.all(ring.map((ticket, index) => merge(ticket, ring[(index + 1) % 3] as TicketView, doors[index % 2])));
      const into = await Promise.all(ring.map(async (ticket) => (await read(ticket)).mergedIntoId));
      expect(into.filter((id) => id === undefined).length).to.be.within(1, 2);
    }
  });

  it('when a crash left a merge announced and not made, then nothing of it shows or is in its way', async () => {
    const tickets = createTickets(bench.test.platform).in('default');
    await tickets.update(b.id, (before) => announceMerge(before, { ticketId: a.id, attempt: 0 }));
    expect(await sourcesOf(b)).to.deep.equal([]);
    expect((await merge(b, a)).status).to.equal(200);
    expect(await sourcesOf(a)).to.deep.equal([b.id]);
  });

  it("when a reply and a merge race, then the target says the reply once, and it is the source's", async () => {
    for (let round = 0; round < 10; round++) {
      const source = await bench.open(rosa);
      const [answer] = await Promise.all([reply(source, `word ${round}`, doors[0]), merge(source, c, doors[1])]);
      expect(answer.status).to.equal(201);
      expect((await said(c)).filter((body) => body === `word ${round}`)).to.have.length(1);
      await unmerge(source);
      expect(await said(source)).to.deep.equal([`word ${round}`]);
      expect(await said(c)).not.to.include(`word ${round}`);
    }
  });

  it('when closing and merging race, then the merge is made, and closing counts after it is undone', async () => {
    for (let round = 0; round < 10; round++) {
      const source = await bench.open(rosa);
      const [closed, merged] = await Promise.all([
        doors[0].patch(`/tickets/${source.id}/status`, { status: 'CLOSED' }, agent),
        merge(source, c, doors[1]),
      ]);
      expect(merged.status).to.equal(200);
      expect([200, 409]).to.include(closed.status);
      await unmerge(source);
      expect((await read(source)).status).to.equal(closed.status === 200 ? 'CLOSED' : 'OPEN');
    }
  });

  it('when the target is closed during a merge, then the merge is made or refused, nothing between', async () => {
    for (let round = 0; round < 10; round++) {
      const [source, target] = [await bench.open(rosa), await bench.open(rosa)];
      const [merged] = await Promise.all([
        merge(source, target, doors[0]),
        doors[1].patch(`/tickets/${target.id}/status`, { status: 'CLOSED' }, agent),
      ]);
      expect([200, 409]).to.include(merged.status);
      expect((await read(source)).mergedIntoId).to.equal(merged.status === 200 ? target.id : undefined);
    }
  });
});
