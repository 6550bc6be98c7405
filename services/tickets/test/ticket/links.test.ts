import { eventually } from '@riparo/shared/testing/eventually';
import { TicketsLinked } from '@riparo/shared/contracts/tickets.events';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { startBench, type ActivityView, type Bench, type Person, type TicketView } from '../bench.js';

interface LinkView {
  readonly id: string;
  readonly relation: string;
  readonly ticket: { readonly id: string; readonly ticketNumber: string; readonly title: string };
  readonly by?: { readonly id: string };
}

describe('related tickets', () => {
  let bench: Bench;
  let rosa: Person;
  let agent: Person;
  let crash: TicketView;
  let outage: TicketView;
  let foreign: TicketView;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    [rosa, agent] = [await bench.customer(), bench.person('AGENT')];
    [crash, outage] = [await bench.open(rosa), await bench.open(rosa)];
    foreign = await bench.open(await bench.customer());
  });
  afterEach(() => bench.stop());

  const link = (from: string, ticketId: string, relation = 'RELATES_TO', by = agent) =>
    bench.api.post<LinkView>(`/tickets/${from}/links`, { ticketId, relation }, by);
  const links = async (id: string, by = agent): Promise<readonly (readonly [string, string])[]> => {
    const { status, body, text } = await bench.api.get<LinkView[]>(`/tickets/${id}/links`, by);
    expect(status, text).to.equal(200);
    expect(body.pagination.totalCount).to.equal(body.data.length);
    return body.data.map(({ relation, ticket }) => [relation, ticket.id]);
  };
  const unlink = (id: string, other: string, by = agent) => bench.api.delete(`/tickets/${id}/links/${other}`, by);
  /** What the timeline of a ticket tells of links. */
  const told = async (id: string): Promise<readonly ActivityView[]> => {
    await bench.test.idle();
    return (await bench.read(agent, id)).activities.filter(({ body }) => /linked/i.test(body));
  };

  for (const [relation, inverse] of [
    ['RELATES_TO', 'RELATES_TO'],
    ['CAUSES', 'CAUSED_BY'],
    ['CAUSED_BY', 'CAUSES'],
    ['DUPLICATES', 'DUPLICATED_BY'],
    ['DUPLICATED_BY', 'DUPLICATES'],
  ] as const) {
    it(`when one ${relation} another, then the other one ${inverse} it, whichever side is linked`, async () => {
      expect((await link(outage.id, crash.id, relation)).status).to.equal(201);
      await link(foreign.id, crash.id, relation);
      expect(await links(outage.id)).to.deep.equal([[relation, crash.id]]);
      expect(await links(crash.id)).to.have.deep.members([
        [inverse, outage.id],
        [inverse, foreign.id],
      ]);
    });
  }

  it('when the same is said again, from either side and at once, then there is one link and one entry', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        index % 2 === 0 ? link(outage.id, crash.id, 'CAUSES') : link(crash.id, outage.id, 'CAUSED_BY'),
      ),
    );
    expect(answers.map(({ status }) => status)).to.deep.equal(Array(10).fill(201));
    expect(await links(crash.id)).to.deep.equal([['CAUSED_BY', outage.id]]);
    for (const { id } of [crash, outage]) expect(await told(id)).to.have.length(1);
  });

  it('when something else is said of the same two, then 409 TICKETS_LINKED_OTHERWISE until undone', async () => {
    await link(outage.id, crash.id, 'CAUSES');
    expect((await link(crash.id, outage.id, 'DUPLICATES')).body).to.include({ code: 'TICKETS_LINKED_OTHERWISE', relation: 'CAUSED_BY' });
    expect((await unlink(crash.id, outage.id)).status).to.equal(204);
    expect((await unlink(crash.id, outage.id)).body.code).to.equal('LINK_NOT_FOUND');
    expect((await link(crash.id, outage.id, 'DUPLICATES')).status).to.equal(201);
    expect(await links(outage.id)).to.deep.equal([['DUPLICATED_BY', crash.id]]);
  });

  it('when linked and unlinked, then both timelines say who, when and what, for staff only', async () => {
    await link(outage.id, crash.id, 'CAUSES');
    await unlink(outage.id, crash.id);
    const entries = await eventually(async () => {
      const found = await told(crash.id);
      return found.length === 2 && found;
    });
    const named = { id: outage.id, ticketNumber: outage.ticketNumber, relation: 'CAUSED_BY' };
    expect(entries.map(({ metadata }) => metadata?.changes)).to.deep.equal([{ link: { to: named } }, { link: { from: named } }]);
    expect(entries[0]).to.include({ authorUserId: agent.caller.userId, isInternal: true });
    expect(await told(outage.id)).to.have.length(2);
    expect((await bench.api.get(`/tickets/${crash.id}`, rosa)).text).not.to.include('CAUSED_BY');
  });

  it('when the news of a link comes twice, much later too, then it is written once', async () => {
    const name = ({ id, ticketNumber }: TicketView) => ({ id, ticketNumber });
    const data = { ticket: name(outage), other: name(crash), relation: 'CAUSES' as const, actorUserId: agent.caller.userId };
    const origin = { subject: randomUUID(), version: 1 };
    await bench.test.publish(TicketsLinked, data, origin);
    for (let count = 0; count < 25; count++) await bench.api.post(`/tickets/${crash.id}/reply`, { body: `${count}` }, rosa);
    await bench.test.publish(TicketsLinked, data, origin);
    expect(await told(crash.id)).to.have.length(1);
  });

  it('when a customer asks, then only links among tickets of their own, without who made them', async () => {
    await link(crash.id, outage.id);
    await link(crash.id, foreign.id);
    expect(await links(crash.id)).to.have.length(2);
    expect(await links(crash.id, rosa)).to.deep.equal([['RELATES_TO', outage.id]]);
    expect((await bench.api.get(`/tickets/${crash.id}/links`, rosa)).text).not.to.include('"by"');
    expect((await bench.api.get(`/tickets/${foreign.id}/links`, rosa)).status).to.equal(404);
  });

  it('when a technician asks, then only tickets that they may see, on either side', async () => {
    const elena = await bench.technician();
    await bench.api.post(`/tickets/${crash.id}/assign`, { technicianId: elena.user.id }, agent);
    await bench.api.post(`/tickets/${outage.id}/assign`, { technicianId: (await bench.technician()).user.id }, agent);
    await link(crash.id, outage.id);
    expect(await links(crash.id, elena)).to.deep.equal([]);
    for (const [from, to] of [
      [crash.id, outage.id],
      [outage.id, crash.id],
    ] as const) {
      expect((await link(from, to, 'CAUSES', elena)).body.code).to.equal('TICKET_NOT_FOUND');
      expect((await unlink(from, to, elena)).status).to.equal(404);
    }
    expect(await links(crash.id)).to.have.length(1);
  });

  it('when a customer links, then 403, and when the other ticket is missing or nonsense, then 404 or 422', async () => {
    expect((await link(crash.id, outage.id, 'CAUSES', rosa)).status).to.equal(403);
    expect((await unlink(crash.id, outage.id, rosa)).status).to.equal(403);
    expect((await link(crash.id, randomUUID())).body.code).to.equal('TICKET_NOT_FOUND');
    expect((await link(crash.id, crash.id)).body.errors[0]?.path).to.equal('ticketId');
    const { body } = await bench.api.post(`/tickets/${crash.id}/links`, { ticketId: 'x', relation: 'LIKES', since: 1 }, agent);
    expect(body.errors.map(({ path }) => path)).to.have.members(['ticketId', 'relation', 'since']);
  });
});
