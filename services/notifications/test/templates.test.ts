import { SettingsChanged, type PublishedSettings } from '@riparo/shared/contracts/auth.events';
import { TicketClosed } from '@riparo/shared/contracts/tickets.events';
import { expect } from 'chai';
import { textOn } from '@riparo/shared/pages/contrast';
import { builtInText } from '../src/template/texts.js';
import { createRenderer } from '../src/template/render.js';
import { definitionOf, localeFor, LOCALES, TEMPLATE_KEYS } from '../src/template/template.js';
import { buildTicket, startBench, type Bench } from './bench.js';

const SETTINGS: PublishedSettings = {
  companyName: 'Fix & Co',
  timeZone: 'Europe/Rome',
  locale: 'en',
  currency: 'EUR',
  calendar: { timeZone: 'Europe/Rome', weekly: {}, exceptions: [] },
};

describe('templates that ship', () => {
  for (const key of TEMPLATE_KEYS) {
    for (const locale of LOCALES) {
      it(`when ${key} is filled in ${locale}, then nothing is left open`, () => {
        const { sample } = definitionOf(key);
        const { subject, text, html } = createRenderer().render(builtInText(key, locale), sample, locale);
        expect(subject).to.match(/\S/).and.not.contain('{{').and.not.contain('undefined');
        expect(text).to.contain('Ada Rossi').and.not.contain('{{').and.not.contain('undefined');
        expect(html).to.contain('</html>').and.not.contain('{{');
      });
    }
  }

  for (const [tags, expected] of [
    [['it-CH'], 'it'],
    [['de', 'it'], 'it'],
    [[undefined, 'EN_us'], 'en'],
    [['de'], 'en'],
  ] as const) {
    it(`when the languages are ${tags.join(' and ')}, then ${expected} is taken`, () => {
      expect(localeFor(...tags)).to.equal(expected);
    });
  }

  for (const [locale, dayInWords, momentInWords, sum] of [
    ['en', /^Thursday,? 31 December 2026$/, /^Tuesday,? 3 March 2026 at 10:00$/, '€149.00'],
    ['it', /^giovedì 31 dicembre 2026$/, /^martedì 3 marzo 2026 alle ore 10:00$/, '149,00 €'],
  ] as const) {
    it(`when a text in ${locale} names a day, a moment or an amount bare, then people can read it`, () => {
      const body =
        '{{endDate}} / {{when endDate}} / {{clock estimate}} / {{start}} / {{clock start}} / {{amount}} / {{money amount}} / {{title}}';
      const data = {
        endDate: '2026-12-31',
        estimate: '2026-12-31',
        start: '2026-03-03T09:00:00.000Z',
        amount: { amount: 14_900, currency: 'EUR' },
        title: '2026-12-31',
        timeZone: 'Europe/Rome',
      };
      const { subject, text } = createRenderer().render({ subject: '{{#if endDate}}{{endDate}}{{/if}}', body }, data, locale);
      const [day, , , moment, ...rest] = text.replaceAll('\u00a0', ' ').split('\n')[0]!.split(' / ');
      expect(day).to.match(dayInWords);
      expect(moment).to.match(momentInWords);
      expect(rest).to.deep.equal(['10:00', sum, sum, '2026-12-31']);
      expect(text).to.contain([day, day, day, moment].join(' / '));
      expect(subject).to.equal(day);
    });
  }

  it('when a link is no web address, then there is no button', () => {
    const text = { subject: 's', body: 'b', action: 'Go' };
    const { html, text: plain } = createRenderer().render(text, { link: 'javascript:alert(1)' }, 'en');
    expect(html).not.to.contain('javascript:');
    expect(plain).not.to.contain('javascript:');
  });
});

