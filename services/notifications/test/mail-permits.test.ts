import { randomUUID } from 'node:crypto';
import { AppointmentBooked, type PublishedAppointment } from '@riparo/shared/contracts/appointments.events';
import { UserUpdated } from '@riparo/shared/contracts/auth.events';
import { RepairReceived } from '@riparo/shared/contracts/repairs.events';
import { TicketAssigned, TicketOpened, TicketReplied } from '@riparo/shared/contracts/tickets.events';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { expect } from 'chai';
import { PER_RECIPIENT, PER_SENDER, PER_STRANGER } from '../src/notification/mail-permits.js';
import { buildTicket, knowCustomer, startBench, type Bench } from './bench.js';

const AT = '2026-03-02T09:00:00.000Z';
const HOUR_MS = 3_600_000;
const MORE = 2;

/** Every route that changes something, and what limits the messages it can cause. */
const ROUTES: Readonly<Record<string, string>> = {
  'POST /inbound-mail': 'sends none: what is answered is never a mail',
  'POST /inbound-mail/:id/attach': 'sends none itself; the ticket tells of the reply as of every other',
  'POST /inbound-mail/:id/open-ticket': 'sends none itself; the ticket tells of its opening as of every other',
  'POST /inbound-mail/:id/discard': 'sends none',
  'POST /failed-addresses/:id/confirm': 'sends none',
  'POST /notifications': 'per sender and recipient, 429',
  'POST /notifications/:id/retry': 'administrators; sends what was counted and has not arrived',
  'POST /announcements': 'administrators, 10 an hour, 429',
  'POST /announcements/preview': 'sends none; 60 an hour, 429',
  'POST /announcements/:id/cancel': 'none',
  'POST /internal/notifications': 'services; auth has counted, see mail-permits there',
  'POST /internal/parked-events/notifications/replay': 'administrators; what is handed back is told once',
  'POST /notifications/:id/cancel': 'none',
  'PATCH /me/notifications/:id': 'none',
  'POST /me/notifications/read-all': 'none',
  'PUT /me/notification-preferences': 'none',
  'POST /public/unsubscribe': 'none',
  'POST /sms/twilio/status': 'none',
  'POST /sms/twilio/inbound': 'none',
  'POST /webhooks': 'none',
  'PUT /webhooks/:id': 'none',
  'DELETE /webhooks/:id': 'none',
  'POST /webhooks/:id/rotate-secret': 'none',
  'POST /webhooks/:id/test': 'none',
  'POST /webhooks/:id/deliveries/:deliveryId/replay': 'none; administrators are mailed when a webhook is switched off',
  'PUT /notification-templates/:key/:locale': 'none',
  'POST /notification-templates/:key/:locale/preview': 'none',
};

