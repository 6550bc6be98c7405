import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@riparo/shared/testing/eventually';
import { createHttpClient, type AnyData, type HttpClient } from '@riparo/shared/testing/http-client';
import { startSmtpSink, type SmtpSink } from '@riparo/shared/testing/smtp-sink';
import { expect } from 'chai';
import { ADMIN_EMAIL, createInstallation, type Installation } from './installation.js';

/** Nothing else contains it by chance. */
const secret = (name: string): string => `${name}-${randomBytes(12).toString('hex')}`;

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
/** What the environment gives away. */
const ENV = {
  ADMIN_PASSWORD: secret('admin-password'),
  INTERNAL_SECRET: secret('internal-secret-of-this-installation'),
  METRICS_TOKEN: secret('metrics-token'),
  INBOUND_MAIL_TOKEN: secret('inbound-mail-token'),
  STRIPE_SECRET_KEY: `sk_test_${randomBytes(16).toString('hex')}`,
  STRIPE_WEBHOOK_SECRET: `whsec_${randomBytes(16).toString('hex')}`,
  JWT_PRIVATE_KEY: privateKey,
};

const DESK = { category: 'LAPTOP', brand: 'Dell', model: 'XPS 13', serialNumber: 'SN-REDACTION-1' };
const PERSON = { type: 'INDIVIDUAL', name: 'Gina', surname: 'Neri', contactEmail: 'gina@example.test', contactPhone: '+39 059 654321' };