describe('/notification-templates', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await startBench();
  });
  afterEach(() => bench.stop());

  const admin = (tenantId = 'default') => bench.tokenFor({ role: 'ADMIN', tenantId });
  const path = '/notification-templates/ticket-closed/en';
  const text = { subject: 'Done: {{title}}', body: 'Bye {{name}}' };

  it('when listed, then every text in every language', async () => {
    const { body } = await bench.api.get<unknown[]>('/notification-templates', { token: admin() });
    expect(body.data).to.have.length(TEMPLATE_KEYS.length * LOCALES.length);
  });

  it('when replaced, then mails use it from then on; other languages and tenants keep theirs', async () => {
    const saved = await bench.api.put(path, text, { token: admin() });
    expect(saved.body.data).to.include({ changed: true, version: 1, subject: text.subject });
    const customerId = '0199a0c0-0000-7000-8000-000000000001';
    const user = await bench.knowUser({ role: 'CUSTOMER_USER', customerId });
    const ticket = buildTicket({ customerId, createdByUserId: user.id });
    await bench.publish(TicketClosed, { ticket, from: 'RESOLVED', to: 'CLOSED' }, { subject: ticket.id });
    const [caught] = await bench.smtp.mailsTo(user.email);
    expect(caught?.mail.subject).to.equal('Done: The screen stays black');
    for (const [other, token] of [
      [path, admin('other')],
      ['/notification-templates/ticket-closed/it', admin()],
    ] as const) {
      expect((await bench.api.get(other, { token })).body.data).to.include({ changed: false });
    }
  });

  it('when the text is no template, then 422 names every part and nothing is kept', async () => {
    const wrong = { subject: '{{#if}', body: '{{#each things}} never closed', action: '{{unknownHelper 1}}' };
    const answer = await bench.api.put(path, wrong, { token: admin() });
    expect(answer.status).to.equal(422);
    expect(answer.body.errors.map((fault) => fault.path)).to.have.members(['subject', 'body', 'action']);
    expect((await bench.api.get(path, { token: admin() })).body.data).to.include({ changed: false });
  });

  it('when the caller is not an ADMIN, then 403; when there is no such text, then 404', async () => {
    expect((await bench.api.put(path, text, { token: bench.tokenFor({ role: 'AGENT' }) })).status).to.equal(403);
    expect((await bench.api.get('/notification-templates/nothing/en', { token: admin() })).status).to.equal(404);
    const missing = await bench.api.get('/notification-templates/ticket-closed/xx', { token: admin() });
    expect([missing.status, missing.body.code]).to.deep.equal([404, 'NOTIFICATION_TEMPLATE_NOT_FOUND']);
  });

  it('when If-Match is stale, then 412', async () => {
    await bench.api.put(path, text, { token: admin() });
    await bench.api.put(path, { ...text, body: 'Second' }, { token: admin() });
    const answer = await bench.api.put(path, text, { token: admin(), headers: { 'If-Match': '"1"' } });
    expect(answer.status).to.equal(412);
  });

  it('when previewed, then it is filled in with sample data and escaped, and not kept', async () => {
    const draft = { body: 'Dear {{name}}', data: { name: '<i>Eve</i>' } };
    const { body } = await bench.api.post(`${path}/preview`, draft, { token: admin() });
    expect(body.data.text).to.contain('Dear <i>Eve</i>');
    expect(body.data.html).to.contain('Dear &lt;i&gt;Eve&lt;/i&gt;');
    expect((await bench.api.get(path, { token: admin() })).body.data).to.include({ changed: false });
  });

  describe('with what a notification was about', () => {
    const raisedFor = async (userId: string, template: string, data: object) => {
      const body = { channel: 'EMAIL', recipients: [userId], template, data };
      return (await bench.api.post<{ id: string }>('/notifications', body, { token: admin() })).body.data.id;
    };

    it('when previewed, then those data are shown instead of the sample', async () => {
      const { id } = await bench.knowUser();
      const notificationId = await raisedFor(id, 'ticket-closed', { name: 'Eve', title: 'Smoke <b>everywhere</b>' });
      const { body } = await bench.api.post(`${path}/preview`, { body: '{{name}}: {{title}}', notificationId }, { token: admin() });
      expect(body.data.text).to.contain('Eve: Smoke <b>everywhere</b>');
      expect(body.data.html).to.contain('Smoke &lt;b&gt;everywhere&lt;/b&gt;');
    });

    it('when it is of another text, of another tenant or not there, then 404', async () => {
      const { id } = await bench.knowUser();
      const notificationId = await raisedFor(id, 'ticket-opened', { name: 'Eve', title: 'Smoke' });
      const asked = [
        [notificationId, admin()],
        [await raisedFor(id, 'ticket-closed', { name: 'Eve', title: 'Smoke' }), admin('other')],
        ['0199a0c0-0000-7000-8000-000000000009', admin()],
      ] as const;
      for (const [given, token] of asked) {
        const answer = await bench.api.post(`${path}/preview`, { notificationId: given }, { token });
        expect([answer.status, answer.body.code]).to.deep.equal([404, 'NOTIFICATION_NOT_FOUND']);
      }
    });
  });

  describe('of a company with a logo and a colour', () => {
    const mailWith = async (look: object): Promise<string> => {
      await bench.publish(SettingsChanged, { settings: { ...SETTINGS, ...look } }, { subject: 'default', version: 2 });
      const user = await bench.knowUser({ role: 'CUSTOMER_USER', customerId: '0199a0c0-0000-7000-8000-000000000001' });
      const ticket = buildTicket({ customerId: user.customerId!, createdByUserId: user.id });
      await bench.publish(TicketClosed, { ticket, from: 'RESOLVED', to: 'CLOSED' }, { subject: ticket.id });
      return String((await bench.smtp.mailsTo(user.email))[0]?.mail.html);
    };

    it('when a mail is sent, then it shows them, with words on the button that can be read', async () => {
      const html = await mailWith({ logoUrl: 'https://centre.example/logo.png?a=1&b="2"', brandColour: '#ffd400' });
      expect(html).to.contain('src="https://centre.example/logo.png?a&#x3D;1&amp;b&#x3D;&quot;2&quot;"').and.contain('alt="Fix &amp; Co"');
      expect(html).to.contain('border-top:4px solid #ffd400').and.contain('background:#ffd400;color:#000000');
    });

    it('when the logo comes unencrypted, then the mail does without', async () => {
      expect(await mailWith({ logoUrl: 'http://centre.example/logo.png' })).not.to.contain('<img');
    });

    for (const [colour, words] of [
      ['#000000', '#ffffff'],
      ['#1f6feb', '#ffffff'],
      ['#767676', '#ffffff'],
      ['#777777', '#000000'],
      ['#ffffff', '#000000'],
    ] as const)
      it(`when the button is ${colour}, then its words are ${words}`, () => {
        expect(textOn(colour)).to.equal(words);
      });
  });
});
