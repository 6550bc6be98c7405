import { formTokenOf } from '@riparo/shared/http/page-session';
import { expect } from 'chai';
import { ADMIN, ownInstances, startBench, type Bench } from './bench.js';
import { PASSWORD } from './user.builder.js';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** A browser as far as it matters here: it keeps cookies. */
const browserOf = (bench: Bench) => {
  const jar = new Map<string, string>();
  const keep = (headers: Headers): void => {
    for (const set of headers.getSetCookie()) {
      const [name = '', value = ''] = set.split(';', 1)[0]?.split('=') ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
  };
  const cookie = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  const open = async (path: string) => {
    const answer = await bench.api.get(path, { root: true, headers: { cookie: cookie() } });
    keep(answer.headers);
    return answer;
  };
  const submit = async (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const body = new URLSearchParams(fields).toString();
    const answer = await bench.api.request('POST', path, body, { root: true, headers: { cookie: cookie(), ...FORM, ...headers } });
    keep(answer.headers);
    return answer;
  };
  const formIn = (text: string): string => /name="form" value="([^"]*)"/.exec(text)?.[1] ?? '';
  return {
    jar,
    open,
    submit,
    signIn: async (email: string, password: string, next?: string) => {
      const { text } = await open(next === undefined ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`);
      return submit('/sign-in', { email, password, form: formIn(text), ...(next === undefined ? {} : { next }) });
    },
  };
};

describe('/sign-in and /sign-out', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });
  after(() => bench.stop());

  const audited = async () => {
    const token = await bench.asAdmin();
    const { body } = await bench.api.get<readonly { type: string }[]>('/audit-events?pageSize=50', { token });
    return body.data.map(({ type }) => type);
  };

  it('when the form is sent, then a cookie holds a token of a new session, and the way leads back', async () => {
    const browser = browserOf(bench);
    const { status, headers, text } = await browser.signIn(ADMIN.email, ADMIN.password, '/reports?from=2026-01-01&to=2026-02-01');
    expect([status, headers.get('location'), text]).to.deep.equal([303, '/reports?from=2026-01-01&to=2026-02-01', '']);
    const [set = ''] = headers.getSetCookie();
    expect(set).to.match(/^riparo-session=[\w.-]+; Path=\/; Max-Age=86400; HttpOnly; SameSite=Lax$/);
    const token = browser.jar.get('riparo-session') ?? '';
    expect((await bench.api.get<{ user: { email: string } }>('/auth/me', { token })).body.data.user.email).to.equal(ADMIN.email);
    expect(await audited()).to.include('LOGIN_SUCCEEDED');
    const again = browserOf(bench);
    again.jar.set('riparo-session', token);
    await again.signIn(ADMIN.email, ADMIN.password);
    expect(again.jar.get('riparo-session')).to.not.equal(token);
  });

  it('when a cookie is all that an API request has, then it is 401', async () => {
    const browser = browserOf(bench);
    await browser.signIn(ADMIN.email, ADMIN.password);
    const cookie = `riparo-session=${browser.jar.get('riparo-session')}`;
    for (const route of bench.service.routes.filter(({ access }) => access !== 'public')) {
      const path = route.path.replace(/:\w+/g, '018f0000-0000-7000-8000-000000000000');
      const body = route.method === 'GET' || route.method === 'DELETE' ? undefined : '{}';
      const headers = { cookie, 'content-type': 'application/json' };
      const { status } = await bench.api.request(route.method, path, body, { headers, root: route.root });
      expect(status, `${route.method} ${route.path}`).to.equal(401);
    }
  });

  for (const [name, next] of [
    ['another host', 'https://evil.example/'],
    ['another host without a protocol', '//evil.example/reports'],
    ['another host behind a backslash', '/\\evil.example'],
    ['a header', '/reports\r\nSet-Cookie: a=b'],
    ['a script', 'javascript:alert(1)'],
  ] as const)
    it(`when the way back is ${name}, then it leads to the reports instead`, async () => {
      const browser = browserOf(bench);
      const { status, headers } = await browser.signIn(ADMIN.email, ADMIN.password, next);
      expect([status, headers.get('location'), headers.getSetCookie().length]).to.deep.equal([303, '/reports', 1]);
    });

  it('when another site sends the form, with a token of its own or none, then nobody is signed in', async () => {
    const stranger = browserOf(bench);
    await stranger.open('/sign-in');
    const theirs = formTokenOf(stranger.jar.get('riparo-form') ?? '');
    const victim = browserOf(bench);
    for (const form of ['', theirs, formTokenOf('')]) {
      const { status, text } = await victim.submit('/sign-in', { ...ADMIN, form });
      expect([status, text.includes('open for too long'), victim.jar.has('riparo-session')]).to.deep.equal([403, true, false]);
    }
  });

  it('when something is wrong, then the page says what, and keeps the way back but no password', async () => {
    const browser = browserOf(bench);
    for (const [email, password, said] of [
      [ADMIN.email, 'not the password', 'address or the password is wrong'],
      ['nobody@centre.test', 'not the password', 'address or the password is wrong'],
      ['', '', 'Please enter your email address'],
      ['"><script>', 'not the password', 'Please enter your email address'],
    ] as const) {
      const { status, text, headers } = await browser.signIn(email, password, '/board');
      expect([status, text.includes(said), text.includes('not the password')], email).to.deep.equal([422, true, false]);
      expect(text).to.include('name="next" value="/board"').and.not.include('<script');
      expect(headers.get('cache-control')).to.equal('no-store');
    }
    expect((await browser.open('/sign-in?lang=it')).text)
      .to.include('lang="it"')
      .and.include('Indirizzo e-mail');
  });

  it('when passwords are guessed, then page and API have the same pauses', async () => {
    const { user } = await bench.registerCustomer();
    const browser = browserOf(bench);
    const answers: number[] = [];
    for (let n = 0; n < 12; n++) answers.push((await browser.signIn(user.email, `wrong ${n} wrong`)).status);
    const last = await browser.signIn(user.email, PASSWORD);
    expect([answers.includes(429), last.status, last.headers.has('retry-after')]).to.deep.equal([true, 429, true]);
    expect((await bench.api.post('/auth/login', { email: user.email, password: PASSWORD })).status).to.equal(429);
  });

  it('when the account may not sign in, then the page says why', async () => {
    const { user } = await bench.registerCustomer();
    const disabled = await bench.api.patch(`/users/${user.id}`, { status: 'DISABLED' }, { token: await bench.asAdmin() });
    expect(disabled.status).to.equal(200);
    const { status, text } = await browserOf(bench).signIn(user.email, PASSWORD);
    expect([status, text.includes('has been disabled')]).to.deep.equal([403, true]);
  });

  it('when somebody signs out, then cookie and session are gone, and not for another site', async () => {
    const browser = browserOf(bench);
    await browser.signIn(ADMIN.email, ADMIN.password);
    const token = browser.jar.get('riparo-session') ?? '';
    const me = async () => (await bench.api.get('/auth/me', { token })).status;
    expect([(await browser.submit('/sign-out', { form: formTokenOf('guess') })).status, await me()]).to.deep.equal([403, 200]);
    const { status, headers } = await browser.submit('/sign-out', { form: formTokenOf(token) });
    expect([status, headers.get('location'), browser.jar.has('riparo-session'), await me()]).to.deep.equal([
      303,
      '/sign-in?out=1',
      false,
      401,
    ]);
    expect(await audited()).to.include('LOGGED_OUT');
    // Once more, with and without the dead cookie.
    expect((await browser.submit('/sign-out', {})).status).to.equal(303);
    browser.jar.set('riparo-session', token);
    expect((await browser.submit('/sign-out', { form: formTokenOf(token) })).status).to.equal(303);
    expect((await browser.open('/sign-in?out=1')).text).to.include('You are signed out');
  });

  describe('of an installation behind TLS', () => {
    const start = ownInstances();
    it('when somebody signs in, then only cookies for this host and TLS count', async () => {
      const own = await start({ env: { PUBLIC_URL: 'https://centre.example', JWT_EXPIRES_IN: '15m' } });
      const browser = browserOf(own);
      const { headers } = await browser.signIn(ADMIN.email, ADMIN.password);
      const [set = ''] = headers.getSetCookie();
      expect(set).to.match(/^__Host-riparo-session=[\w.-]+; Path=\/; Max-Age=900; HttpOnly; SameSite=Lax; Secure$/);
      const planted = browserOf(own);
      planted.jar.set('riparo-form', 'planted');
      expect((await planted.submit('/sign-in', { ...ADMIN, form: formTokenOf('planted') })).status).to.equal(403);
    });
  });
});
