import { TicketOpened, TicketUpdated, type PublishedTicket } from '@riparo/shared/contracts/tickets.events';
import { pdfText } from '@riparo/shared/testing/pdf-text';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { LABOUR, startBench, type Bench, type Person, type QuoteView } from './bench.js';

const buildTicket = (part: Partial<PublishedTicket>): PublishedTicket => ({
  id: randomUUID(),
  ticketNumber: 'TKT-2026-001',
  customerId: randomUUID(),
  createdByUserId: randomUUID(),
  title: 'The server room is too warm',
  category: 'HARDWARE',
  priority: 'LOW',
  status: 'OPEN',
  stage: 'NEW',
  source: 'PORTAL',
  slaBreached: false,
  createdAt: '2026-03-02T08:00:00.000Z',
  ...part,
});

describe('a quote for a ticket', () => {
  let bench: Bench;
  let agent: Person;
  let rosa: Person;
  let ticket: PublishedTicket;
  beforeEach(async () => {
    bench = await startBench();
    agent = bench.person('AGENT');
    rosa = await bench.customer();
    ticket = await opened({ createdByUserId: rosa.caller.userId });
  });
  afterEach(() => bench.stop());

  const opened = async (part: Partial<PublishedTicket>): Promise<PublishedTicket> => {
    const made = buildTicket({ customerId: rosa.caller.customerId ?? '', ...part });
    await bench.publish(TicketOpened, { ticket: made }, { subject: made.id });
    return made;
  };

  it('when it is sent and accepted, then events name the ticket', async () => {
    const { id, number } = await bench.sent(agent.token, { ticketId: ticket.id });
    await bench.act(id, 'accept', rosa.token, { version: 1 });
    const [, accepted] = await bench.events();
    expect(accepted?.quote).to.deep.include({
      number,
      ticketId: ticket.id,
      subjectNumber: ticket.ticketNumber,
      contactUserId: rosa.caller.userId,
    });
    expect(accepted?.quote).not.to.have.any.keys('repairId', 'device');
    const found = await bench.api.get<readonly QuoteView[]>(`/quotes?ticketId=${ticket.id}`, { token: rosa.token });
    expect(found.body.data.map((quote) => quote.id)).to.deep.equal([id]);
  });

  it('when the desk opened the ticket, then mails go to the contact address of the customer', async () => {
    await bench.userSpeaks(agent.caller, 'it-IT');
    const other = await opened({ createdByUserId: agent.caller.userId });
    await bench.sent(agent.token, { ticketId: other.id });
    expect((await bench.events())[0]?.quote).not.to.have.property('contactUserId');
  });

  it('when it is printed, then it names the ticket and what was reported', async () => {
    const { id } = await bench.sent(agent.token, { ticketId: ticket.id });
    const response = await fetch(`${bench.url}/api/v1/quotes/${id}/quote.pdf`, { headers: { authorization: `Bearer ${agent.token}` } });
    const [text = ''] = pdfText(Buffer.from(await response.arrayBuffer()));
    expect(text).to.include('Ticket').and.include('TKT-2026-001').and.include('The server room is too warm');
  });

  it('when a technician has the ticket, then they quote for it, and when they lose it no more', async () => {
    const tech = bench.person('TECH');
    const assigned = { ...ticket, assignedToUserId: tech.caller.userId };
    await bench.publish(TicketUpdated, { ticket: assigned }, { subject: ticket.id, version: 2 });
    const { id } = await bench.draft(tech.token, { ticketId: ticket.id });
    await bench.publish(TicketUpdated, { ticket }, { subject: ticket.id, version: 3 });
    expect((await bench.api.get(`/quotes/${id}`, { token: tech.token })).status).to.equal(404);
  });

  it('when the ticket is resolved, then nothing is quoted or accepted for it', async () => {
    const { id } = await bench.sent(agent.token, { ticketId: ticket.id });
    const resolved = { ...ticket, status: 'RESOLVED' as const };
    await bench.publish(TicketUpdated, { ticket: resolved }, { subject: ticket.id, version: 2 });
    bench.known.set(ticket.id, { ...resolved, version: 2 });
    for (const answer of [
      await bench.act(id, 'accept', rosa.token, { version: 1 }),
      await bench.api.put(`/quotes/${id}`, { lines: [LABOUR] }, { token: agent.token }),
    ])
      expect([answer.status, answer.body.code]).to.deep.equal([409, 'TICKET_WORK_ENDED']);
  });

  it('when the ticket is resolved, then what waits for an answer is closed', async () => {
    const { id } = await bench.sent(agent.token, { ticketId: ticket.id });
    await bench.publish(TicketUpdated, { ticket: { ...ticket, status: 'RESOLVED' } }, { subject: ticket.id, version: 2 });
    const { data } = (await bench.api.get<QuoteView>(`/quotes/${id}`, { token: rosa.token })).body;
    expect(data).to.deep.include({ status: 'EXPIRED', reason: 'WORK_ENDED' });
  });

  it('when the news that it was reopened has not arrived, then tickets is asked and it goes on', async () => {
    const { id } = await bench.sent(agent.token, { ticketId: ticket.id });
    await bench.publish(TicketUpdated, { ticket: { ...ticket, status: 'RESOLVED' } }, { subject: ticket.id, version: 2 });
    bench.known.set(ticket.id, { ...ticket, version: 3 });
    const late = await bench.act(id, 'accept', rosa.token, { version: 1 });
    expect([late.status, late.body.code]).to.deep.equal([409, 'QUOTE_EXPIRED']);
    await bench.api.put(`/quotes/${id}`, {}, { token: agent.token });
    expect((await bench.act(id, 'send', agent.token)).body.data).to.deep.include({ status: 'SENT', quoteVersion: 2 });
  });
});
