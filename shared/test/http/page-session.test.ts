import { expect } from 'chai';
import { formTokenOf, givenCookies, isFormToken, ownPath, pageCookiesOf, signInFor } from '../../src/http/page-session.js';
import { ok } from '../../src/http/reply.js';
import { action, get, type Route } from '../../src/http/route.js';
import { DAY_MS } from '../../src/time/units.js';
import { startDemo, type Demo } from './demo-app.js';

const COOKIES = pageCookiesOf('http://localhost:8080');
const shown = get('/figures', 'read:reports', 'Figures', {}, ({ caller }) => Promise.resolve(ok({ id: caller.userId })), {
  page: true,
  cookies: COOKIES,
});
const table: readonly Route[] = [shown, get('/things', 'read:reports', 'Things', {}, () => Promise.resolve(ok({ id: 'things' })))];

describe('pages that are signed in to', () => {
  let demo: Demo;
  beforeEach(async () => {
    demo = await startDemo({ routes: table });
  });
  afterEach(() => demo.stop());

  const ask = (path: string, headers: Record<string, string>, root = true) => demo.api.get(path, { root, headers });
  const cookie = (token: string) => ({ cookie: `other=1; ${COOKIES.session}=${token}` });
  const agent = () => demo.tokens.tokenFor({ role: 'AGENT' });

  it('when the cookie has a good token, then the page knows who it is', async () => {
    const caller = demo.tokens.callerOf({ role: 'AGENT' });
    const { status, body } = await ask('/figures', cookie(demo.tokens.tokenFor(caller)));
    expect([status, body.data.id]).to.deep.equal([200, caller.userId]);
  });

  it('when no good token is in the cookie, then the way leads to the sign-in page and back', async () => {
    const [token, ended] = [agent(), demo.tokens.tokenFor({ role: 'AGENT', sessionId: 'ended' })];
    demo.revocations.revokeSession('ended', new Date(demo.clock.now().getTime() + DAY_MS));
    const answers = [
      await ask('/figures?from=2026-01-01&x=%2F', {}),
      await ask('/figures?from=2026-01-01&x=%2F', cookie('nonsense')),
      await ask('/figures?from=2026-01-01&x=%2F', cookie(ended)),
      await ask('/figures?from=2026-01-01&x=%2F', { authorization: `Bearer ${token}` }),
      await ask('/figures?from=2026-01-01&x=%2F', { cookie: `${COOKIES.session}=${token}; ${COOKIES.session}=${token}` }),
    ];
    demo.clock.advance(10 * DAY_MS);
    answers.push(await ask('/figures?from=2026-01-01&x=%2F', cookie(token)));
    for (const { status, headers, text } of answers)
      expect([status, headers.get('location'), text]).to.deep.equal([303, '/sign-in?next=%2Ffigures%3Ffrom%3D2026-01-01%26x%3D%252F', '']);
  });

  it('when the role lacks the permission, then 403', async () => {
    const token = demo.tokens.tokenFor({ role: 'TECH' });
    expect((await ask('/figures', cookie(token))).status).to.equal(403);
  });

  it('when the route belongs to the API, then a cookie opens nothing', async () => {
    expect((await ask('/things', cookie(agent()), false)).status).to.equal(401);
  });

  for (const [name, route] of [
    ['a route of the API', { ...shown, page: false }],
    [
      'a form that changes something',
      { ...action('/figures', 'read:reports', 'Form', {}, () => Promise.resolve(ok({})), { page: true, cookies: COOKIES }) },
    ],
  ] as const)
    it(`when ${name} would be signed in to by cookie, then the service does not start`, async () => {
      const started = await startDemo({ routes: [route] }).then(
        () => undefined,
        (error: unknown) => String(error),
      );
      expect(started).to.include('reads cookies');
    });
});

describe('cookies and forms of pages', () => {
  it('when the installation is behind TLS, then only cookies of this host count', () => {
    const names = pageCookiesOf('https://centre.example');
    expect(names).to.deep.equal({ session: '__Host-riparo-session', form: '__Host-riparo-form', secure: true });
    expect(givenCookies('riparo-session=a; __Host-riparo-form=b', names)).to.deep.equal({ form: 'b' });
  });

  it('when a header is empty, odd, long or names a cookie twice, then there is none', () => {
    for (const header of [
      undefined,
      '',
      ';;=',
      'riparo-session',
      'riparo-session=',
      'riparo-session="a"',
      `riparo-session=${'a'.repeat(9_000)}`,
    ])
      expect(givenCookies(header, COOKIES), header).to.deep.equal({});
    expect(givenCookies('riparo-form=a; riparo-form=b; riparo-session=c', COOKIES)).to.deep.equal({ session: 'c' });
  });

  it('when a form was made for another cookie, or for none, then it does not count', () => {
    expect(isFormToken(formTokenOf('a'), 'a')).to.equal(true);
    for (const [given, cookie] of [
      [formTokenOf('a'), 'b'],
      [formTokenOf('a'), undefined],
      ['', 'a'],
      ['a', 'a'],
      [`${formTokenOf('a')}x`, 'a'],
    ] as const)
      expect(isFormToken(given, cookie), given).to.equal(false);
  });

  it('when a path leads to another host, or is none, then it is not gone back to', () => {
    for (const path of ['/', '/reports?from=2026-01-01&to=2026-02-01', '/a%2F%5C']) expect(ownPath(path)).to.equal(path);
    for (const path of [
      undefined,
      '',
      'reports',
      '//a.example',
      '/\\a.example',
      '/a\\b',
      'https://a.example',
      '/a\nb',
      '/a b',
      '/à',
      `/${'a'.repeat(1_001)}`,
    ])
      expect(ownPath(path), path).to.equal(undefined);
    expect(signInFor('//a.example')).to.equal('/sign-in');
  });
});
