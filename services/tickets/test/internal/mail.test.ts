import { randomUUID } from 'node:crypto';
import { UserUpdated } from '@riparo/shared/contracts/auth.events';
import { createInternalClient, type UploadingClient } from '@riparo/shared/http/internal-client';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { expect } from 'chai';
import sharp from 'sharp';
import { buildUser, startBench, type Bench, type TicketView } from '../bench.js';

describe('mails as replies and tickets', () => {
  let bench: Bench;
  let client: UploadingClient;
  before(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
    client = createInternalClient({
      service: 'tickets',
      baseUrl: bench.baseUrl,
      tokens: bench.test.platform.serviceTokens,
      timeoutMs: 20_000,
    });
  });
  after(() => bench.stop());

  /** A customer whose account the service has heard of. */
  const sender = async () => {
    const { customer } = await bench.customer();
    const user = buildUser({ role: 'CUSTOMER_USER', customerId: customer.id });
    await bench.test.publish(UserUpdated, { user }, { subject: user.id });
    return { ...bench.person('CUSTOMER_USER', { customerId: customer.id, userId: user.id }), user };
  };
  const codeOf = (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => 'taken',
      (error: unknown) => (isDomainError(error) ? error.code : String(error)),
    );
  const reply = (userId: string, subject: object, more: object = {}, key: string = randomUUID()) =>
    client.post<{ readonly id: string }>(
      '/internal/mail-replies',
      { userId, subject: { kind: 'TICKET', ...subject }, body: 'It works', ...more },
      key,
    );

  it('when the sender may see the ticket, then it is their reply, once for each key', async () => {
    const rosa = await sender();
    const ticket = await bench.open(rosa);
    const key = randomUUID();
    for (let turn = 0; turn < 2; turn++)
      expect(await reply(rosa.user.id, { number: ticket.ticketNumber }, {}, key)).to.deep.equal({ id: ticket.id });
    const { activities } = (await bench.api.get<TicketView>(`/tickets/${ticket.id}`, rosa)).body.data;
    expect(activities.filter(({ body }) => body === 'It works')).to.have.length(1);
  });

  it('when the sender may not see it, or the account cannot act, then it is refused', async () => {
    const [rosa, other] = [await sender(), await sender()];
    const ticket = await bench.open(rosa);
    expect(await codeOf(reply(other.user.id, { id: ticket.id }))).to.equal('TICKET_NOT_FOUND');
    expect(await codeOf(reply(randomUUID(), { id: ticket.id }))).to.equal('USER_NOT_FOUND');
    expect(await codeOf(reply(rosa.user.id, { id: ticket.id }, { isInternal: true }))).to.equal('FORBIDDEN');
    expect(await codeOf(reply(rosa.user.id, { id: ticket.id }, { tenantId: 'elsewhere' }))).to.equal('USER_NOT_FOUND');
  });

  it('when the ticket is closed, then a mail is refused as a reply would be', async () => {
    const rosa = await sender();
    const ticket = await bench.open(rosa);
    const agent = bench.person('AGENT');
    await bench.api.patch(`/tickets/${ticket.id}/status`, { status: 'RESOLVED', resolution: 'Done' }, agent);
    await bench.api.patch(`/tickets/${ticket.id}/status`, { status: 'CLOSED' }, agent);
    expect(await codeOf(reply(rosa.user.id, { id: ticket.id }))).to.equal('TICKET_CLOSED');
  });

  it('when a mail opens a ticket with a picture, then the ticket is from a mail and has the picture', async () => {
    const rosa = await sender();
    const bytes = await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    const path = `/internal/mail-attachments?userId=${rosa.user.id}`;
    const file = await client.upload<{ readonly id: string }>(path, { bytes, fileName: 'jam.jpg' }, randomUUID());
    const words = { userId: rosa.user.id, title: 'Broken', description: 'It smokes', attachmentIds: [file.id] };
    const { id } = await client.post<{ readonly id: string }>('/internal/mail-tickets', words, randomUUID());
    const ticket = (await bench.api.get<TicketView>(`/tickets/${id}`, rosa)).body.data;
    expect(ticket).to.include({ source: 'EMAIL', category: 'OTHER', title: 'Broken' });
    expect(ticket.activities.some(({ type }) => type === 'ATTACHMENT')).to.equal(true);
    const program = { bytes: Buffer.from('MZ program'), fileName: 'fix.exe' };
    expect(await codeOf(client.upload(path, program, randomUUID()))).to.equal('ATTACHMENT_TYPE_NOT_SUPPORTED');
  });
});
