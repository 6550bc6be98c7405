import { MAIL_KINDS, mailText } from '@riparo/auth/mail/mail-texts';
import { eventually } from '@riparo/shared/testing/eventually';
import { startSmtpSink, type SmtpSink } from '@riparo/shared/testing/smtp-sink';
import { expect } from 'chai';
import { createPerson, PASSWORD, type Person } from '../journey/person.js';
import { openInstallation, type Installation } from '../tenants/installation.js';
import { causesIn } from './mail-causes.js';
import { furnish } from './mail-world.js';

const PUBLIC_URL = 'https://links.test';
const COMPANY = 'Officina Verdi';
const LINK = /https:\/\/links\.test[^\s"'<>)]*/g;

interface Raised {
  readonly id: string;
  readonly template?: string;
  readonly status: string;
}

interface Sent {
  readonly subject: string;
  readonly links: readonly string[];
}

interface Page {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** A word of the subject that names what the mail is about: `[REP-2026-000002] Repaired`. */
const numberIn = (subject: string): string => /[A-Z]+-(?:[A-Z]-)?\d{4}-\d+/.exec(subject)?.[0] ?? 'no number';

const hasForm = ({ text }: Page): boolean => text.includes('<form method="post"');

/** What the page of a link has to show, by the first part of its path: a link to anywhere else leads nowhere. */
const SHOWN: Readonly<Record<string, (page: Page, subject: string) => boolean>> = {
  rate: (page, subject) => hasForm(page) && page.text.includes(numberIn(subject)),
  appointments: (page) => hasForm(page) && page.text.includes('Your appointment'),
  quote: (page, subject) => page.text.includes(numberIn(subject)) && page.text.includes('What it costs'),
  sign: (page, subject) => page.text.includes(numberIn(subject)) && page.text.includes('report.pdf'),
  pay: (page, subject) => page.text.includes(numberIn(subject)) && page.text.includes('Left to pay'),
  'repair-status': (page, subject) => page.text.includes(numberIn(subject)) && page.text.includes('aria-current="step"'),
  // Figures are for staff who have signed in: the page leads to the form that does, and back.
  reports: (page) => hasForm(page) && page.text.includes('name="password"'),
  'verify-email': hasForm,
  'reset-password': hasForm,
  'accept-invitation': hasForm,
};
const API: Readonly<Record<string, (page: Page) => boolean>> = {
  unsubscribe: hasForm,
  invoices: ({ type, text }) => type === 'application/pdf' && text.startsWith('%PDF'),
};

/** Each kind of mail about an account, in the order in which somebody gets them. */
const aboutAccounts = async (url: string, admin: Person): Promise<void> => {
  const paul = createPerson(url, 'paul@example.com');
  const registration = { email: paul.email, password: PASSWORD, name: 'Paul' };
  const customer = { type: 'INDIVIDUAL', name: 'Paul', surname: 'Weber', contactPhone: '+390212345678' };
  await paul.post('/auth/register', { ...registration, customer });
  await paul.post('/auth/register/staff', { ...registration, role: 'TECH', skills: ['HARDWARE'] });
  await paul.logIn();
  // From a device that nobody has seen yet.
  await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'Another browser' },
    body: JSON.stringify({ email: paul.email, password: PASSWORD }),
  });
  await paul.post('/auth/me/password', { currentPassword: PASSWORD, newPassword: `${PASSWORD}-2` });
  await paul.post('/auth/forgot-password', { email: paul.email });
  await admin.post('/users', { email: 'nora@example.com', name: 'Nora', role: 'AGENT' });
};

