import { randomUUID } from 'node:crypto';
import { QuoteSent } from '@riparo/shared/contracts/quotes.events';
import { RepairReady } from '@riparo/shared/contracts/repairs.events';
import { TicketOpened, TicketReplied } from '@riparo/shared/contracts/tickets.events';
import { buildQuote } from '@riparo/shared/testing/published-money';
import { buildPublishedRepair } from '@riparo/shared/testing/published-repair';
import type { CaughtMail } from '@riparo/shared/testing/smtp-sink';
import { expect } from 'chai';
import { UNSUBSCRIBE_LINK } from '../src/unsubscribe/unsubscribe-links.js';
import { buildTicket, knowCompany, knowCustomer, startBench, type Bench } from './bench.js';

type ParsedMail = CaughtMail['mail'];

const ONE_CLICK = 'List-Unsubscribe=One-Click';
const FORM = 'application/x-www-form-urlencoded';
const DAY_MS = 24 * 3_600_000;

/** What a mail program reads of a mail. */
const headersOf = (mail: ParsedMail): ReadonlyMap<string, string> =>
  new Map(
    mail.headerLines.map(({ key, line }) => [
      key,
      line
        .slice(key.length + 1)
        .replace(/\r?\n\s/g, '')
        .trim(),
    ]),
  );
const wayOf = (mail: ParsedMail): string => {
  const [, url = ''] = /^<(https:\/\/support\.test\/[^>\s]+)>$/.exec(headersOf(mail).get('list-unsubscribe') ?? '') ?? [];
  return url.slice('https://support.test'.length);
};

