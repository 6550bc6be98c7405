import { randomUUID } from 'node:crypto';
import {
  TicketAssigned,
  TicketOpened,
  TicketReplied,
  TicketSlaBreached,
  TicketStatusChanged,
} from '@riparo/shared/contracts/tickets.events';
import { expect } from 'chai';
import { buildTicket, knowCompany, startBench, type Bench } from './bench.js';

const MINUTE_MS = 60_000;
const HOLD = { NOTIFY_HOLD_SECONDS: 60 };
/** Of the default configuration: four times SMTP_TIMEOUT_MS and ten seconds. */
const CLAIM_MS = 50_000;

interface Detail {
  readonly id: string;
  readonly status: string;
  readonly collects?: readonly string[];
  readonly recipients: readonly { readonly status: string; readonly collectedIn?: string }[];
}

describe('the right moment', () => {
  const benches: Bench[] = [];
  const begin = async (options: Parameters<typeof startBench>[0] = {}): Promise<Bench> => {
    const bench = await startBench({ now: '2026-03-02T10:00:00Z', ...options, config: { ...HOLD, ...options.config } });
    benches.push(bench);
    return bench;
  };
  afterEach(async () => {
    for (const bench of benches.splice(0).reverse()) await bench.stop();
  });

  const scene = async (bench: Bench, preferences?: object) => {
    const customer = await bench.knowUser({ role: 'CUSTOMER_ADMIN', customerId: randomUUID() });
    const token = bench.tokenFor({ role: 'CUSTOMER_ADMIN', userId: customer.id });
    if (preferences !== undefined) await bench.api.put('/me/notification-preferences', { categories: {}, ...preferences }, { token });
    const ticketOf = (number: string) =>
      buildTicket({ customerId: customer.customerId!, createdByUserId: customer.id, ticketNumber: number });
    const ticket = ticketOf('TKT-2026-001');
    const at = bench.clock.now().toISOString();
    let version = 0;
    const about = ({ id }: { readonly id: string }) => ({ subject: id, version: ++version });
    return {
      customer,
      ticket,
      token,
      opened: (told = ticket) => bench.publish(TicketOpened, { ticket: told, at }, about(told)),
      changed: (to: 'IN_PROGRESS' | 'WAITING_CUSTOMER') =>
        bench.publish(TicketStatusChanged, { ticket, from: 'OPEN', to, at }, about(ticket)),
      replied: (body: string, told = ticket) =>
        bench.publish(TicketReplied, { ticket: told, at, byCustomer: false, body, activityId: randomUUID() }, about(told)),
      other: ticketOf('TKT-2026-002'),
      mails: async () => {
        await bench.deliver();
        return bench.smtp.mails.filter(({ to }) => to.includes(customer.email)).map(({ mail }) => mail);
      },
      inbox: async () => (await bench.api.get<unknown[]>('/me/notifications', { token })).body.data,
    };
  };
  const admin = (bench: Bench) => ({ token: bench.tokenFor({ role: 'ADMIN' }) });
  const all = async (bench: Bench): Promise<readonly Detail[]> => {
    const { data } = (await bench.api.get<Detail[]>('/notifications?pageSize=100', admin(bench))).body;
    return Promise.all(data.map(async ({ id }) => (await bench.api.get<Detail>(`/notifications/${id}`, admin(bench))).body.data));
  };
  const letters = async (bench: Bench) => (await all(bench)).filter(({ collects }) => collects !== undefined);

  it('when a ticket changes several times within a minute, then one mail lists all in order', async () => {
    const bench = await begin();
    const { ticket, opened, changed, mails, inbox, other } = await scene(bench);
    await opened();
    expect(await mails()).to.deep.equal([]);
    bench.clock.advance(30_000);
    await changed('IN_PROGRESS');
    await changed('WAITING_CUSTOMER');
    await opened(other);
    expect(await mails()).to.deep.equal([]);
    expect(await inbox()).to.have.length(4);
    bench.clock.advance(30_000);
    const [mail, ...more] = await mails();
    expect(more).to.deep.equal([]);
    expect(mail?.subject).to.match(/^\[TKT-2026-001\]/);
    const order = ['in progress', 'waiting for your answer'].map((text) => mail!.text!.indexOf(text));
    expect(order[0]).to.be.greaterThan(0);
    expect(order[1]).to.be.greaterThan(order[0]!);
    expect(mail?.html).to.contain(`<a href="https://support.test/tickets/${ticket.id}">`);
    expect(mail?.text?.match(/^-- $/gm)).to.have.length(1);
    expect(await mails()).to.have.length(1);
    bench.clock.advance(30_000);
    expect(await mails()).to.have.length(2);
    await changed('IN_PROGRESS');
    bench.clock.advance(MINUTE_MS);
    expect(await mails()).to.have.length(2);
    bench.clock.advance(MINUTE_MS);
    expect(await mails()).to.have.length(3);
  });

  it('when nothing else changes, then the mail is the one that it would have been', async () => {
    const texts: (string | undefined)[] = [];
    for (const seconds of [0, 60]) {
      const bench = await begin({ config: { NOTIFY_HOLD_SECONDS: seconds } });
      const { opened, mails, ticket } = await scene(bench);
      await opened();
      await mails();
      bench.clock.advance(MINUTE_MS);
      const [mail] = await mails();
      texts.push(`${mail?.subject} ${mail?.text}`.replace(ticket.id, '').replace(/token=\S+/, ''));
    }
    expect(texts[1]).to.equal(texts[0]).and.contain('TKT-2026-001');
  });

  it('when staff reply, then the reply goes at once, with what waited about the same ticket', async () => {
    const bench = await begin();
    const { changed, replied, mails, other } = await scene(bench);
    await replied('Alone.', other);
    await changed('IN_PROGRESS');
    await bench.deliver();
    await replied('Bring it in.');
    const texts = (await mails()).map(({ text }) => text);
    expect(texts).to.have.length(2);
    expect(texts[1]).to.match(/in progress[^]*Bring it in\./);
    bench.clock.advance(MINUTE_MS);
    expect(await mails()).to.have.length(2);
  });

  it('when a sender dies after it put a change into a letter, then the change comes once', async () => {
    const bench = await begin();
    const { changed, mails } = await scene(bench);
    await changed('IN_PROGRESS');
    await bench.deliver();
    const lost = { status: 'SENDING', claim: { owner: 'dead' }, 'recipients.0.status': 'PENDING' };
    const die = () =>
      bench.platform.connection
        .collection('notifications')
        .updateOne({ cause: { $exists: true } }, { $set: { ...lost, nextAttemptAt: new Date(bench.clock.now().getTime() + CLAIM_MS) } });
    await die();
    bench.clock.advance(CLAIM_MS);
    expect(await mails()).to.have.length(0);
    bench.clock.advance(MINUTE_MS - CLAIM_MS);
    expect(await mails()).to.have.length(1);
    await die();
    bench.clock.advance(CLAIM_MS);
    await mails();
    bench.clock.advance(MINUTE_MS);
    expect(await mails()).to.have.length(1);
    expect((await letters(bench)).map(({ collects }) => collects?.length)).to.deep.equal([1]);
  });

  it('when two instances join and send at the same moment, then every change is in one mail', async () => {
    const one = await begin();
    const { platform, smtp, clock, tokens } = one;
    const two = await begin({ connection: platform.connection, smtp, clock, tokens });
    const { changed, mails } = await scene(one);
    for (let round = 0; round < 12; round++) {
      await Promise.all([changed('IN_PROGRESS'), changed('WAITING_CUSTOMER'), one.deliver(), two.deliver()]);
      clock.advance(round % 3 === 2 ? MINUTE_MS : 15_000);
      await Promise.all([one.deliver(), two.deliver(), changed('IN_PROGRESS')]);
    }
    await one.deliver();
    clock.advance(MINUTE_MS);
    const text = (await mails()).map((mail) => mail.text).join('\n');
    expect(text.match(/is now: /g) ?? text.match(/in progress|waiting for your answer/g)).to.have.length(36);
    const collected = (await letters(one)).flatMap(({ collects = [] }) => collects);
    expect(collected).to.have.length(36);
    expect(new Set(collected).size).to.equal(36);
  });

  it('when a waiting letter is cancelled, then the next change begins another', async () => {
    const bench = await begin();
    const { changed, mails } = await scene(bench);
    await changed('IN_PROGRESS');
    await bench.deliver();
    const [letter] = await letters(bench);
    expect((await bench.api.post(`/notifications/${letter!.id}/cancel`, undefined, admin(bench))).status).to.equal(200);
    const told = (await all(bench)).find(({ id }) => id === letter?.collects?.[0]);
    expect(told?.recipients[0]).to.include({ status: 'SENT', collectedIn: letter?.id });
    await changed('WAITING_CUSTOMER');
    await bench.deliver();
    bench.clock.advance(MINUTE_MS);
    const [mail, ...more] = await mails();
    expect(more).to.deep.equal([]);
    expect(mail?.text).to.contain('waiting for your answer').and.not.contain('in progress');
  });

  it('when the person has switched the category off meanwhile, then nothing is sent', async () => {
    const bench = await begin();
    const { changed, mails, token } = await scene(bench);
    await changed('IN_PROGRESS');
    await bench.deliver();
    const off = { categories: { TICKETS: { email: false } } };
    await bench.api.put('/me/notification-preferences', off, { token });
    bench.clock.advance(MINUTE_MS);
    expect(await mails()).to.deep.equal([]);
    expect((await letters(bench)).map(({ status }) => status)).to.deep.equal(['CANCELLED']);
  });

  it('when it is night for the person, then mail waits for the morning and the inbox does not', async () => {
    const bench = await begin({ now: '2026-03-02T21:30:00Z' });
    await knowCompany(bench);
    const { changed, replied, mails, inbox } = await scene(bench, { quietHours: { from: '22:00', to: '07:00' } });
    await changed('IN_PROGRESS');
    await replied('Bring it in.');
    bench.clock.set('2026-03-03T05:59:00Z');
    expect(await mails()).to.deep.equal([]);
    expect(await inbox()).to.have.length(2);
    bench.clock.set('2026-03-03T06:00:00Z');
    expect((await mails()).map(({ text }) => text)).to.have.length(1);
    await replied('And by day.');
    expect(await mails()).to.have.length(2);
  });

  it('when a promised time has passed at night, then staff hear of it at once', async () => {
    const bench = await begin({ now: '2026-03-02T23:30:00Z' });
    const technician = await bench.knowUser();
    const token = bench.tokenFor({ role: 'ENGINEER', userId: technician.id });
    const choice = { categories: {}, quietHours: { from: '22:00', to: '07:00' }, digest: 'DAILY' };
    await bench.api.put('/me/notification-preferences', choice, { token });
    const ticket = buildTicket({ assignedToUserId: technician.id });
    const at = ticket.createdAt;
    await bench.publish(TicketSlaBreached, { ticket, clock: 'RESPONSE', at }, { subject: ticket.id });
    await bench.publish(TicketAssigned, { ticket, at }, { subject: ticket.id });
    await bench.deliver();
    expect(bench.smtp.mails.filter(({ to }) => to.includes(technician.email))).to.have.length(1);
  });

  it('when somebody prefers a digest, then one mail in the morning has it all, and stops it all', async () => {
    const bench = await begin({ now: '2026-03-02T10:00:00Z' });
    await knowCompany(bench);
    const { opened, replied, mails, other, inbox } = await scene(bench, { digest: 'DAILY' });
    await opened();
    await replied('Bring it in.', other);
    expect(await mails()).to.deep.equal([]);
    expect(await inbox()).to.have.length(2);
    bench.clock.set('2026-03-03T06:59:59Z');
    expect(await mails()).to.deep.equal([]);
    bench.clock.set('2026-03-03T07:00:00Z');
    const [mail] = await mails();
    expect(mail?.subject).to.equal('2 messages from Officina Riparo');
    expect(mail?.text).to.match(/TKT-2026-001[^]*TKT-2026-002[^]*Bring it in\./);
    const url = /Stop mails of this kind: https:\/\/support\.test(\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    expect((await bench.api.get(url, { root: true })).text).to.contain('your requests, replies');
    await bench.api.request('POST', url, undefined, { root: true });
    await opened();
    await replied('Anything.');
    bench.clock.set('2026-03-04T07:00:00Z');
    expect(await mails()).to.have.length(1);
  });

  it('when a digest has too many parts, then a second one comes with the rest', async () => {
    const bench = await begin();
    const { replied, mails } = await scene(bench, { digest: 'DAILY' });
    for (let index = 0; index < 101; index++) await replied(`Reply ${index}.`);
    await bench.deliver();
    bench.clock.set('2026-03-03T07:00:00Z');
    const text = (await mails()).map((mail) => mail.text).join('\n');
    expect(bench.smtp.mails).to.have.length(2);
    expect(text.match(/Reply \d+\./g)).to.have.length(101);
  });

  it('when preferences are wrong, then 422 with all faults; when right, then they are shown', async () => {
    const bench = await begin();
    const { token } = await scene(bench);
    const put = (choice: object) => bench.api.put('/me/notification-preferences', { categories: {}, ...choice }, { token });
    const wrong = await put({ quietHours: { from: '7', to: '24:00' }, digest: 'HOURLY' });
    expect(wrong.status).to.equal(422);
    expect(wrong.body.errors.map(({ path }) => path)).to.have.members(['quietHours.from', 'quietHours.to', 'digest']);
    expect((await put({ quietHours: { from: '07:00', to: '07:00' } })).status).to.equal(422);
    const quietHours = { from: '22:00', to: '07:00' };
    await put({ quietHours, digest: 'DAILY' });
    const { body } = await bench.api.get('/me/notification-preferences', { token });
    expect(body.data).to.deep.include({ quietHours, digest: 'DAILY' });
    await put({});
    expect((await bench.api.get('/me/notification-preferences', { token })).body.data)
      .to.include({ digest: 'NONE' })
      .and.not.have.property('quietHours');
  });
});