describe('the links of mails', function () {
  this.timeout(300_000);
  let sink: SmtpSink;
  let installation: Installation;
  let admin: Person;
  before(async () => {
    sink = await startSmtpSink();
    const smtp = { SMTP_HOST: '127.0.0.1', SMTP_PORT: String(sink.port) };
    const password = 'a-long-enough-passphrase';
    installation = await openInstallation({ ...smtp, PUBLIC_URL, ADMIN_PASSWORD: password, DEFAULT_LOCALE: 'en' });
    admin = createPerson(installation.url, 'owner@example.com', password);
    await eventually(() => admin.logIn().then(() => true));
    const { version: _version, updatedAt: _at, ...settings } = await admin.get<Readonly<Record<string, unknown>>>('/settings');
    await admin.put('/settings', { ...settings, companyName: COMPANY, locale: 'en' });
  });
  after(async () => {
    await installation.stop();
    await sink.stop();
  });

  const mailbox = () => ({
    port: sink.port,
    mails: () =>
      sink.mails.map(({ to, mail }) => ({ to, subject: mail.subject ?? '', text: mail.text ?? '', messageId: mail.messageId ?? '' })),
  });

  const open = async (link: string): Promise<Page> => {
    const headers = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8', 'accept-language': 'en' };
    const response = await fetch(link.replace(PUBLIC_URL, installation.url), { headers });
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
    return { status: response.status, type, text: await response.text() };
  };

  /** Why a link does not lead where its mail says; `undefined` when it does. */
  const faultOf = async ({ subject }: Sent, link: string): Promise<string | undefined> => {
    const page = await open(link);
    const [, first = '', , , fourth = ''] = new URL(link).pathname.split('/');
    const isRight = first === 'api' ? API[fourth] : SHOWN[first];
    if (page.status !== 200) return `${subject}: ${link} is answered ${page.status}`;
    return isRight?.(page, subject) === true
      ? undefined
      : `${subject}: ${link} shows something else: ${page.text.replace(/^.*<main>/s, '').slice(0, 400)}`;
  };

  const raised = async (): Promise<readonly Raised[]> => {
    const all: Raised[] = [];
    for (let page = 1; ; page++) {
      const part = await admin.get<readonly Raised[]>(`/notifications?channel=EMAIL&pageSize=100&page=${page}`);
      all.push(...part);
      if (part.length < 100) return all;
    }
  };

  const sentMails = (): readonly Sent[] =>
    sink.mails.map(({ mail }) => {
      const text = `${mail.text ?? ''} ${mail.html === false ? '' : mail.html.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=')}`;
      return { subject: mail.subject ?? '', links: [...new Set(text.match(LINK))] };
    });

  it('when each kind of mail is written once, then every link in it leads to its page', async () => {
    await aboutAccounts(installation.url, admin);
    const world = await furnish(installation, { url: installation.url, mailbox: mailbox(), admin });
    for (const event of causesIn(world)) await installation.bus.publish(event);
    // The list of kinds is the one that the service itself has: a new kind is missed here until something causes it.
    const templates = await admin.get<readonly { readonly key: string }[]>('/notification-templates');
    const kinds = [...new Set(templates.map(({ key }) => key))];
    expect(await installation.bus.listParked('notifications', 1)).to.deep.equal([]);
    await eventually(
      async () => {
        const mails = await raised();
        const written = new Set(mails.map(({ template }) => template));
        expect(kinds.filter((kind) => !written.has(kind))).to.deep.equal([]);
        expect(mails.filter(({ status }) => status === 'PENDING' || status === 'SENDING')).to.deep.equal([]);
        return true;
      },
      { withinMs: 60_000 },
    );
    const mails = sentMails();
    const subjects = mails.map(({ subject }) => subject);
    for (const kind of MAIL_KINDS) expect(subjects).to.include(mailText(kind, 'en', { company: COMPANY }).subject);
    const faults: string[] = [];
    for (const mail of mails)
      for (const link of mail.links) {
        const fault = await faultOf(mail, link);
        if (fault !== undefined) faults.push(fault);
      }
    expect(faults).to.deep.equal([]);
    const places = new Set(mails.flatMap(({ links }) => links.map((link) => new URL(link).pathname.split('/').slice(1, -1).join('/'))));
    expect(places.size, [...places].join()).to.be.above(6);
  });

  it('when the start page is opened, then each of its links is there', async () => {
    const { text } = await open(`${PUBLIC_URL}/`);
    const links = [...text.matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'));
    expect(links).to.include.members(['/repair-status', '/docs', '/openapi.json']);
    for (const link of links) expect((await open(`${PUBLIC_URL}${link}`)).status, link).to.equal(200);
  });
});