describe('what a one-process installation logs', function () {
  this.timeout(180_000);
  let installation: Installation;
  let sink: SmtpSink;
  let api: HttpClient;
  /** By what it is. */
  const secrets = new Map<string, string>(Object.entries(ENV));
  before(async () => {
    sink = await startSmtpSink();
    installation = await createInstallation();
    const smtp = { SMTP_HOST: '127.0.0.1', SMTP_PORT: String(sink.port) };
    const port = await installation.start({ ...ENV, ...smtp, LOG_LEVEL: 'trace', PUBLIC_URL: 'http://desk.example.test' });
    api = createHttpClient(`http://127.0.0.1:${port}`);
  });
  after(async () => {
    await installation.remove();
    await sink.stop();
  });

  const keep = <T>(name: string, value: T): T => {
    expect(value, name).to.be.a('string').with.length.greaterThan(7);
    secrets.set(name, value as string);
    return value;
  };
  const send = async <T = AnyData>(path: string, body: object, token?: string, headers = {}): Promise<T> => {
    const answer = await api.post<T>(path, body, { token, headers });
    expect(answer.status, `${path}: ${answer.text}`).to.be.lessThan(300);
    for (const cookie of answer.headers.getSetCookie()) keep(`cookie of ${path}`, cookie.split(';')[0]);
    return answer.body.data;
  };
  /** The token of a link to this page, in a mail to this address. */
  const linkTo = (address: string, page: RegExp): Promise<string> =>
    eventually(() => {
      for (const { mail } of sink.mails.filter(({ to }) => to.includes(address))) {
        const found = page.exec(`${mail.text ?? ''} ${typeof mail.html === 'string' ? mail.html : ''}`)?.[1];
        if (found !== undefined) return found;
      }
      return undefined;
    });
  const signIn = async (email: string, password: string, who: string): Promise<string> => {
    const { token, refreshToken } = await send<{ token: string; refreshToken: string }>('/auth/login', { email, password });
    keep(`refresh token of ${who}`, refreshToken);
    return keep(`access token of ${who}`, token);
  };

  /** Registers, confirms, signs in, mistypes, forgets, chooses anew. */
  const account = async (): Promise<void> => {
    const email = 'carla@example.test';
    const [first, wrong, second] = ['first', 'wrong', 'second'].map((name) => keep(`${name} password`, secret(name)));
    const customer = { ...PERSON, name: 'Carla', contactEmail: email };
    await send('/auth/register', { email, password: first, name: 'Carla', customer });
    const verify = keep('link that confirms', await linkTo(email, /verify-email\?token=([\w.~-]+)/));
    await api.get(`/verify-email?token=${verify}`, { root: true });
    await send('/auth/verify-email', { token: verify });
    const token = await signIn(email, first!, 'Carla');
    expect((await api.post('/auth/login', { email, password: wrong })).status).to.equal(401);
    await api.get('/auth/me', { token: keep('token that was changed', `${token.slice(0, -8)}AAAAAAAA`) });
    await send('/auth/forgot-password', { email });
    const reset = keep('link to a new password', await linkTo(email, /reset-password\?token=([\w.~-]+)/));
    await api.get(`/reset-password?token=${reset}`, { root: true });
    await send('/auth/reset-password', { token: reset, newPassword: second });
    const again = await signIn(email, second!, 'Carla again');
    await send('/auth/refresh', { refreshToken: secrets.get('refresh token of Carla again') });
    await send('/auth/me/password', { currentPassword: second, newPassword: keep('third password', secret('third')) }, again);
  };

  const invite = async (admin: string, role: string, email: string, more = {}): Promise<string> => {
    await send('/users', { email, role, name: 'Enzo Bianchi', ...more }, admin);
    const link = keep(`invitation of ${role}`, await linkTo(email, /accept-invitation\?token=([\w.~-]+)/));
    await api.get(`/accept-invitation?token=${link}`, { root: true });
    const password = keep(`password of ${role}`, secret('invited'));
    await send('/auth/accept-invitation', { token: link, name: 'Enzo Bianchi', password });
    return signIn(email, password, role);
  };

  /** An intake with the device's password, a quote and a payment by their links. */
  const repair = async (admin: string, engineer: string): Promise<void> => {
    const devicePassword = keep('device password', secret('device'));
    const key = keep('Idempotency-Key', randomUUID());
    const intake = { customer: PERSON, device: DESK, problemDescription: 'Dead.', devicePassword };
    const { id } = await send<{ id: string }>('/repairs', intake, admin, { 'idempotency-key': key });
    await eventually(() => send(`/repairs/${id}/take`, {}, engineer).then(() => true));
    const shown = await send<{ devicePassword?: string }>(
      `/repairs/${id}/device-password/reveal`,
      { reason: 'To test the keyboard' },
      engineer,
    );
    expect(JSON.stringify(shown)).to.contain(devicePassword);
    const lines = [{ kind: 'LABOUR', description: 'A new board', unitPrice: 6_000, vatRate: 22 }];
    const quote = await eventually(() => send<{ id: string }>('/quotes', { repairId: id, lines }, engineer));
    await send(`/quotes/${quote.id}/send`, {}, engineer);
    const link = keep('quote link', await linkTo(PERSON.contactEmail, /\/quote\/([\w.~-]+)/));
    for (const path of [`/quote/${link}`, `/quote/${link}x`]) await api.get(path, { root: true });
    await api.get(`/public/quotes/${link}`);
    await send(`/public/quotes/${link}/accept`, { version: 1, name: 'Gina Neri' });
    await eventually(async () => {
      const done = await api.post(`/repairs/${id}/complete`, { description: 'A new board', lines }, { token: engineer });
      return done.status === 200;
    });
    await send(`/repairs/${id}/ready`, {}, admin);
    const { url } = await send<{ url: string }>(`/repairs/${id}/payment-link`, {}, admin);
    const pay = keep('payment link', url.split('/').at(-1));
    await api.get(`/pay/${pay}`, { root: true });
  };

  /** A report that is signed by its link, a calendar, a webhook. */
  const links = async (admin: string, engineer: string): Promise<void> => {
    const { user } = (await api.get<{ user: { id: string } }>('/auth/me', { token: engineer })).body.data;
    const feed = await send<{ url: string }>(`/schedules/${user.id}/calendar-feed`, {}, admin);
    const calendar = keep('calendar link', /calendars\/([\w.~-]+?)\.ics/.exec(feed.url)?.[1]);
    await api.get(`/public/calendars/${calendar}.ics`);
    const hook = await send<{ id: string; secret: string }>(
      '/webhooks',
      { url: 'https://hooks.example.com/riparo', events: ['tickets.*'] },
      admin,
    );
    keep('secret of a webhook', hook.secret);
    for (const path of ['/quote', '/pay', '/sign', '/api/v1/public/ratings', '/api/v1/public/appointments'])
      await api.get(`${path}/${keep(`invented token of ${path}`, randomBytes(32).toString('base64url'))}`, { root: true });
    await api.get('/metrics', { root: true, token: ENV.METRICS_TOKEN });
    await api.get('/metrics', { root: true, token: keep('wrong token of metrics', secret('wrong')) });
    await api.post('/auth/login', { email: ADMIN_EMAIL, password: [keep('password in a list', secret('list'))] });
    await api.request('POST', '/auth/login', `{"email":"x","password":"${keep('password in broken JSON', secret('broken'))}`, {
      headers: { 'content-type': 'application/json' },
    });
  };

  it('when everything secret was used at the most talkative level, then no line has any of it', async () => {
    const admin = await signIn(ADMIN_EMAIL, ENV.ADMIN_PASSWORD, 'the administrator');
    await account();
    const engineer = await invite(admin, 'ENGINEER', 'enzo@example.test', { skills: ['HARDWARE'] });
    await repair(admin, engineer);
    await links(admin, engineer);
    keep('key of device passwords', (await readFile(join(installation.dataDir, 'device-password-key'), 'utf8')).trim());
    await installation.stop();
    const lines = installation.output();
    // The journey is in it: a test that reads nothing would find nothing.
    for (const path of ['/api/v1/auth/login', '/api/v1/repairs', '/quote/', '/pay/']) expect(lines).to.contain(path);
    expect(lines.split('\n').length).to.be.greaterThan(50);
    // A token in pieces is no better; a token's head says the same in all of them.
    const piecesOf = (value: string): readonly string[] =>
      value.split(/[.\n]/).filter((piece) => piece.length > 30 && !/^(?:-----|eyJhbGci)/.test(piece));
    const parts = [...secrets].flatMap(([name, value]) => [value, ...piecesOf(value)].map((part) => [name, part] as const));
    const found = parts.filter(([, part]) => lines.includes(part) || lines.includes(encodeURIComponent(part)));
    expect(found.map(([name, part]) => `${name}: ${lines.split('\n').find((line) => line.includes(part))}`)).to.deep.equal([]);
  });
});
