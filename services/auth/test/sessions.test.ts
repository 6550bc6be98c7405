import { expect } from 'chai';
import { startBench, type Bench, type SignedIn } from './bench.js';
import { PASSWORD } from './user.builder.js';

interface Pair {
  readonly id: string;
  readonly token: string;
  readonly refreshToken: string;
  readonly expiresAt: string;
}

describe('sessions', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });
  after(() => bench.stop());

  const refresh = (refreshToken: string, headers = {}) => bench.api.post<Pair>('/auth/refresh', { refreshToken }, { headers });
  const me = async (token: string) => (await bench.api.get('/auth/me', { token })).status;

  describe('POST /auth/refresh', () => {
    it('when a session is refreshed, then it gets a new pair', async () => {
      const first = await bench.registerCustomer();
      const { status, body } = await refresh(first.refreshToken);
      expect(status).to.equal(200);
      expect(body.data.refreshToken).to.not.equal(first.refreshToken);
      expect(await me(body.data.token)).to.equal(200);
    });

    it('when a spent token comes again within 30 s from the same client, then the same pair once more', async () => {
      const first = await bench.registerCustomer();
      const second = (await refresh(first.refreshToken)).body.data;
      bench.clock.advance(30_000);
      const repeated = await refresh(first.refreshToken);
      expect([repeated.status, repeated.body.data]).to.deep.equal([200, second]);
      expect((await refresh(second.refreshToken)).status).to.equal(200);
    });

    it('when two come at once with one token, then both get the same pair and the session goes on', async () => {
      const first = await bench.registerCustomer();
      const answers = await Promise.all(Array.from({ length: 5 }, () => refresh(first.refreshToken)));
      expect(answers.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200, 200]);
      expect(new Set(answers.map(({ body }) => JSON.stringify(body.data))).size).to.equal(1);
      expect((await refresh(answers[0]!.body.data.refreshToken)).status).to.equal(200);
    });

    for (const [what, headers] of [
      ['address', { 'x-forwarded-for': '203.0.113.9', 'user-agent': 'Tab' }],
      ['user agent', { 'user-agent': 'Another' }],
    ] as const) {
      it(`when a spent token comes from another ${what}, then 401 and the whole family ends`, async () => {
        const first = await bench.registerCustomer();
        const second = (await refresh(first.refreshToken, { 'user-agent': 'Tab' })).body.data;
        expect((await refresh(first.refreshToken, headers)).body.code).to.equal('REFRESH_TOKEN_REUSED');
        expect((await refresh(second.refreshToken, { 'user-agent': 'Tab' })).status).to.equal(401);
      });
    }

    it('when the token before the last comes again, then 401 and the whole family ends', async () => {
      const first = await bench.registerCustomer();
      const second = (await refresh(first.refreshToken)).body.data;
      const third = (await refresh(second.refreshToken)).body.data;
      expect((await refresh(first.refreshToken)).body.code).to.equal('REFRESH_TOKEN_REUSED');
      expect((await refresh(third.refreshToken)).status).to.equal(401);
    });

    it('when an account was disabled, then a repeated token gets nothing either', async () => {
      const first = await bench.registerCustomer();
      await refresh(first.refreshToken);
      await bench.api.patch(`/users/${first.user.id}`, { status: 'DISABLED' }, { token: await bench.asAdmin() });
      expect((await refresh(first.refreshToken)).status).to.equal(401);
    });

    it('when a spent token comes later, then 401 REFRESH_TOKEN_REUSED and the whole family ends', async () => {
      const first = await bench.registerCustomer();
      const second = (await refresh(first.refreshToken)).body.data;
      bench.clock.advance(30_001);
      const reused = await refresh(first.refreshToken);
      expect([reused.status, reused.body.code]).to.deep.equal([401, 'REFRESH_TOKEN_REUSED']);
      const after = await refresh(second.refreshToken);
      expect([after.status, after.body.code]).to.deep.equal([401, 'INVALID_REFRESH_TOKEN']);
      expect(await me(second.token)).to.equal(401);
      await bench.idle();
      const revoked = bench.published.filter(({ type }) => type === 'riparo.auth.sessions-revoked.v1');
      expect(revoked.at(-1)!.data).to.include({ userId: first.user.id }).and.to.have.property('sessionId');
    });

    it('when a session ends over a spent token, then other sessions of the user go on', async () => {
      const first = await bench.registerCustomer();
      const other = await bench.signIn(first.user.email, PASSWORD);
      await refresh(first.refreshToken);
      bench.clock.advance(30_001);
      await refresh(first.refreshToken);
      expect((await refresh(other.refreshToken)).status).to.equal(200);
    });

    it('when the session was not used for 30 days, then 401', async () => {
      const first = await bench.registerCustomer();
      bench.clock.advance(29 * 86_400_000);
      const second = await refresh(first.refreshToken);
      expect(second.status).to.equal(200);
      bench.clock.advance(31 * 86_400_000);
      expect((await refresh(second.body.data.refreshToken)).status).to.equal(401);
    });

    it('when a token is forged, foreign or mutilated, then 401, and of another type 422', async () => {
      const { refreshToken, token } = await bench.registerCustomer();
      const other = await bench.registerCustomer();
      const mixed = refreshToken.slice(0, 22) + other.refreshToken.slice(22);
      for (const forged of ['x', token.slice(0, 500), refreshToken.slice(0, -4), `${refreshToken.slice(0, -4)}AAAA`.slice(0, 30), mixed]) {
        expect((await refresh(forged)).status, forged).to.equal(401);
      }
      for (const body of [{}, { refreshToken: { $ne: null } }, { refreshToken: '' }]) {
        expect((await bench.api.post('/auth/refresh', body)).status).to.equal(422);
      }
      expect((await refresh(refreshToken)).status).to.equal(200);
    });
  });

  it('when a refresh token is used as access token, then 401', async () => {
    const { refreshToken } = await bench.registerCustomer();
    expect(await me(refreshToken)).to.equal(401);
  });

  it('when POST /auth/logout is called, then this session ends and no other', async () => {
    const first = await bench.registerCustomer();
    const other = await bench.signIn(first.user.email, PASSWORD);
    expect((await bench.api.post('/auth/logout', undefined, { token: first.token })).status).to.equal(200);
    expect(await me(first.token)).to.equal(401);
    expect((await refresh(first.refreshToken)).status).to.equal(401);
    expect(await me(other.token)).to.equal(200);
  });

  it('when POST /auth/logout-all is called, then all sessions end, and the epoch is told', async () => {
    const first = await bench.registerCustomer();
    const other = await bench.signIn(first.user.email, PASSWORD);
    expect((await bench.api.post('/auth/logout-all', undefined, { token: first.token })).status).to.equal(200);
    for (const { token, refreshToken } of [first, other]) {
      expect(await me(token)).to.equal(401);
      expect((await refresh(refreshToken)).status).to.equal(401);
    }
    await bench.idle();
    expect(bench.published.at(-1)!.data).to.include({ userId: first.user.id, epoch: 2 });
    expect(await me((await bench.signIn(first.user.email, PASSWORD)).token)).to.equal(200);
  });

  describe('POST /auth/me/password', () => {
    const change = (token: string, currentPassword: string, newPassword: string) =>
      bench.api.post<Pair>('/auth/me/password', { currentPassword, newPassword }, { token });

    it('when the password changes, then other sessions end, a new pair comes and a mail tells', async () => {
      const first = await bench.registerCustomer();
      const other = await bench.signIn(first.user.email, PASSWORD);
      const answer = await change(first.token, PASSWORD, 'quite another passphrase');
      expect(answer.status).to.equal(200);
      expect([await me(first.token), await me(other.token), await me(answer.body.data.token)]).to.deep.equal([401, 401, 200]);
      expect((await refresh(answer.body.data.refreshToken)).status).to.equal(200);
      expect((await bench.api.post<SignedIn>('/auth/login', { email: first.user.email, password: PASSWORD })).status).to.equal(401);
      expect(bench.mails.filter(({ to }) => to === first.user.email).map(({ subject }) => subject)).to.include('Your password was changed');
    });

    it('when the current password is wrong, then 422 and nothing changes', async () => {
      const first = await bench.registerCustomer();
      const answer = await change(first.token, 'not the password', 'quite another passphrase');
      expect([answer.status, answer.body.errors[0]!.path]).to.deep.equal([422, 'currentPassword']);
      expect(await me(first.token)).to.equal(200);
    });

    it('when the password is changed twice at once, then one wins', async () => {
      const first = await bench.registerCustomer();
      const answers = await Promise.all([
        change(first.token, PASSWORD, 'the first new passphrase'),
        change(first.token, PASSWORD, 'the second new passphrase'),
      ]);
      expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
    });

    it('when there is no token, then 401', async () => {
      expect((await bench.api.post('/auth/me/password', {})).status).to.equal(401);
    });
  });
});
