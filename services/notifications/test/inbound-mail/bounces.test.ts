import { randomUUID } from 'node:crypto';
import { RegistrationApproved } from '@riparo/shared/contracts/auth.events';
import { TicketOpened } from '@riparo/shared/contracts/tickets.events';
import { expect } from 'chai';
import { buildTicket } from '../bench.js';
import { BOUNCES, DELAYED } from './corpus/bounces.js';
import { openMailRoom, type MailRoom } from './mail-room.js';

interface Failed {
  readonly id: string;
  readonly address: string;
  readonly source: string;
  readonly confirmedAt?: string;
}

describe('addresses that mails come back from', () => {
  let room: MailRoom;
  beforeEach(async () => {
    room = await openMailRoom();
  });
  afterEach(() => room.stop());

  const raise = async (address: string, more: object = {}): Promise<string> => {
    const body = { channel: 'EMAIL', recipients: [address], subject: 'Hello', body: 'Your device is here.', ...more };
    const { id } = (await room.bench.api.post('/notifications', body, { token: room.agentToken() })).body.data;
    await room.bench.deliver();
    return id;
  };
  const statusOf = async (id: string): Promise<string> =>
    (await room.bench.api.get<{ status: string }>(`/notifications/${id}`, { token: room.bench.tokenFor({ role: 'ADMIN' }) })).body.data
      .status;
  const failed = async (): Promise<readonly Failed[]> =>
    (await room.bench.api.get<readonly Failed[]>('/failed-addresses', { token: room.agentToken() })).body.data;

  /** What is told of an address, without its time. */
  const told = async () => {
    await room.bench.idle();
    const events = room.bench.published.filter(({ type }) => type.startsWith('riparo.notifications.address-'));
    return events.map(({ type, subject, aggregateversion, data }) => {
      const { at, ...rest } = data as { readonly at: string };
      expect(new Date(at).toISOString()).to.equal(at);
      return { type: type.split('.')[2], subject, aggregateversion, ...rest };
    });
  };

  for (const [make, bounce] of Object.entries(BOUNCES)) {
    it(`when ${make} comes back, then nothing more is sent until somebody confirms the address`, async () => {
      const address = 'gone@customer.test';
      const first = await raise(address);
      const mail = await room.deliver(bounce({ address, messageId: `${first}.1@riparo.test` }));
      expect(mail.reason).to.equal('ADDRESS_FAILED');
      expect(await statusOf(await raise(address))).to.equal('CANCELLED');
      const [entry] = await failed();
      expect(entry).to.include({ address, source: 'BOUNCE' });
      const token = room.agentToken();
      expect((await room.bench.api.post(`/failed-addresses/${entry!.id}/confirm`, {}, { token })).status).to.equal(200);
      expect(await statusOf(await raise(address))).to.equal('SENT');
      const [failure, clearance, ...more] = await told();
      expect(failure).to.include({ type: 'address-failed', subject: entry!.id, aggregateversion: 1, address, source: 'BOUNCE' });
      expect(clearance).to.deep.equal({ type: 'address-cleared', subject: entry!.id, aggregateversion: 2, because: 'CONFIRMED' });
      expect(more).to.deep.equal([]);
    });
  }

  it('when the server goes on trying, or nobody knows the mail, then the address stays', async () => {
    const address = 'slow@customer.test';
    const id = await raise(address);
    expect((await room.deliver(DELAYED({ address, messageId: `${id}.1@riparo.test` }))).reason).to.equal('BOUNCE_NOT_FOR_GOOD');
    const [make] = Object.values(BOUNCES);
    expect((await room.deliver(make!({ address, messageId: `${randomUUID()}.1@riparo.test` }))).reason).to.equal('BOUNCE_OF_UNKNOWN_MAIL');
    expect(await failed()).to.deep.equal([]);
  });

  it('when the mail server refuses the recipient, then the address has failed; the inbox goes on', async () => {
    const { bench, rosa } = room;
    bench.smtp.behave({ kind: 'refuse', code: 550, recipient: rosa.email });
    const open = async (): Promise<void> => {
      const ticket = buildTicket({ customerId: rosa.customerId!, createdByUserId: rosa.id });
      await bench.publish(TicketOpened, { ticket, at: '2026-03-02T09:00:00.000Z', actorUserId: rosa.id }, { subject: ticket.id });
      await bench.deliver();
    };
    await open();
    expect(await failed()).to.have.length(1);
    bench.smtp.behave({ kind: 'accept' });
    await open();
    expect(bench.smtp.mails).to.have.length(0);
    const token = bench.tokenFor({ userId: rosa.id, role: 'CUSTOMER_ADMIN', customerId: rosa.customerId! });
    expect((await bench.api.get<readonly unknown[]>('/me/notifications', { token })).body.data).to.have.length(2);
  });

  it('when a refused address takes a mail about its account, then mails go there again', async () => {
    const { bench, rosa } = room;
    const mailAccount = async (): Promise<void> => {
      await bench.publish(RegistrationApproved, { user: rosa }, { subject: rosa.id, version: ++version });
      await bench.deliver();
    };
    let version = 1;
    bench.smtp.behave({ kind: 'refuse', code: 550, recipient: rosa.email });
    await mailAccount();
    await mailAccount();
    expect(await failed()).to.have.length(1);
    bench.smtp.behave({ kind: 'accept' });
    await mailAccount();
    expect((await failed())[0])
      .to.include.keys('confirmedAt')
      .and.not.have.any.keys('confirmedByUserId');
    expect((await told()).map(({ type }) => type)).to.deep.equal(['address-failed', 'address-cleared']);
    expect((await told())[1]).to.include({ because: 'DELIVERED' });
    expect(await statusOf(await raise(rosa.email))).to.equal('SENT');
  });

  it('when an address that mails came back from takes one, then it has failed all the same', async () => {
    const { bench, rosa } = room;
    const [make] = Object.values(BOUNCES);
    await room.deliver(make!({ address: rosa.email, messageId: `${await raise(rosa.email)}.1@riparo.test` }));
    await bench.publish(RegistrationApproved, { user: rosa }, { subject: rosa.id, version: 2 });
    await bench.deliver();
    expect(bench.smtp.mails).to.have.length(2);
    expect(await statusOf(await raise(rosa.email))).to.equal('CANCELLED');
    expect((await told()).map(({ type }) => type)).to.deep.equal(['address-failed']);
  });

  it('when the server refuses a mail that brings several together, then the address has failed', async () => {
    await room.stop();
    room = await openMailRoom({ config: { NOTIFY_HOLD_SECONDS: 60 } });
    const { bench, rosa } = room;
    bench.smtp.behave({ kind: 'refuse', code: 550, recipient: rosa.email });
    const ticket = buildTicket({ customerId: rosa.customerId!, createdByUserId: rosa.id });
    await bench.publish(TicketOpened, { ticket, at: '2026-03-02T09:00:00.000Z', actorUserId: rosa.id }, { subject: ticket.id });
    await bench.deliver();
    expect(await failed()).to.deep.equal([]);
    bench.clock.advance(60_000);
    await bench.deliver();
    expect((await failed()).map(({ address }) => address)).to.deep.equal([rosa.email]);
  });

  it('when the server refuses by policy, then it says nothing of the address', async () => {
    room.bench.smtp.behave({ kind: 'refuse', code: 550, recipient: 'a@customer.test', message: '5.7.1 we take no mail of yours' });
    await raise('a@customer.test');
    expect(await failed()).to.deep.equal([]);
  });
});
