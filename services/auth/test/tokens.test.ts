import { createHmac, generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import jsonwebtoken from 'jsonwebtoken';
import { TEST_KID } from '@riparo/shared/testing/test-tokens';
import { startBench, type Bench, type SignedIn } from './bench.js';
import { PASSWORD } from './user.builder.js';

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Everything that has ever passed for a token somewhere and was none. */
describe('access tokens', () => {
  let bench: Bench;
  let user: SignedIn;
  let claims: Record<string, unknown>;
  let kid: string;
  let publicPem: string;
  before(async () => {
    bench = await startBench();
    user = await bench.registerCustomer();
    const decoded = jsonwebtoken.decode(user.token, { complete: true })!;
    [claims, kid] = [decoded.payload as Record<string, unknown>, decoded.header.kid!];
    publicPem = (await bench.service.keys.find(kid))!.export({ type: 'spki', format: 'pem' }) as string;
  });
  after(() => bench.stop());

  const status = async (token: string) => (await bench.api.get('/auth/me', { token })).status;
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const signature = () => user.token.split('.')[2]!;

  const corpus: Readonly<Record<string, () => string | Promise<string>>> = {
    'alg none without a signature': () => `${encode({ alg: 'none', typ: 'JWT', kid })}.${encode(claims)}.`,
    'alg none with the signature of another': () => `${encode({ alg: 'none', typ: 'JWT', kid })}.${encode(claims)}.${signature()}`,
    'HS256 with the public key as secret': () => {
      // The library refuses to make such a token, so it is made by hand.
      const body = `${encode({ alg: 'HS256', typ: 'JWT', kid })}.${encode(claims)}`;
      return `${body}.${createHmac('sha256', publicPem).update(body).digest('base64url')}`;
    },
    'the key of somebody else under our kid': () => jsonwebtoken.sign(claims, foreign, { algorithm: 'RS256', keyid: kid }),
    'a kid that nobody has': () => jsonwebtoken.sign(claims, foreign, { algorithm: 'RS256', keyid: 'unknown' }),
    'no kid': () => jsonwebtoken.sign(claims, foreign, { algorithm: 'RS256' }),
    'claims changed after signing': () => {
      const [header, , end] = user.token.split('.') as [string, string, string];
      return `${header}.${encode({ ...claims, role: 'SUPER_ADMIN' })}.${end}`;
    },
    'another audience': () => bench.tokenFor({ role: 'ADMIN' }, { aud: 'internal' }),
    'another issuer': () => bench.tokenFor({ role: 'ADMIN' }, { iss: 'somebody' }),
    expired: () => bench.tokenFor({ role: 'ADMIN' }, { exp: Math.floor(bench.clock.now().getTime() / 1000) - 1 }),
    'no expiry': () => {
      const { exp: _end, ...endless } = claims;
      return jsonwebtoken.sign(endless, bench.tokens.privateKey, { algorithm: 'RS256', keyid: TEST_KID });
    },
    'not of type access': () => bench.tokenFor({ role: 'ADMIN' }, { typ: 'refresh' }),
    'a role that is none': () => bench.tokenFor({ role: 'ADMIN' }, { role: 'ROOT' }),
    'a customer role without a customer': () => bench.tokenFor({ role: 'CUSTOMER_ADMIN' }, { customer: undefined }),
    'an epoch that is no number': () => bench.tokenFor({ role: 'ADMIN' }, { epoch: '9' }),
    'a refresh token': () => user.refreshToken,
    'an approval': async () => {
      const body = { password: PASSWORD, purpose: 'sign:report', subjectId: user.user.id };
      return (await bench.api.post<{ id: string; approvalToken: string }>('/auth/approvals', body, { token: user.token })).body.data
        .approvalToken;
    },
    'a service token': () => bench.platform.serviceTokens.mint(),
  };
  for (const [what, make] of Object.entries(corpus)) {
    it(`when the token is faulty (${what}), then 401`, async () => expect(await status(await make())).to.equal(401));
  }
  it('when the token is the real one, then 200', async () => expect(await status(user.token)).to.equal(200));
});