describe('messages to addresses that may be of strangers', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
  });
  afterEach(() => bench.stop());

  const mailed = async (address: string): Promise<number> => {
    await bench.deliver();
    return bench.smtp.mails.filter(({ to }) => to.includes(address)).length;
  };
  const client = (part: object = {}) => bench.knowUser({ role: 'CUSTOMER_ADMIN', customerId: randomUUID(), emailVerified: false, ...part });
  type Client = Awaited<ReturnType<typeof client>>;

  /** What a customer can do over and over, and is told of; the last one happens because of it, by nobody's hand. */
  const occasions: readonly ((who: Client, by?: string) => Promise<void>)[] = [
    ({ id, customerId }, by = id) => {
      const ticket = buildTicket({ customerId: customerId!, createdByUserId: id });
      return bench.publish(TicketOpened, { ticket, at: AT, actorUserId: by }, { subject: ticket.id });
    },
    ({ id, customerId }, by = id) => {
      const repair = buildPublishedRepair({ customerId: customerId!, createdByUserId: id, contactUserId: id, source: 'PORTAL' });
      return bench.publish(RepairReceived, { repair, at: AT, actorUserId: by }, { subject: repair.id });
    },
    ({ id, customerId }, by = id) => {
      const appointment: PublishedAppointment = {
        ...{ id: randomUUID(), ticketId: randomUUID(), ticketNumber: 'TKT-2026-001', customerId: customerId!, contactUserId: id },
        ...{ createdByUserId: id, type: 'REMOTE_SESSION', status: 'SCHEDULED' },
        ...{ scheduledStartAt: '2026-03-03T09:00:00.000Z', scheduledEndAt: '2026-03-03T10:00:00.000Z' },
      };
      return bench.publish(AppointmentBooked, { appointment, actorUserId: by }, { subject: appointment.id });
    },
    ({ id, customerId }) => {
      const ticket = buildTicket({ customerId: customerId!, createdByUserId: id, assignedToUserId: randomUUID() });
      return bench.publish(TicketAssigned, { ticket, at: AT }, { subject: ticket.id });
    },
  ];
  const cause = async (times: number, who: Client, by?: string): Promise<void> => {
    for (let index = 0; index < times; index++) await occasions[index % occasions.length]!(who, by);
    await bench.deliver();
  };

  it('when a route that changes something is added, then the table says how its messages are limited', () => {
    const changing = bench.service.routes.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
    expect(changing).to.have.members(Object.keys(ROUTES));
  });

  it("when nobody confirmed an account's address, then few mails an hour, and all in the inbox", async () => {
    const eve = await client({ email: 'victim@example.test' });
    await cause(PER_STRANGER + MORE, eve);
    expect(await mailed(eve.email)).to.equal(PER_STRANGER);
    const inbox = await bench.api.get('/me/notifications', { token: bench.tokenFor({ role: 'CUSTOMER_ADMIN', userId: eve.id }) });
    expect(inbox.body.pagination.totalCount).to.equal(PER_STRANGER + MORE);
    const other = await client({ email: 'Victim+2@example.test' });
    await cause(MORE, other);
    expect(await mailed(other.email)).to.equal(0);
    bench.clock.advance(HOUR_MS);
    await cause(MORE, eve);
    expect(await mailed(eve.email)).to.equal(PER_STRANGER + MORE);
  });

  it('when the address was confirmed, then every mail goes there', async () => {
    const ada = await client();
    await bench.publish(UserUpdated, { user: { ...ada, emailVerified: true } }, { subject: ada.id, version: 2 });
    await cause(PER_STRANGER + MORE, ada);
    expect(await mailed(ada.email)).to.equal(PER_STRANGER + MORE);
  });

  it("when a customer's contact address is told, then few mails an hour, and more of what staff do", async () => {
    const [customerId, address] = [randomUUID(), 'office@example.test'];
    await knowCustomer(bench, customerId, address);
    const [gone, agent] = [await client({ customerId, removed: true }), await bench.knowUser({ role: 'AGENT' })];
    await cause(PER_STRANGER + MORE, gone);
    expect(await mailed(address)).to.equal(PER_STRANGER);
    for (let index = PER_STRANGER; index < PER_RECIPIENT + MORE; index++) {
      const ticket = buildTicket({ customerId, createdByUserId: agent.id });
      const reply = { ticket, at: AT, activityId: randomUUID(), body: 'Done', byCustomer: false, actorUserId: agent.id };
      await bench.publish(TicketReplied, reply, { subject: ticket.id });
    }
    expect(await mailed(address)).to.equal(PER_RECIPIENT);
  });

  describe('POST /notifications', () => {
    const mail = (recipients: readonly string[], channel = 'EMAIL') => ({ channel, recipients, subject: 'Hello', body: 'Text' });
    const post = (token: string, recipients: readonly string[]) => bench.api.post('/notifications', mail(recipients), { token });
    const many = (count: number, word: string = randomUUID()) =>
      Array.from({ length: count }, (_, index) => `${word}-${index}@example.test`);

    it('when one recipient gets many, then 429 with Retry-After for every sender, and the next hour again', async () => {
      const [one, other] = [bench.tokenFor({ role: 'TECH' }), bench.tokenFor({ role: 'ADMIN' })];
      for (let index = 0; index < PER_RECIPIENT; index++) expect((await post(one, [`a+${index}@example.test`])).status).to.equal(202);
      const refused = await post(other, ['A@example.test', 'b@example.test']);
      expect([refused.status, refused.body.code]).to.deep.equal([429, 'TOO_MANY_MESSAGES']);
      expect(Number(refused.headers.get('retry-after'))).to.be.within(1, HOUR_MS / 1_000);
      expect((await post(other, ['b@example.test'])).status).to.equal(202);
      bench.clock.advance(HOUR_MS);
      expect((await post(bench.tokenFor({ role: 'ADMIN' }), ['a@example.test'])).status).to.equal(202);
    });

    it('when one sender writes to many, then 429, but not to inboxes and not for other senders', async () => {
      const sender = bench.tokenFor({ role: 'TECH' });
      for (let sent = 0; sent < PER_SENDER; sent += 100) expect((await post(sender, many(100))).status).to.equal(202);
      expect((await post(sender, many(1))).status).to.equal(429);
      const inbox = await bench.api.post('/notifications', mail([randomUUID()], 'IN_APP'), { token: sender });
      expect(inbox.status).to.equal(202);
      expect((await post(bench.tokenFor({ role: 'TECH' }), many(1))).status).to.equal(202);
    });

    it('when another tenant has a sender of the same id, then each has a count of its own', async () => {
      const userId = randomUUID();
      const [ours, theirs] = ['default', 'other'].map((tenantId) => bench.tokenFor({ role: 'TECH', userId, tenantId }));
      for (let sent = 0; sent < PER_SENDER; sent += 100) await post(ours!, many(100, 'same'));
      expect((await post(ours!, many(1, 'same'))).status).to.equal(429);
      expect((await post(theirs!, many(100, 'same'))).status).to.equal(202);
    });
  });
});
