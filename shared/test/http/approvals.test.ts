import { expect } from 'chai';
import Joi from 'joi';
import jsonwebtoken from 'jsonwebtoken';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { SessionsRevoked } from '../../src/contracts/auth.events.js';
import type { DomainError } from '../../src/errors/domain-error.js';
import { APPROVAL_AUDIENCE, type ApprovalClaims } from '../../src/http/approvals.js';
import { TOKEN_ISSUER } from '../../src/http/authenticate.js';
import { fields, one } from '../../src/http/reference/answer.js';
import { text } from '../../src/http/reference/answer-fields.js';
import { ok } from '../../src/http/reply.js';
import { action, type Call } from '../../src/http/route.js';
import { createHttpClient } from '../../src/testing/http-client.js';
import { createTestPlatform, type TestPlatform } from '../../src/testing/test-platform.js';
import { TEST_KID } from '../../src/testing/test-tokens.js';
import { startDemo } from './demo-app.js';

const [TECH, CUSTOMER, SUBJECT] = ['tech-1', 'user-1', 'repair-1'];

describe('approvals', () => {
  let bench: TestPlatform;
  let made = 0;
  before(async () => {
    bench = await createTestPlatform({ service: 'tickets' });
    await bench.platform.approvals.ensureIndexes();
  });
  after(() => bench.stop());

  const claimsOf = (part: Partial<Record<keyof ApprovalClaims, unknown>> = {}): object => ({
    jti: `approval-${made++}`,
    sub: CUSTOMER,
    tenant: 'default',
    name: 'Rosa Bianchi',
    role: 'CUSTOMER_USER',
    customer: 'customer-1',
    epoch: 3,
    requestedBy: TECH,
    purpose: 'sign:work-report',
    subjectId: SUBJECT,
    typ: 'approval',
    iss: TOKEN_ISSUER,
    aud: APPROVAL_AUDIENCE,
    exp: Math.floor(bench.clock.now().getTime() / 1000) + 300,
    ...part,
  });
  const token = (part: Partial<Record<keyof ApprovalClaims, unknown>> = {}): string =>
    jsonwebtoken.sign(claimsOf(part), bench.tokens.privateKey, { algorithm: 'RS256', keyid: TEST_KID });
  const demand = (part: object = {}) => ({
    tenantId: 'default',
    requestedBy: TECH,
    purpose: 'sign:work-report',
    subjectId: SUBJECT,
    use: 'report-1',
    ...part,
  });
  const redeem = (text: string, part: object = {}): Promise<string> =>
    bench.platform.approvals.redeem(text, demand(part)).then(
      ({ userId }) => userId,
      (error: unknown) => (error as DomainError).code,
    );

  it('when it is redeemed, then it says who approved', async () => {
    expect(await bench.platform.approvals.redeem(token({ jti: 'mine' }), demand())).to.deep.equal({
      userId: CUSTOMER,
      name: 'Rosa Bianchi',
      role: 'CUSTOMER_USER',
      customerId: 'customer-1',
      approvalId: 'mine',
    });
  });

  for (const [what, part] of [
    ['another tenant', { tenantId: 'elsewhere' }],
    ['another purpose', { purpose: 'waive:payment' }],
    ['another subject', { subjectId: 'repair-2' }],
    ['somebody who did not ask for it', { requestedBy: 'tech-2' }],
  ] as const) {
    it(`when it is used for ${what}, then it is not valid, and not spent by the try`, async () => {
      const text = token();
      expect(await redeem(text, part)).to.equal('APPROVAL_NOT_VALID');
      expect(await redeem(text)).to.equal(CUSTOMER);
    });
  }

  it('when it is used again, then only the same use may come again', async () => {
    const text = token();
    expect(await redeem(text, { use: 'report-1' })).to.equal(CUSTOMER);
    expect(await redeem(text, { use: 'report-1' })).to.equal(CUSTOMER);
    expect(await redeem(text, { use: 'report-2' })).to.equal('APPROVAL_ALREADY_USED');
  });

  it('when many uses come at once, then one wins', async () => {
    const text = token();
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => redeem(text, { use: `at-once-${index}` })));
    expect(answers.filter((answer) => answer === CUSTOMER)).to.have.length(1);
    expect(answers.filter((answer) => answer === 'APPROVAL_ALREADY_USED')).to.have.length(7);
  });

  it('when its time or the sessions of who gave it are over, then it is not valid', async () => {
    const [late, revoked, newer] = [token(), token({ sub: 'left-us' }), token({ sub: 'left-us', epoch: 4 })];
    await bench.platform.revocations.keep({
      ...SessionsRevoked.with({ userId: 'left-us', epoch: 4, until: new Date(bench.clock.now().getTime() + 60_000).toISOString() }),
      id: 'left-us.4.0',
      tenantid: 'default',
    } as Parameters<typeof bench.platform.revocations.keep>[0]);
    expect(await redeem(revoked)).to.equal('APPROVAL_NOT_VALID');
    expect(await redeem(newer)).to.equal('left-us');
    bench.clock.advance(301_000);
    expect(await redeem(late)).to.equal('APPROVAL_NOT_VALID');
  });

  it('when anything else is taken for one, then APPROVAL_NOT_VALID', async () => {
    const strange = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const pem = bench.tokens.publicKey.export({ type: 'spki', format: 'pem' });
    const parts = token().split('.');
    const none = [Buffer.from('{"alg":"none"}').toString('base64url'), parts[1], ''].join('.');
    const { exp: _exp, ...endless } = claimsOf() as { exp: number };
    const forged = [
      '',
      'x',
      'a.b.c',
      `${parts[0]}.${parts[1]}.AAAA`,
      none,
      jsonwebtoken.sign(claimsOf(), pem, { algorithm: 'HS256', keyid: TEST_KID, allowInsecureKeySizes: true }),
      jsonwebtoken.sign(claimsOf(), strange, { algorithm: 'RS256', keyid: TEST_KID }),
      jsonwebtoken.sign(claimsOf(), bench.tokens.privateKey, { algorithm: 'RS256', keyid: 'unknown' }),
      jsonwebtoken.sign(claimsOf(), bench.tokens.privateKey, { algorithm: 'RS512', keyid: TEST_KID }),
      jsonwebtoken.sign(endless, bench.tokens.privateKey, { algorithm: 'RS256', keyid: TEST_KID }),
      token({ aud: 'riparo-api' }),
      token({ iss: 'somebody' }),
      token({ typ: 'access' }),
      bench.tokenFor({ role: 'SUPER_ADMIN', userId: TECH }),
    ];
    for (const text of forged) expect(await redeem(text), text).to.equal('APPROVAL_NOT_VALID');
  });

  it('when a route takes an approvalToken, then the API reference tells how it can be refused', async () => {
    const sign = async ({ params, body, ids }: Call<{ approvalToken: string }>) => {
      const { userId } = await bench.platform.approvals.redeem(body.approvalToken, demand({ subjectId: params.id, use: ids.next() }));
      return ok({ userId });
    };
    const input = { body: Joi.object<{ approvalToken: string }>({ approvalToken: Joi.string().required() }) };
    const answer = one(fields({ userId: text() }));
    const demo = await startDemo({ routes: [action('/reports/:id/sign', 'signed-in', 'Signs a report.', input, sign, { answer })] });
    try {
      const [api, report] = [createHttpClient(demo.url), randomUUID()];
      const post = (approvalToken: string) =>
        api.post(`/reports/${report}/sign`, { approvalToken }, { token: demo.tokens.tokenFor({ role: 'TECH', userId: TECH }) });
      const approval = token({ subjectId: report });
      // The client refuses what the reference does not tell.
      expect((await post('forged')).body.code).to.equal('APPROVAL_NOT_VALID');
      expect((await post(approval)).body.data).to.deep.equal({ userId: CUSTOMER });
      expect((await post(approval)).body.code).to.equal('APPROVAL_ALREADY_USED');
    } finally {
      await demo.stop();
    }
  });
});