describe('unsubscribing', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench({ now: '2026-03-02T10:00:00Z' });
  });
  afterEach(() => bench.stop());

  const customerWithAccount = () => bench.knowUser({ role: 'CUSTOMER_ADMIN', customerId: randomUUID() });
  type Customer = Awaited<ReturnType<typeof customerWithAccount>>;
  const mailsTo = async (address: string): Promise<readonly ParsedMail[]> => {
    await bench.deliver();
    return bench.smtp.mails.filter(({ to }) => to.includes(address)).map(({ mail }) => mail);
  };
  const open = async ({ id, customerId }: Customer): Promise<void> => {
    const ticket = buildTicket({ customerId: customerId!, createdByUserId: id });
    await bench.publish(TicketOpened, { ticket, at: ticket.createdAt }, { subject: ticket.id });
  };
  const reply = async ({ id, customerId }: Customer): Promise<void> => {
    const ticket = buildTicket({ customerId: customerId!, createdByUserId: id });
    const said = { ticket, at: ticket.createdAt, byCustomer: false, body: 'Bring it in.', activityId: randomUUID() };
    await bench.publish(TicketReplied, said, { subject: ticket.id });
  };
  const click = (way: string, body = ONE_CLICK, type = FORM) =>
    bench.api.request('POST', way, body, { root: true, headers: { 'content-type': type } });
  const preferencesOf = async ({ id }: Customer) =>
    (await bench.api.get('/me/notification-preferences', { token: bench.tokenFor({ role: 'CUSTOMER_ADMIN', userId: id }) })).body.data;

  it('when a mail can be switched off, then it says how, for programs and for people', async () => {
    const user = await customerWithAccount();
    await open(user);
    const [mail] = await mailsTo(user.email);
    expect(headersOf(mail!).get('list-unsubscribe-post')).to.equal(ONE_CLICK);
    expect(wayOf(mail!)).to.match(/^\/api\/v1\/public\/unsubscribe\?token=[\w.-]+$/);
    expect(mail?.text).to.contain(`Stop mails of this kind: https://support.test${wayOf(mail!)}`);
    expect(mail?.html).to.contain(`href="https://support.test${wayOf(mail!)}"`);
  });

  it('when clicked once, and once more, then mails of that category stop, and nothing else', async () => {
    const user = await customerWithAccount();
    await open(user);
    const [mail] = await mailsTo(user.email);
    for (let round = 0; round < 2; round++) expect((await click(wayOf(mail!))).status).to.equal(200);
    await open(user);
    await reply(user);
    const [, next, ...more] = await mailsTo(user.email);
    expect(next?.text).to.contain('Bring it in.');
    expect(more).to.deep.equal([]);
    const { categories } = (await preferencesOf(user)) as unknown as { categories: Record<string, unknown> };
    expect(categories.TICKETS).to.deep.include({ email: false, inApp: true });
    expect(categories.REPLIES).to.deep.include({ email: true, inApp: true });
    const inbox = await bench.api.get<unknown[]>('/me/notifications', {
      token: bench.tokenFor({ role: 'CUSTOMER_ADMIN', userId: user.id }),
    });
    expect(inbox.body.data).to.have.length(3);
  });

  it('when the click is a multipart form, then it counts too', async () => {
    const user = await customerWithAccount();
    await open(user);
    const [mail] = await mailsTo(user.email);
    const body = `--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n`;
    expect((await click(wayOf(mail!), body, 'multipart/form-data; boundary=x')).status).to.equal(200);
    await open(user);
    expect(await mailsTo(user.email)).to.have.length(1);
  });

  it('when a program opens the links, then nothing changes; the page switches off and on', async () => {
    await knowCompany(bench, 'it-IT');
    const user = await customerWithAccount();
    await open(user);
    const [mail] = await mailsTo(user.email);
    const way = wayOf(mail!);
    for (const path of [way, way.replace('/api/v1/public', '')]) {
      const page = await bench.api.get(path, { root: true });
      expect(page.status).to.equal(200);
      expect(page.headers.get('content-security-policy')).to.contain("default-src 'none'");
      expect(page.text).to.contain('Ricevi queste e-mail.').and.contain('le tue richieste').and.contain('name="choice" value="off"');
    }
    await open(user);
    expect(await mailsTo(user.email)).to.have.length(2);
    const off = await click(way, 'choice=off');
    expect(off.text).to.contain('name="choice" value="on"');
    expect((await click(way, 'choice=on')).text).to.contain('name="choice" value="off"');
    await open(user);
    expect(await mailsTo(user.email)).to.have.length(3);
  });

  it('when somebody chose otherwise meanwhile, then the click keeps that', async () => {
    const user = await customerWithAccount();
    await open(user);
    const [mail] = await mailsTo(user.email);
    const choice = { categories: { TICKETS: { email: true, sms: false, inApp: false } }, colleagues: true };
    await bench.api.put('/me/notification-preferences', choice, { token: bench.tokenFor({ role: 'CUSTOMER_ADMIN', userId: user.id }) });
    await Promise.all([click(wayOf(mail!)), click(wayOf(mail!))]);
    const { categories, colleagues } = (await preferencesOf(user)) as unknown as {
      categories: Record<string, unknown>;
      colleagues: boolean;
    };
    expect(categories.TICKETS).to.deep.equal({ email: false, sms: false, inApp: false });
    expect(colleagues).to.equal(true);
  });

  it('when an address has no account, then its mails stop in whatever case it is written', async () => {
    const customerId = randomUUID();
    await knowCustomer(bench, customerId, 'Walk.In@example.test');
    const ready = () => {
      const repair = buildPublishedRepair({ customerId, status: 'READY_FOR_PICKUP' });
      return bench.publish(RepairReady, { repair, at: '2026-03-02T10:00:00.000Z' }, { subject: repair.id });
    };
    await ready();
    const [mail] = await mailsTo('Walk.In@example.test');
    await click(wayOf(mail!));
    await ready();
    const body = { channel: 'EMAIL', recipients: ['walk.in@EXAMPLE.test'], template: 'repair-ready' };
    await bench.api.post('/notifications', body, { token: bench.tokenFor({ role: 'AGENT' }) });
    await bench.deliver();
    // A text that staff raise by hand is of another category.
    expect(bench.smtp.mails.map(({ to }) => to[0]?.toLowerCase())).to.deep.equal(['walk.in@example.test', 'walk.in@example.test']);
  });

  it('when work waits for the answer, or it is about the account, then there is no such link', async () => {
    const customerId = randomUUID();
    await knowCustomer(bench, customerId, 'owner@example.test');
    const quote = buildQuote({ customerId });
    await bench.publish(QuoteSent, { quote, at: '2026-03-02T10:00:00.000Z' }, { subject: quote.id });
    await bench.api.post(
      '/internal/notifications',
      { channel: 'EMAIL', recipients: ['owner@example.test'], subject: 'A link', body: 'Reset', dedupeKey: randomUUID() },
      { root: true, token: bench.platform.serviceTokens.mint() },
    );
    const mails = await mailsTo('owner@example.test');
    expect(mails).to.have.length(2);
    for (const mail of mails) {
      expect(headersOf(mail).has('list-unsubscribe')).to.equal(false);
      expect(mail.text).not.to.contain('unsubscribe');
    }
  });

  it('when the link is forged, for something else or years old, then the page says so and nothing changes', async () => {
    const user = await customerWithAccount();
    await open(user);
    const [mail] = await mailsTo(user.email);
    const grant = { tenantId: 'default', subjectId: user.id };
    const inAYear = new Date(bench.clock.now().getTime() + 366 * DAY_MS);
    const { links } = bench.platform;
    const wrong = [
      `${wayOf(mail!)}x`,
      wayOf(mail!).split('?')[0]!,
      ...[links.sign('rating', grant, inAYear), links.sign(UNSUBSCRIBE_LINK, { ...grant, state: 'SECURITY' }, inAYear)].map(
        (token) => `/api/v1/public/unsubscribe?token=${token}`,
      ),
    ];
    for (const way of wrong) {
      expect((await bench.api.get(way, { root: true })).status).to.equal(422);
      expect((await click(way)).status).to.equal(422);
    }
    bench.clock.advance(366 * DAY_MS);
    expect((await bench.api.get(wayOf(mail!), { root: true })).status).to.equal(200);
    bench.clock.advance(366 * DAY_MS);
    expect((await click(wayOf(mail!))).status).to.equal(422);
    expect(await bench.platform.connection.collection('preferences').countDocuments()).to.equal(0);
  });
});
