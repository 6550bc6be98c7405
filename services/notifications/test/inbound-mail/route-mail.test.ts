import { randomUUID } from 'node:crypto';
import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import { TicketOpened, TicketReplied } from '@riparo/shared/contracts/tickets.events';
import { expect } from 'chai';
import { buildTicket } from '../bench.js';
import { buildMail } from './corpus/build-mail.js';
import { INBOX, openMailRoom, type MailRoom } from './mail-room.js';

const AT = '2026-03-02T09:00:00.000Z';

describe('whose mail goes where', () => {
  let room: MailRoom;
  beforeEach(async () => {
    room = await openMailRoom();
  });
  afterEach(() => room.stop());

  /** A ticket of Rosa's, with the mail about it that Rosa has got. */
  const scene = async () => {
    const { bench, tickets, rosa } = room;
    const known = tickets.knows({ visibleTo: [rosa.id] });
    const ticket = buildTicket({ id: known.id, ticketNumber: known.number, customerId: rosa.customerId!, createdByUserId: rosa.id });
    await bench.publish(TicketOpened, { ticket, at: AT, actorUserId: rosa.id }, { subject: ticket.id });
    await bench.deliver();
    const [sent] = await bench.smtp.mailsTo(rosa.email);
    return { ticket, replyTo: sent!.mail.replyTo!.value[0]!.address!, messageId: sent!.mail.messageId! };
  };
  const from = ({ email, name }: PublishedUser): string => `${name} <${email}>`;

  it('when a reply comes to the address that the mail named, then it is a reply of its sender', async () => {
    const { ticket, replyTo } = await scene();
    expect(replyTo).to.match(/^support\+t\.[0-9a-z]{25}\.[0-9a-z]{16}@riparo\.test$/);
    const mail = await room.deliver(buildMail({ to: replyTo, subject: 'no number here', body: 'It works' }));
    expect(mail).to.deep.include({ status: 'REPLIED', about: { kind: 'TICKET', id: ticket.id }, authorUserId: room.rosa.id });
    expect(room.tickets.replies).to.have.length(1);
  });

  it('when only the references name our mail, then it is found by them', async () => {
    const { ticket, messageId } = await scene();
    const headers = ['In-Reply-To: <else@where.test>', `References: <a@b.test> ${messageId}`];
    expect((await room.deliver(buildMail({ headers }))).about).to.deep.equal({ kind: 'TICKET', id: ticket.id });
  });

  it('when only the subject has a number, then it is found by that', async () => {
    const { ticket } = await scene();
    const mail = await room.deliver(buildMail({ subject: `AW: [${ticket.ticketNumber.toLowerCase()}] Drucker` }));
    expect(mail.about).to.deep.equal({ kind: 'TICKET', id: ticket.id });
  });

  it('when somebody else uses the address of a reader, then their own rights count', async () => {
    const { replyTo } = await scene();
    const stranger = await room.deliver(buildMail({ from: 'Eve <eve@else.test>', to: replyTo }));
    expect(stranger).to.include({ status: 'QUARANTINED', reason: 'UNKNOWN_SENDER' });
    const other = await room.bench.knowUser({ email: 'other@else.test', role: 'CUSTOMER_USER', customerId: randomUUID() });
    const theirs = await room.deliver(buildMail({ from: from(other), to: replyTo }));
    expect(theirs).to.include({ status: 'QUARANTINED', reason: 'SENDER_NOT_ALLOWED' });
    expect(room.tickets.replies).to.have.length(0);
  });

  it('when staff write, then it counts from their own address alone', async () => {
    const { bench, tickets } = room;
    const agent = await bench.knowUser({ email: 'agent@riparo.test', role: 'AGENT' });
    const known = tickets.knows({ visibleTo: [agent.id, room.rosa.id] });
    const ticket = buildTicket({ id: known.id, customerId: room.rosa.customerId!, createdByUserId: room.rosa.id });
    const told = { ticket, at: AT, activityId: randomUUID(), body: 'Hello?', byCustomer: true, actorUserId: room.rosa.id };
    await bench.publish(TicketReplied, told, { subject: ticket.id });
    await bench.deliver();
    const [sent] = await bench.smtp.mailsTo(agent.email);
    const own = sent!.mail.replyTo!.value[0]!.address!;
    const { replyTo: rosas } = await scene();
    for (const to of [INBOX, rosas])
      expect(await room.deliver(buildMail({ from: from(agent), to, subject: known.number }))).to.include({
        status: 'QUARANTINED',
        reason: 'STAFF_WITHOUT_SIGNATURE',
      });
    expect(await room.deliver(buildMail({ from: from(agent), to: own }))).to.include({ status: 'REPLIED', authorUserId: agent.id });
  });

  it('when a customer writes about nothing known, then a ticket is opened; a stranger waits for the desk', async () => {
    expect(await room.deliver(buildMail({ subject: 'Broken', body: 'The printer smokes' }))).to.include({ status: 'TICKET_OPENED' });
    expect(room.tickets.openings).to.deep.include({
      tenantId: 'default',
      userId: room.rosa.id,
      title: 'Broken',
      description: 'The printer smokes',
    });
    const mail = await room.deliver(buildMail({ from: 'Eve <eve@else.test>' }));
    expect(mail).to.include({ status: 'QUARANTINED', reason: 'UNKNOWN_SENDER' });
    expect(room.tickets.openings).to.have.length(1);
  });

  it('when the ticket is closed, then the mail waits for the desk with the reason', async () => {
    const { number } = room.tickets.knows({ visibleTo: [room.rosa.id], closed: true });
    expect(await room.deliver(buildMail({ subject: number }))).to.include({ status: 'REFUSED', reason: 'TICKET_CLOSED' });
  });

  it('when our own mail comes back, then it is a loop', async () => {
    const { messageId } = await scene();
    expect(await room.deliver(buildMail({ messageId: messageId.slice(1, -1) }))).to.include({ status: 'IGNORED', kind: 'LOOP' });
    expect(await room.deliver(buildMail({ from: `Desk <${INBOX}>` }))).to.include({ status: 'IGNORED', kind: 'LOOP' });
  });

  it('when another help desk answers every mail, then it is ignored after twenty in an hour', async () => {
    const { number } = room.tickets.knows({ visibleTo: [room.rosa.id] });
    const states: string[] = [];
    for (let turn = 0; turn < 22; turn++) states.push((await room.deliver(buildMail({ subject: number, body: `Case ${turn}` }))).status);
    expect(states.filter((status) => status === 'REPLIED')).to.have.length(20);
    expect(states.slice(20)).to.deep.equal(['IGNORED', 'IGNORED']);
    room.bench.clock.advance(3_700_000);
    expect((await room.deliver(buildMail({ subject: number }))).status).to.equal('REPLIED');
  });
});
