import { randomUUID } from 'node:crypto';
import { eventually } from '@riparo/shared/testing/eventually';
import { expect } from 'chai';
import { buildMail } from './corpus/build-mail.js';
import { openMailRoom, type Mail, type MailRoom } from './mail-room.js';

describe('what staff decide about mails', () => {
  let room: MailRoom;
  beforeEach(async () => {
    room = await openMailRoom();
  });
  afterEach(() => room.stop());

  const stranger = (): Promise<Mail> => room.deliver(buildMail({ from: 'Eve <eve@else.test>', subject: 'Hello', body: 'Can you help?' }));
  const act = (id: string, action: string, body: object = {}, token = room.agentToken()) =>
    room.bench.api.post<Mail & { readonly code: string }>(`/inbound-mail/${id}/${action}`, body, { token });

  it('when somebody lists mails by status, then those alone are shown', async () => {
    const { id } = await stranger();
    await room.deliver(buildMail());
    const list = await room.bench.api.get<readonly Mail[]>('/inbound-mail?status=QUARANTINED', { token: room.agentToken() });
    expect(list.body.data.map((mail) => mail.id)).to.deep.equal([id]);
    expect(list.body.data[0]).to.not.have.property('text');
  });

  it('when a customer or a technician asks, then 403', async () => {
    const { id } = await stranger();
    for (const role of ['CUSTOMER_ADMIN', 'TECH'] as const) {
      const token = room.bench.tokenFor({ role, ...(role === 'TECH' ? {} : { customerId: randomUUID() }) });
      for (const path of ['', `/${id}`, `/${id}/raw`])
        expect((await room.bench.api.get(`/inbound-mail${path}`, { token })).status).to.equal(403);
      expect((await act(id, 'discard', {}, token)).status).to.equal(403);
    }
  });

  it('when the raw message is downloaded, then it is as it came and no browser shows it', async () => {
    const raw = buildMail({ from: 'Eve <eve@else.test>', contentType: 'text/html', body: '<script>alert(1)</script>' });
    const { id } = await room.deliver(raw);
    const { headers, text } = await room.bench.api.get(`/inbound-mail/${id}/raw`, { token: room.agentToken() });
    expect(text).to.equal(raw.toString());
    expect(headers.get('content-type')).to.match(/^message\/rfc822/);
    expect(headers.get('content-disposition')).to.match(/^attachment/);
    expect(headers.get('x-content-type-options')).to.equal('nosniff');
  });

  it('when a stranger is attached to a ticket, then it is a note of the desk that names the stranger', async () => {
    const ticket = room.tickets.knows({ visibleTo: [] });
    const { id } = await stranger();
    const attached = await act(id, 'attach', { ticketId: ticket.id });
    expect(attached.status).to.equal(200);
    expect(attached.body.data).to.deep.include({ status: 'REPLIED', about: { kind: 'TICKET', id: ticket.id } });
    expect(room.tickets.replies).to.have.length(1);
    expect(room.tickets.replies[0]).to.include({ isInternal: true });
    expect(room.tickets.replies[0]!.body).to.equal('Eve <eve@else.test>: Hello\n\nCan you help?');
    const again = await act(id, 'attach', { ticketId: ticket.id });
    expect([again.status, again.body.code]).to.deep.equal([409, 'INBOUND_MAIL_SETTLED']);
  });

  it('when the sender may see the ticket, then it is attached as a reply of the sender', async () => {
    const closed = room.tickets.knows({ visibleTo: [room.rosa.id], closed: true });
    const open = room.tickets.knows({ visibleTo: [room.rosa.id] });
    const { id } = await room.deliver(buildMail({ subject: closed.number }));
    const refused = await act(id, 'attach', { ticketId: closed.id });
    expect([refused.status, refused.body.code, refused.body.reason]).to.deep.equal([409, 'INBOUND_MAIL_REFUSED', 'TICKET_CLOSED']);
    expect((await act(id, 'attach', { ticketId: open.id })).status).to.equal(200);
    expect(room.tickets.replies.map(({ userId, isInternal }) => [userId, isInternal])).to.deep.equal([[room.rosa.id, undefined]]);
  });

  it('when no such ticket exists, then 404 and the mail waits on', async () => {
    const { id } = await stranger();
    expect((await act(id, 'attach', { ticketId: randomUUID() })).status).to.equal(404);
    expect((await room.read(id)).status).to.equal('QUARANTINED');
  });

  it('when a ticket is opened for a stranger, then somebody must say for which customer', async () => {
    const { id } = await stranger();
    expect((await act(id, 'open-ticket')).status).to.equal(422);
    const customerId = randomUUID();
    expect((await act(id, 'open-ticket', { customerId })).body.data.status).to.equal('TICKET_OPENED');
    expect(room.tickets.openings[0]).to.include({ customerId, title: 'Hello' });
  });

  it('when a mail is discarded, then it stays readable and nothing becomes of it', async () => {
    const { id } = await stranger();
    expect((await act(id, 'discard')).body.data.status).to.equal('DISCARDED');
    expect((await act(id, 'discard')).status).to.equal(200);
    expect((await act(id, 'open-ticket', { customerId: randomUUID() })).body.code).to.equal('INBOUND_MAIL_SETTLED');
    expect((await room.read(id)).text).to.equal('Can you help?');
  });

  it('when a colleague is just deciding, then the second one is told so', async () => {
    const { id } = await stranger();
    let release = (): void => undefined;
    room.tickets.state.gate = new Promise((resolve) => (release = resolve));
    const first = act(id, 'open-ticket', { customerId: randomUUID() });
    await eventually(() => expect(room.tickets.state.waiting).to.equal(1));
    expect((await act(id, 'discard')).body.code).to.equal('INBOUND_MAIL_BUSY');
    release();
    expect((await first).status).to.equal(200);
  });
});
