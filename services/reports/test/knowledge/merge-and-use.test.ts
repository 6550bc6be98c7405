import { randomUUID } from 'node:crypto';
import { TicketClosed, type PublishedTicket } from '@riparo/shared/contracts/tickets.events';
import { expect } from 'chai';
import { buildTicket } from '../bench.js';
import { buildWorkReport, CUSTOMER_ID, startKnowledgeBench, type KnowledgeBench } from './knowledge-bench.js';

describe('knowledge: merging cases', () => {
  let bench: KnowledgeBench;
  beforeEach(async () => {
    bench = await startKnowledgeBench();
  });
  afterEach(() => bench.stop());
  const get = (id: string) => bench.done('GET', `/knowledge/${id}`, 'ENGINEER');
  const merge = (id: string, body: object) => bench.ask('POST', `/knowledge/${id}/merge`, 'ENGINEER', body);

  it('when cases are merged, then one has the sources, parts, tags and uses of all', async () => {
    await bench.approved(buildWorkReport({ number: 'WR-2026-000007' }));
    const [draft] = await bench.list();
    const [one, other] = [
      await bench.published({ tags: ['power'], parts: [{ name: 'Jack' }] }),
      await bench.published({ tags: ['jack'], parts: [{ name: 'jack' }, { name: 'Paste' }] }),
    ];
    for (const { id } of [one, other]) await bench.done('POST', `/knowledge/${id}/useful`, 'TECH', {});
    await bench.done('POST', `/knowledge/${other.id}/useful`, 'AGENT', {});
    const merged = await merge(one.id, { ids: [other.id, draft?.id] });
    expect(merged.data).to.deep.include({
      id: one.id,
      status: 'PUBLISHED',
      symptom: one.symptom,
      tags: ['power', 'jack', 'fan'],
      parts: [{ name: 'Jack' }, { name: 'Paste' }],
    });
    expect(merged.data.sources?.map(({ number }) => number)).to.deep.equal(['WR-2026-000007']);
    expect([merged.data.usefulCount, (await get(one.id)).usefulCount]).to.deep.equal([2, 2]);
    for (const id of [other.id, draft?.id ?? '']) expect(await get(id)).to.deep.include({ status: 'RETIRED', mergedIntoId: one.id });
    expect((await merge(one.id, { ids: [other.id] })).status).to.equal(200);
    expect((await bench.ask('POST', `/knowledge/${other.id}/publish`, 'ENGINEER', {})).body).to.deep.include({
      code: 'KNOWLEDGE_MERGED',
      mergedIntoId: one.id,
    });
  });

  it('when a case goes into another one, then only into one that is in use, and not into itself', async () => {
    const [one, other, third] = [await bench.published(), await bench.published(), await bench.published()];
    expect((await merge(one.id, { intoId: one.id })).body.code).to.equal('KNOWLEDGE_MERGED_WITH_ITSELF');
    expect((await merge(one.id, { intoId: randomUUID() })).status).to.equal(404);
    expect((await merge(one.id, {})).status).to.equal(422);
    expect((await merge(one.id, { intoId: other.id })).data.id).to.equal(other.id);
    expect((await merge(third.id, { intoId: one.id })).body).to.deep.include({ code: 'KNOWLEDGE_RETIRED', mergedIntoId: other.id });
    expect((await merge(one.id, { intoId: third.id })).body.code).to.equal('KNOWLEDGE_MERGED');
    expect((await get(third.id)).status).to.equal('PUBLISHED');
  });

  it('when two merges go in opposite directions at once, then no case is lost', async () => {
    for (let round = 0; round < 5; round++) {
      const [one, other] = [await bench.published(), await bench.published()];
      const answers = await Promise.all([merge(one.id, { intoId: other.id }), merge(other.id, { intoId: one.id })]);
      expect(answers.filter(({ status }) => status === 200).length).to.be.at.most(1);
      const after = await Promise.all([get(one.id), get(other.id)]);
      const living = after.filter(({ status }) => status === 'PUBLISHED');
      expect(living.length).to.be.at.least(1);
      for (const { mergedIntoId } of after) if (mergedIntoId !== undefined) expect(living.map(({ id }) => id)).to.include(mergedIntoId);
    }
  });
});

