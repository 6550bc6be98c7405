import { UserUpdated } from '@riparo/shared/contracts/auth.events';
import type { EventContract } from '@riparo/shared/contracts/event';
import { QUOTE_LINK } from '@riparo/shared/contracts/links';
import { PartLowOnStock } from '@riparo/shared/contracts/parts.events';
import {
  QuoteAccepted,
  QuoteDeclined,
  QuoteExpired,
  QuoteReminderDue,
  QuoteSent,
  QuoteWithdrawn,
  type PublishedQuote,
  type QuoteEventV1,
} from '@riparo/shared/contracts/quotes.events';
import { RepairStatusChanged } from '@riparo/shared/contracts/repairs.events';
import { buildPart, buildQuote } from '@riparo/shared/testing/published-money';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import { expect } from 'chai';
import { randomUUID } from 'node:crypto';
import { knowCustomer, startBench, type Bench } from './bench.js';

const at = '2026-03-05T10:00:00.000Z';

describe('quote events', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench({ now: '2026-03-01T10:00:00Z' });
  });
  after(() => bench.stop());

  const mailsTo = async (address: string) => {
    await bench.deliver();
    return bench.smtp.mails.filter(({ to }) => to.includes(address)).map(({ mail }) => mail);
  };
  const subjectsTo = async (address: string) => (await mailsTo(address)).map(({ subject }) => subject);

  const told = async (contract: EventContract<QuoteEventV1>, part: Partial<PublishedQuote> = {}, actorUserId?: string) => {
    const maker = await bench.knowUser({ name: 'Grace Bianchi', role: 'TECH' });
    const customerId = randomUUID();
    const address = `${randomUUID()}@walk-in.test`;
    await knowCustomer(bench, customerId, address);
    const quote = buildQuote({ customerId, createdByUserId: maker.id, device: 'Dell Latitude 7420', ...part });
    await bench.publish(contract, { quote, at, ...(actorUserId === undefined ? {} : { actorUserId }) }, { subject: quote.id });
    return { quote, address, maker };
  };

  it('when a quote is sent, then the customer gets one mail with its total and the link that answers it', async () => {
    const { quote, address, maker } = await told(QuoteSent);
    const [mail, ...more] = await mailsTo(address);
    expect(more).to.deep.equal([]);
    expect(mail?.subject).to.equal('[QUO-2026-000001] Your quote: Dell Latitude 7420');
    expect(mail?.text).to.contain('€122.00').and.contain('Valid until: Wednesday').and.contain('Repair REP-2026-000001');
    const token = /https:\/\/support\.test\/quote\/([\w.-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
    expect(bench.platform.links.verify(QUOTE_LINK, token)).to.deep.equal({ tenantId: 'default', subjectId: quote.id, state: '1' });
    expect(await subjectsTo(maker.email)).to.deep.equal([]);
  });

  it('when it is the second version, then the mail says that it takes the place of the first', async () => {
    const { address } = await told(QuoteSent, { quoteVersion: 2, replaces: 1 });
    expect(await subjectsTo(address)).to.deep.equal(['[QUO-2026-000001] Your new quote: Dell Latitude 7420']);
  });

  it('when the customer has not answered, was too late or need not answer any more, then a mail says so', async () => {
    for (const [contract, subject] of [
      [QuoteReminderDue, 'Waiting for your answer'],
      [QuoteExpired, 'Quote expired'],
      [QuoteWithdrawn, 'Quote withdrawn'],
    ] as const)
      expect(await subjectsTo((await told(contract)).address)).to.deep.equal([`[QUO-2026-000001] ${subject}: Dell Latitude 7420`]);
  });

  it('when it is for a ticket, then the mail does not speak of a repair', async () => {
    const { address } = await told(QuoteSent, { ticketId: randomUUID(), subjectNumber: 'TKT-2026-001' });
    const [mail] = await mailsTo(address);
    expect(mail?.text)
      .to.contain('here is our quote.')
      .and.contain('Ticket TKT-2026-001')
      .and.not.match(/repair|device/i);
  });

  it('when the work has ended, then nobody is told that the quote did', async () => {
    const { address, maker } = await told(QuoteExpired, { workEnded: true });
    expect([...(await subjectsTo(address)), ...(await subjectsTo(maker.email))]).to.deep.equal([]);
  });

  it('when a person has switched off mails about repairs, then a quote comes all the same', async () => {
    const customerId = randomUUID();
    const person = await bench.knowUser({ role: 'CUSTOMER_ADMIN', customerId, name: 'Carla Verdi' });
    const token = bench.tokenFor({ userId: person.id, role: 'CUSTOMER_ADMIN', customerId });
    const off = { email: false, sms: false, inApp: false };
    expect((await bench.api.put('/me/notification-preferences', { categories: { REPAIRS: off } }, { token })).status).to.equal(200);
    await told(QuoteSent, { customerId, contactUserId: person.id });
    await told(QuoteWithdrawn, { customerId, contactUserId: person.id });
    expect(await subjectsTo(person.email)).to.deep.equal(['[QUO-2026-000001] Your quote: Dell Latitude 7420']);
  });

  it('when the customer decides, then whoever made the quote hears of it, with the comment', async () => {
    const accepted = await told(QuoteAccepted, { comment: 'Keep the old part' });
    expect(await subjectsTo(accepted.address)).to.deep.equal(['[QUO-2026-000001] Quote accepted: Dell Latitude 7420']);
    const [mail] = await mailsTo(accepted.maker.email);
    expect(mail?.subject).to.equal('[QUO-2026-000001] Accepted: Dell Latitude 7420');
    expect(mail?.text).to.contain('Keep the old part').and.contain('Studio Verdi has accepted');
    const declined = await told(QuoteDeclined);
    expect(await subjectsTo(declined.maker.email)).to.deep.equal(['[QUO-2026-000001] Declined: Dell Latitude 7420']);
    // The refused repair says it, with what is to be paid.
    expect(await subjectsTo(declined.address)).to.deep.equal([]);
  });

  it('when the maker enters the answer at the counter, then the maker knows already', async () => {
    const createdByUserId = randomUUID();
    await bench.publish(
      UserUpdated,
      {
        user: {
          id: createdByUserId,
          email: 'desk@example.test',
          name: 'Desk',
          role: 'AGENT',
          status: 'ACTIVE',
          skills: [],
          removed: false,
        },
      },
      { subject: createdByUserId },
    );
    await told(QuoteAccepted, { createdByUserId, decidedBy: 'COUNTER' }, createdByUserId);
    expect(await subjectsTo('desk@example.test')).to.deep.equal([]);
  });

  const moved = async (from: 'IN_PROGRESS' | 'ON_HOLD' | 'AWAITING_PARTS', to: typeof from, cause: 'QUOTE' | 'PARTS') => {
    const technician = await bench.knowUser({ name: 'Grace Bianchi', role: 'TECH' });
    const address = `${randomUUID()}@walk-in.test`;
    const repair = buildPublishedRepair({ status: to, assignedToUserId: technician.id });
    await knowCustomer(bench, repair.customerId, address);
    await bench.publish(RepairStatusChanged, { repair, at, from, to, cause }, { subject: repair.id });
    return { customer: await subjectsTo(address), technician: await subjectsTo(technician.email) };
  };

  it('when a quote holds a repair or lets it go on, then no second mail says so', async () => {
    expect((await moved('IN_PROGRESS', 'ON_HOLD', 'QUOTE')).customer).to.deep.equal([]);
    expect((await moved('ON_HOLD', 'IN_PROGRESS', 'QUOTE')).customer).to.deep.equal([]);
    expect((await moved('ON_HOLD', 'AWAITING_PARTS', 'QUOTE')).customer).to.have.length(1);
  });

  it('when parts have arrived, then the customer and the technician hear of it', async () => {
    expect(await moved('AWAITING_PARTS', 'IN_PROGRESS', 'PARTS')).to.deep.equal({
      customer: ['[REP-2026-000001] We go on with your Dell Latitude 7420'],
      technician: ['[REP-2026-000001] Parts have arrived: Dell Latitude 7420'],
    });
  });

  it('when a part runs low, then the desk is told', async () => {
    const agent = await bench.knowUser({ role: 'AGENT' });
    const part = buildPart({ minimumStock: 3, available: 1 });
    await bench.publish(PartLowOnStock, { part, at }, { subject: part.id });
    const [mail] = await mailsTo(agent.email);
    expect(mail?.subject).to.equal('[LCD-12] Low on stock: Display 12"');
    expect(mail?.text).to.contain('only 1 of').and.contain('at least 3');
  });
});
