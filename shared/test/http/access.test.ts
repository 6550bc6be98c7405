import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import jsonwebtoken from 'jsonwebtoken';
import { TOKEN_AUDIENCE } from '../../src/http/authenticate.js';
import { createServiceTokens } from '../../src/http/service-token.js';
import { TEST_KID } from '../../src/testing/test-tokens.js';
import { SECRET, startDemo, THING_ID, type Demo } from './demo-app.js';

describe('access to a route', () => {
  let demo: Demo;
  beforeEach(async () => {
    demo = await startDemo();
  });
  afterEach(() => demo.stop());

  const me = (token?: string) => demo.api.get('/me', { token });
  const expect401 = async (token: string): Promise<void> => {
    const answer = await me(token);
    expect([answer.status, answer.body.code]).to.deep.equal([401, 'UNAUTHENTICATED']);
    expect(answer.headers.get('www-authenticate')).to.equal('Bearer');
  };

  it('when the token is good, then the use case knows the caller from it alone', async () => {
    const caller = demo.tokens.callerOf({ role: 'CUSTOMER_ADMIN' });
    const answer = await demo.api.get('/me', {
      token: demo.tokens.tokenFor(caller),
      headers: { 'x-user-id': 'somebody', 'x-tenant-id': 'other', 'x-role': 'SUPER_ADMIN' },
    });
    expect(answer.body.data.caller).to.deep.equal(caller);
  });

  it('when there is no token, then 401 before anything else is looked at', async () => {
    const answer = await demo.api.patch('/things/nope', 'nonsense');
    expect([answer.status, answer.body.code]).to.deep.equal([401, 'UNAUTHENTICATED']);
  });

  it('when the role lacks the permission, then 403 FORBIDDEN naming it, before id and body are looked at', async () => {
    const answer = await demo.api.request('DELETE', '/things/nope', '{', {
      token: demo.tokens.tokenFor({ role: 'ADMIN' }),
      headers: { 'content-type': 'application/json' },
    });
    expect([answer.status, answer.body.code]).to.deep.equal([403, 'FORBIDDEN']);
    expect(answer.body.detail).to.contain('"manage:admins"');
  });

  it('when a route names several permissions, then any one of them will do', async () => {
    const poke = async (role: 'AGENT' | 'TECH' | 'CUSTOMER_USER') =>
      (await demo.api.post(`/things/${THING_ID}/poke`, {}, { token: demo.tokens.tokenFor({ role }) })).status;
    expect([await poke('AGENT'), await poke('TECH'), await poke('CUSTOMER_USER')]).to.deep.equal([200, 200, 403]);
  });

  const seconds = (): number => Math.floor(demo.clock.now().getTime() / 1000);
  const claims = () => jsonwebtoken.decode(demo.tokens.tokenFor({ role: 'ADMIN' })) as Record<string, unknown>;
  const forged: Record<string, () => string> = {
    'no token at all': () => 'x',
    'JSON nonsense': () => `${Buffer.from('{').toString('base64url')}.e30.AAAA`,
    'algorithm none': () => jsonwebtoken.sign(claims(), null, { algorithm: 'none', keyid: TEST_KID }),
    'HS256 signed with the public key': () => {
      const pem = demo.tokens.publicKey.export({ type: 'spki', format: 'pem' });
      return jsonwebtoken.sign(claims(), createSecretKey(Buffer.from(pem)), { algorithm: 'HS256', keyid: TEST_KID });
    },
    'an unknown key': () => jsonwebtoken.sign(claims(), demo.tokens.privateKey, { algorithm: 'RS256', keyid: 'other' }),
    'no key id': () => jsonwebtoken.sign(claims(), demo.tokens.privateKey, { algorithm: 'RS256' }),
    'a key of somebody else': () => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      return jsonwebtoken.sign(claims(), privateKey, { algorithm: 'RS256', keyid: TEST_KID });
    },
    'another algorithm of the right key': () =>
      jsonwebtoken.sign(claims(), demo.tokens.privateKey, { algorithm: 'RS512', keyid: TEST_KID }),
    'another audience': () => demo.tokens.tokenFor({ role: 'ADMIN' }, { aud: 'internal' }),
    'another issuer': () => demo.tokens.tokenFor({ role: 'ADMIN' }, { iss: 'somebody' }),
    'expiry in the past': () => demo.tokens.tokenFor({ role: 'ADMIN' }, { exp: seconds() - 1 }),
    'no expiry': () => {
      const { exp: _exp, ...rest } = claims();
      return jsonwebtoken.sign(rest, demo.tokens.privateKey, { algorithm: 'RS256', keyid: TEST_KID });
    },
    'a refresh token': () => demo.tokens.tokenFor({ role: 'ADMIN' }, { typ: 'refresh' }),
    'an unknown role': () => demo.tokens.tokenFor({ role: 'ADMIN' }, { role: 'ROOT' }),
    'a customer role without customer': () => demo.tokens.tokenFor({ role: 'CUSTOMER_USER' }, { customer: '' }),
    'a staff role with a customer': () => demo.tokens.tokenFor({ role: 'AGENT', customerId: THING_ID }),
    'no tenant': () => demo.tokens.tokenFor({ role: 'ADMIN' }, { tenant: '' }),
    'no epoch': () => demo.tokens.tokenFor({ role: 'ADMIN' }, { epoch: 'x' }),
    'a service token': () => demo.serviceTokens.mint(),
    'a changed payload': () => {
      const [head, , tail] = demo.tokens.tokenFor({ role: 'TECH' }).split('.');
      return `${head}.${Buffer.from(JSON.stringify({ ...claims(), role: 'SUPER_ADMIN' })).toString('base64url')}.${tail}`;
    },
  };
  for (const [what, make] of Object.entries(forged)) {
    it(`when the token has ${what}, then 401 UNAUTHENTICATED`, () => expect401(make()));
  }

  it('when the token is not sent as Bearer, then 401', async () => {
    const answer = await demo.api.get('/me', { headers: { authorization: `Basic ${demo.tokens.tokenFor({ role: 'ADMIN' })}` } });
    expect(answer.status).to.equal(401);
  });

  it('when a token that was good expires, then 401', async () => {
    const token = demo.tokens.tokenFor({ role: 'ADMIN' }, { exp: seconds() + 60 });
    expect((await me(token)).status).to.equal(200);
    demo.clock.advance(60_000);
    await expect401(token);
  });

  it('when the session is ended, then 401 at once, and other sessions go on', async () => {
    const caller = demo.tokens.callerOf({ role: 'ADMIN' });
    const [ended, other] = [demo.tokens.tokenFor(caller), demo.tokens.tokenFor({ ...caller, sessionId: 'another' })];
    expect((await me(ended)).status).to.equal(200);
    demo.revocations.revokeSession(caller.sessionId, new Date(demo.clock.now().getTime() + 60_000));
    await expect401(ended);
    expect((await me(other)).status).to.equal(200);
  });

  it('when the user has a newer epoch, then older tokens are 401 and newer ones good', async () => {
    const caller = demo.tokens.callerOf({ role: 'TECH' });
    const [old, fresh] = [demo.tokens.tokenFor(caller, { epoch: 1 }), demo.tokens.tokenFor(caller, { epoch: 2 })];
    demo.revocations.revokeUser(caller.tenantId, caller.userId, 2);
    // An announcement that comes late must not bring the old ones back.
    demo.revocations.revokeUser(caller.tenantId, caller.userId, 1);
    await expect401(old);
    expect((await me(fresh)).status).to.equal(200);
  });

  describe('of services among themselves', () => {
    const ping = (token?: string) => demo.api.get('/internal/ping', { root: true, token });

    it('when the token is made with the shared secret, then 200', async () => {
      expect((await ping(demo.serviceTokens.mint())).status).to.equal(200);
    });
    it('when it is a minute old, then 401', async () => {
      const token = demo.serviceTokens.mint();
      demo.clock.advance(71_000);
      expect((await ping(token)).status).to.equal(401);
    });
    it('when it is a user, even a SUPER_ADMIN, then 401', async () => {
      expect((await ping(demo.tokens.tokenFor({ role: 'SUPER_ADMIN' }))).status).to.equal(401);
    });
    it('when the secret is another or there is no token, then 401', async () => {
      const stranger = createServiceTokens({ secret: `${SECRET}!`, service: 'demo', clock: demo.clock });
      expect((await ping(stranger.mint())).status).to.equal(401);
      expect((await ping()).status).to.equal(401);
    });
    it('when a service token has no expiry or another audience, then 401', async () => {
      const sign = (extra: object) => jsonwebtoken.sign({ iss: 'demo', ...extra }, SECRET, { noTimestamp: true });
      expect((await ping(sign({ aud: 'internal' }))).status).to.equal(401);
      expect((await ping(sign({ aud: TOKEN_AUDIENCE, exp: seconds() + 60 }))).status).to.equal(401);
    });
  });
});