describe('POST /knowledge/:id/useful', () => {
  let bench: KnowledgeBench;
  beforeEach(async () => {
    bench = await startKnowledgeBench();
  });
  afterEach(() => bench.stop());
  const useful = (id: string, role: Parameters<KnowledgeBench['ask']>[2], body: object = {}) =>
    bench.ask('POST', `/knowledge/${id}/useful`, role, body);
  const counts = async (id: string) => {
    const { usefulCount, deflectedCount } = await bench.done('GET', `/knowledge/${id}`, 'ENGINEER');
    return [usefulCount, deflectedCount];
  };
  const close = (ticket: PublishedTicket, actorUserId: string, version = 9) =>
    bench.world.publish(
      TicketClosed,
      { ticket: { ...ticket, status: 'CLOSED' }, from: 'OPEN', to: 'CLOSED', actorUserId },
      { subject: ticket.id, version },
    );
  const openTicket = async (part: Partial<PublishedTicket> = {}) => {
    const ticket = buildTicket({ customerId: CUSTOMER_ID, ...part });
    await bench.ticket(ticket).opened();
    return ticket;
  };

  it('when the same person says it several times at once, then it counts once', async () => {
    const { id } = await bench.published();
    await Promise.all(Array.from({ length: 5 }, () => useful(id, 'TECH')));
    expect(await counts(id)).to.deep.equal([1, 0]);
    await Promise.all([useful(id, 'AGENT'), useful(id, 'ENGINEER')]);
    expect(await counts(id)).to.deep.equal([3, 0]);
  });

  it('when a customer says it without a ticket, then it spared one', async () => {
    const { id } = await bench.published();
    await useful(id, 'CUSTOMER_USER');
    await useful(id, 'CUSTOMER_USER');
    expect(await counts(id)).to.deep.equal([1, 1]);
  });

  it('when a customer says it of a ticket and closes it, then it spared the rest', async () => {
    const { id } = await bench.published();
    const actor = await bench.person({ id: bench.userIdOf('CUSTOMER_USER'), customerId: CUSTOMER_ID });
    const tech = await bench.technician('Tina');
    const [own, closedByStaff] = [await openTicket(), await openTicket()];
    for (const ticket of [own, closedByStaff]) await useful(id, 'CUSTOMER_USER', { ticketId: ticket.id });
    expect(await counts(id)).to.deep.equal([2, 0]);
    await close(closedByStaff, tech);
    await close(own, actor);
    await close(own, actor);
    expect(await counts(id)).to.deep.equal([2, 1]);
  });

  it('when a ticket is not the caller’s to see, then 404 TICKET_NOT_FOUND', async () => {
    const { id } = await bench.published();
    const foreign = await openTicket({ customerId: randomUUID(), assignedToUserId: randomUUID() });
    for (const role of ['CUSTOMER_USER', 'TECH'] as const)
      expect((await useful(id, role, { ticketId: foreign.id })).body.code).to.equal('TICKET_NOT_FOUND');
    expect((await useful(id, 'AGENT', { ticketId: foreign.id })).status).to.equal(200);
    expect((await useful(id, 'AGENT', { ticketId: randomUUID() })).body.code).to.equal('TICKET_NOT_FOUND');
  });

  it('when a case is a draft or not for customers, then it is refused', async () => {
    const draft = await bench.done('POST', '/knowledge', 'ENGINEER', { symptom: 'No sound', solution: 'Enabled the right output.' });
    expect((await useful(draft.id, 'TECH')).body.code).to.equal('KNOWLEDGE_NOT_PUBLISHED');
    const hidden = await bench.published({}, false);
    expect((await useful(hidden.id, 'CUSTOMER_USER')).body.code).to.equal('KNOWLEDGE_NOT_FOUND');
  });
});
