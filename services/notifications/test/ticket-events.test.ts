import { randomUUID } from 'node:crypto';
import { AssetRegistered } from '@riparo/shared/contracts/assets.events';
import { UserRemoved } from '@riparo/shared/contracts/auth.events';
import { RATING_LINK } from '@riparo/shared/contracts/links';
import type { EventContract } from '@riparo/shared/contracts/event';
import {
  TicketAssigned,
  TicketClosed,
  TicketMerged,
  TicketOpened,
  TicketRated,
  TicketReplied,
  TicketResolved,
  TicketSlaBreached,
  TicketSlaDueSoon,
  TicketStatusChanged,
  TicketUnassigned,
  TicketUnmerged,
  type PublishedTicket,
} from '@riparo/shared/contracts/tickets.events';
import { createSignedLinks } from '@riparo/shared/http/signed-link';
import { createTestClock } from '@riparo/shared/testing/test-clock';
import { expect } from 'chai';
import { buildTicket, buildUser, knowCompany, knowCustomer, startBench, type Bench } from './bench.js';

describe('ticket events', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
    await knowCompany(bench);
  });
  after(() => bench.stop());

  const subjectsTo = async (address: string): Promise<readonly (string | undefined)[]> => {
    await bench.deliver();
    return bench.smtp.mails.filter(({ to }) => to.includes(address)).map(({ mail }) => mail.subject);
  };

  /** A customer's person, an engineer, and the ticket between them. */
  const scene = async (ticket: Partial<PublishedTicket> = {}) => {
    const customerId = randomUUID();
    const [customer, engineer] = [
      await bench.knowUser({ role: 'CUSTOMER_ADMIN', customerId, name: 'Carla Verdi' }),
      await bench.knowUser({ name: 'Grace Bianchi' }),
    ];
    return {
      customer,
      engineer,
      ticket: buildTicket({ customerId, createdByUserId: customer.id, assignedToUserId: engineer.id, ...ticket }),
    };
  };

  it('when a ticket is opened, then its author gets a mail with number, device and link', async () => {
    const assetId = randomUUID();
    const { customer, ticket } = await scene({ assetId });
    const asset = {
      id: assetId,
      customerId: ticket.customerId,
      locationId: randomUUID(),
      friendlyName: 'Laptop in the hall',
      category: 'LAPTOP',
      brand: 'Acme',
      model: 'One',
      serialNumber: 'S1',
      status: 'ACTIVE',
    } as const;
    await bench.publish(AssetRegistered, { asset }, { subject: assetId });
    await bench.publish(TicketOpened, { ticket, actorUserId: customer.id }, { subject: ticket.id });
    const [caught] = await bench.smtp.mailsTo(customer.email);
    expect(caught?.mail.subject).to.equal('[TKT-2026-001] We have received your request: The screen stays black');
    expect(caught?.mail.text)
      .to.contain('Hello Carla Verdi')
      .and.contain('Laptop in the hall')
      .and.contain(`https://support.test/tickets/${ticket.id}`);
    expect(caught?.mail.html).to.contain(`href="https://support.test/tickets/${ticket.id}"`);
    const token = bench.tokenFor({ role: 'CUSTOMER_ADMIN', userId: customer.id });
    const inbox = await bench.api.get<{ subject: string; read: boolean }[]>('/me/notifications', { token });
    expect(inbox.body.data).to.have.length(1);
    expect(inbox.body.data[0]).to.include({ read: false, subject: caught?.mail.subject });
  });

  it('when the same event comes again, then there is no second mail', async () => {
    const { customer, ticket } = await scene();
    const origin = { subject: ticket.id, version: 1 };
    await bench.publish(TicketOpened, { ticket }, origin);
    await bench.deliver();
    await bench.publish(TicketOpened, { ticket }, origin);
    expect(await subjectsTo(customer.email)).to.have.length(1);
  });

  it('when the event comes before its people, then the mail waits for them', async () => {
    const customerId = randomUUID();
    const user = buildUser({ role: 'CUSTOMER_USER', customerId });
    await bench.publish(TicketOpened, { ticket: buildTicket({ customerId, createdByUserId: user.id }) }, {});
    expect(await subjectsTo(user.email)).to.have.length(0);
    await bench.knowUser(user);
    bench.clock.advance(60_000);
    expect(await subjectsTo(user.email)).to.have.length(1);
  });

  it('when a ticket is assigned, then engineer and customer are told', async () => {
    const { customer, engineer, ticket } = await scene();
    await bench.publish(TicketAssigned, { ticket }, { subject: ticket.id });
    expect(await subjectsTo(engineer.email)).to.deep.equal(['[TKT-2026-001] Assigned to you: The screen stays black']);
    expect(await subjectsTo(customer.email)).to.deep.equal(['[TKT-2026-001] Grace Bianchi takes care of your request']);
  });

  it('when an engineer takes a ticket themselves, then only the customer is told', async () => {
    const { customer, engineer, ticket } = await scene();
    await bench.publish(TicketAssigned, { ticket, actorUserId: engineer.id }, { subject: ticket.id });
    expect(await subjectsTo(engineer.email)).to.have.length(0);
    expect(await subjectsTo(customer.email)).to.have.length(1);
  });

  it('when a ticket is given to somebody else or taken away, then the one before is told', async () => {
    const { ticket } = await scene();
    const previous = await bench.knowUser();
    await bench.publish(TicketAssigned, { ticket, previousUserId: previous.id }, { subject: ticket.id, version: 3 });
    await bench.publish(TicketUnassigned, { ticket, previousUserId: previous.id }, { subject: ticket.id, version: 4 });
    expect(await subjectsTo(previous.email)).to.have.length(2);
  });

  it('when staff or the customer replies, then the other side reads it', async () => {
    const { customer, engineer, ticket } = await scene();
    const reply = { ticket, activityId: randomUUID(), body: 'Please <b>bring</b> it in.' };
    await bench.publish(TicketReplied, { ...reply, byCustomer: false, actorUserId: engineer.id }, { subject: ticket.id, version: 3 });
    await bench.publish(TicketReplied, { ...reply, byCustomer: true, actorUserId: customer.id }, { subject: ticket.id, version: 4 });
    const [toCustomer] = await bench.smtp.mailsTo(customer.email);
    const [toEngineer] = await bench.smtp.mailsTo(engineer.email);
    expect(toCustomer?.mail.text).to.contain('Grace Bianchi wrote').and.contain('Please <b>bring</b> it in.');
    expect(toCustomer?.mail.html).to.contain('Please &lt;b&gt;bring&lt;/b&gt; it in.');
    expect(toEngineer?.mail.subject).to.contain('The customer replied');
  });

  const endings = [
    ['TicketStatusChanged', TicketStatusChanged, 'in progress'],
    ['TicketResolved', TicketResolved, 'Resolved'],
    ['TicketClosed', TicketClosed, 'Closed'],
  ] as const;
  for (const [name, contract, words] of endings) {
    it(`when ${name} comes, then the customer is told`, async () => {
      const { customer, engineer, ticket } = await scene({ resolution: 'New display cable.' });
      const data = { ticket, from: 'OPEN', to: 'IN_PROGRESS', actorUserId: engineer.id };
      await bench.publish(contract as EventContract<unknown>, data, { subject: ticket.id });
      const [caught] = await bench.smtp.mailsTo(customer.email);
      expect(caught?.mail.subject).to.contain(words);
      if (contract === TicketResolved) expect(caught?.mail.text).to.contain('New display cable.');
    });
  }

  it('when a ticket is merged or this is undone, then the customer is told once, and whoever had it', async () => {
    const { customer, engineer, ticket } = await scene({ mergedIntoId: randomUUID() });
    const into = { id: ticket.mergedIntoId as string, ticketNumber: 'TKT-2026-007' };
    for (let times = 0; times < 2; times++)
      await bench.publish(TicketMerged, { ticket, into, previousUserId: engineer.id }, { subject: ticket.id, version: 3 });
    expect(await subjectsTo(customer.email)).to.deep.equal(['[TKT-2026-001] Goes on as TKT-2026-007: The screen stays black']);
    expect(await subjectsTo(engineer.email)).to.deep.equal(['[TKT-2026-001] Merged into TKT-2026-007: The screen stays black']);
    await bench.publish(TicketUnmerged, { ticket, from: into }, { subject: ticket.id, version: 4 });
    expect((await subjectsTo(customer.email))[1]).to.contain('Goes on under its own number');
    expect((await subjectsTo(engineer.email))[1]).to.contain('Assigned to you');
  });

  it('when a ticket was merged into another, then its author hears what is said there until that is undone', async () => {
    const { customer, engineer, ticket } = await scene();
    const colleague = await bench.knowUser({ role: 'CUSTOMER_USER', customerId: ticket.customerId, name: 'Bruno Verdi' });
    const into = { id: ticket.id, ticketNumber: ticket.ticketNumber };
    const source = buildTicket({ customerId: ticket.customerId, createdByUserId: colleague.id, mergedIntoId: ticket.id });
    await bench.publish(TicketMerged, { ticket: source, into }, { subject: source.id, version: 3 });
    const reply = (version: number) =>
      bench.publish(
        TicketReplied,
        { ticket, activityId: randomUUID(), body: 'We are on it', byCustomer: false, actorUserId: engineer.id },
        { subject: ticket.id, version },
      );
    await reply(5);
    const answered = (await subjectsTo(colleague.email)).filter((subject) => subject?.includes('New reply') === true);
    expect(answered).to.have.length(1);
    expect((await subjectsTo(customer.email)).filter((subject) => subject?.includes('New reply') === true)).to.have.length(1);
    await bench.publish(TicketUnmerged, { ticket: source, from: into }, { subject: source.id, version: 4 });
    await reply(6);
    expect((await subjectsTo(colleague.email)).filter((subject) => subject?.includes('New reply') === true)).to.have.length(1);
  });

  it('when customers close their own ticket, then nobody tells them', async () => {
    const { customer, ticket } = await scene();
    await bench.publish(TicketClosed, { ticket, from: 'OPEN', to: 'CLOSED', actorUserId: customer.id }, { subject: ticket.id });
    expect(await subjectsTo(customer.email)).to.have.length(0);
  });

  it('when a promised time has passed, then the engineer is told', async () => {
    const { engineer, ticket } = await scene();
    await bench.publish(TicketSlaBreached, { ticket, clock: 'RESPONSE' }, { subject: ticket.id });
    expect(await subjectsTo(engineer.email)).to.deep.equal(['[TKT-2026-001] Overdue: The screen stays black']);
  });

  it("when the desk opens a ticket, then the account holders are told, or the customer's address", async () => {
    const agent = await bench.knowUser({ role: 'AGENT' });
    const { customer, ticket } = await scene();
    await bench.publish(TicketOpened, { ticket: { ...ticket, createdByUserId: agent.id } }, { subject: ticket.id });
    expect(await subjectsTo(customer.email)).to.have.length(1);
    const walkIn = buildTicket({ createdByUserId: agent.id });
    await knowCustomer(bench, walkIn.customerId, 'walk-in@example.test');
    await bench.publish(TicketOpened, { ticket: walkIn }, { subject: walkIn.id });
    expect(await subjectsTo('walk-in@example.test')).to.have.length(1);
  });

  it('when a name looks like a link, then the mails that it stands in carry none', async () => {
    const { customer, engineer, ticket } = await scene();
    await bench.knowUser({ ...customer, name: 'Win at https://evil.test/x or evil.com' }, 2);
    const reply = { ticket, activityId: randomUUID(), body: 'Hello', byCustomer: true, actorUserId: customer.id };
    await bench.publish(TicketReplied, reply, { subject: ticket.id });
    await bench.publish(TicketOpened, { ticket }, { subject: ticket.id, version: 2 });
    await bench.deliver();
    const mails = bench.smtp.mails.filter(({ to }) => to.includes(customer.email) || to.includes(engineer.email));
    expect(mails.length).to.be.greaterThan(1);
    for (const { mail } of mails) expect(mail.text).to.contain('Win at or evil. com').and.not.contain('evil.test');
  });

  it('when a colleague has asked for it, then they are told too, and nobody of another customer', async () => {
    const { customer, ticket } = await scene();
    const colleague = await bench.knowUser({ role: 'CUSTOMER_USER', customerId: ticket.customerId });
    const stranger = await bench.knowUser({ role: 'CUSTOMER_USER', customerId: randomUUID() });
    for (const user of [colleague, stranger]) {
      const token = bench.tokenFor({ role: 'CUSTOMER_USER', userId: user.id, customerId: user.customerId! });
      await bench.api.put('/me/notification-preferences', { categories: {}, colleagues: true }, { token });
    }
    await bench.publish(TicketOpened, { ticket }, { subject: ticket.id });
    expect(await subjectsTo(customer.email)).to.have.length(1);
    expect(await subjectsTo(colleague.email)).to.have.length(1);
    expect(await subjectsTo(stranger.email)).to.have.length(0);
  });

  it('when the person was removed, then no mail goes out', async () => {
    const { engineer, ticket } = await scene();
    await bench.publish(UserRemoved, { user: { ...engineer, removed: true } }, { subject: engineer.id, version: 2 });
    await bench.publish(TicketAssigned, { ticket }, { subject: ticket.id });
    expect(await subjectsTo(engineer.email)).to.have.length(0);
  });

  it('when an older event comes late, then the newer address stays', async () => {
    const { engineer, ticket } = await scene();
    await bench.knowUser({ ...engineer, email: 'new@example.test' }, 5);
    await bench.knowUser({ ...engineer, email: 'old@example.test' }, 3);
    await bench.publish(TicketAssigned, { ticket }, { subject: ticket.id });
    expect(await subjectsTo('new@example.test')).to.have.length(1);
    expect(await subjectsTo('old@example.test')).to.have.length(0);
  });

  it('when the person reads Italian, then the mail is Italian', async () => {
    const engineer = await bench.knowUser({ locale: 'it-IT' });
    const ticket = buildTicket({ assignedToUserId: engineer.id });
    await bench.publish(TicketAssigned, { ticket }, { subject: ticket.id });
    expect(await subjectsTo(engineer.email)).to.deep.equal(['[TKT-2026-001] Assegnato a te: The screen stays black']);
  });

  it('when a title holds line ends and markup, then neither headers nor HTML take them up', async () => {
    const { customer, ticket } = await scene({ title: 'Broken\r\nBcc: thief@example.test\r\n\r\n<script>alert(1)</script>' });
    await bench.publish(TicketOpened, { ticket }, { subject: ticket.id });
    const [caught] = await bench.smtp.mailsTo(customer.email);
    expect(caught?.to).to.deep.equal([customer.email]);
    expect(caught?.mail.headers.has('bcc')).to.equal(false);
    expect(caught?.mail.html).not.to.contain('<script>');
  });

  describe('to the desk', () => {
    const atDesk = async () => {
      const agent = await bench.knowUser({ role: 'AGENT' });
      return { agent, leave: () => bench.knowUser({ ...agent, status: 'DISABLED' }, 2) };
    };

    for (const [name, contract, words] of [
      ['a promised time is near', TicketSlaDueSoon, 'Due soon'],
      ['a promised time has passed', TicketSlaBreached, 'Overdue'],
    ] as const) {
      it(`when ${name}, then who has the ticket is told, or the desk when nobody has it, once`, async () => {
        const { agent, leave } = await atDesk();
        const { engineer, ticket } = await scene();
        await bench.publish(contract, { ticket, clock: 'RESPONSE' }, { subject: ticket.id, version: 5 });
        expect(await subjectsTo(engineer.email)).to.deep.equal([`[TKT-2026-001] ${words}: The screen stays black`]);
        expect(await subjectsTo(agent.email)).to.deep.equal([]);
        const waiting = buildTicket({ customerId: ticket.customerId });
        for (let times = 0; times < 2; times++)
          await bench.publish(contract, { ticket: waiting, clock: 'RESPONSE' }, { subject: waiting.id, version: 5 });
        expect(await subjectsTo(agent.email)).to.have.length(1);
        await leave();
      });
    }

    it('when a customer replies to a ticket that nobody has, then the desk reads it', async () => {
      const { agent, leave } = await atDesk();
      const { customer, ticket } = await scene({ assignedToUserId: undefined });
      const reply = { ticket, activityId: randomUUID(), body: 'Anybody?', byCustomer: true, actorUserId: customer.id };
      await bench.publish(TicketReplied, reply, { subject: ticket.id, version: 3 });
      expect(await subjectsTo(agent.email)).to.have.length(1);
      await leave();
    });

    it('when a rating is bad, then the desk and who did the work are told; when it is good, then nobody', async () => {
      const { agent, leave } = await atDesk();
      const { customer, engineer, ticket } = await scene();
      await bench.publish(TicketRated, { ticket, score: 2, comment: 'Too <slow>' }, { subject: ticket.id, version: 7 });
      for (const { email } of [agent, engineer])
        expect(await subjectsTo(email)).to.deep.equal(['[TKT-2026-001] Rated 2 of 5: The screen stays black']);
      expect((await bench.smtp.mailsTo(agent.email))[0]?.mail.text).to.contain('Too <slow>');
      const other = buildTicket({ assignedToUserId: engineer.id });
      await bench.publish(TicketRated, { ticket: other, score: 3 }, { subject: other.id, version: 7 });
      expect(await subjectsTo(engineer.email)).to.have.length(1);
      expect(await subjectsTo(customer.email)).to.deep.equal([]);
      await leave();
    });
  });

  describe('the closing mail', () => {
    const closing = async (part: Partial<PublishedTicket> = {}) => {
      const { customer, ticket } = await scene({ status: 'CLOSED', closedAt: '2026-03-02T09:00:00.000Z', ...part });
      await bench.publish(TicketClosed, { ticket, from: 'RESOLVED', to: 'CLOSED' }, { subject: ticket.id });
      const [caught] = await bench.smtp.mailsTo(customer.email);
      return { customer, ticket, text: caught?.mail.text ?? '', html: String(caught?.mail.html) };
    };

    it('when it is read, then its link rates this ticket, and for no longer than may be', async () => {
      const closedAt = bench.clock.now().toISOString();
      const { ticket, text, html } = await closing({ closedAt });
      const token = /https:\/\/support\.test\/rate\/([\w.-]+)/.exec(text)?.[1] ?? '';
      expect(bench.platform.links.verify(RATING_LINK, token)).to.deep.equal({ tenantId: 'default', subjectId: ticket.id });
      expect(html).to.contain(`href="https://support.test/rate/`);
      const later = createSignedLinks({
        secret: 'a secret for tests only, of 32 or more characters',
        clock: createTestClock(new Date(Date.parse(closedAt) + 30 * 86_400_000 + 1_000)),
      });
      expect(() => later.verify(RATING_LINK, token)).to.throw();
    });

    it('when there is nothing to rate, then it holds none', async () => {
      for (const part of [{ source: 'INTERNAL' }, { ratingScore: 4 }] as const)
        expect((await closing({ closedAt: bench.clock.now().toISOString(), ...part })).text).not.to.contain('/rate/');
    });

    it('when staff raise it by hand, then there is no way to a link', async () => {
      const data = { ticketNumber: 'TKT-1', title: 'x', ratingTicketId: randomUUID(), ratingFrom: bench.clock.now().toISOString() };
      const recipient = 'somebody@example.test';
      const token = bench.tokenFor({ role: 'TECH' });
      await bench.api.post('/notifications', { channel: 'EMAIL', recipients: [recipient], template: 'ticket-closed', data }, { token });
      await bench.deliver();
      expect((await bench.smtp.mailsTo(recipient))[0]?.mail.text)
        .to.contain('TKT-1')
        .and.not.contain('/rate/');
    });
  });
});
