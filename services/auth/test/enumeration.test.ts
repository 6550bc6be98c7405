import { expect } from 'chai';
import { commandsOf } from '@riparo/shared/testing/query-plans';
import { startBench, type Bench } from './bench.js';
import { buildStaff } from './user.builder.js';

interface Seen {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What differs between any two answers, and says nothing. */
const OWN = ['requestId', 'timestamp', 'id', 'userId', 'email', 'requestedAt', 'createdAt', 'updatedAt', 'name'];
const OWN_HEADERS = ['x-request-id', 'date', 'ratelimit', 'content-length', 'etag', 'location'];

const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, OWN.includes(key) ? typeof inner : shapeOf(inner)]));
};

/** That an e-mail has an account must not show: not by answer, not by header, not by the work that is done before it. */
describe('whether an e-mail is known', () => {
  let bench: Bench;
  let known: string;
  let tries = 0;
  before(async () => {
    bench = await startBench();
    known = (await bench.registerCustomer()).user.email;
    await bench.idle();
  });
  after(() => bench.stop());

  /** From an address of its own, so that no try pays for another. */
  const ask = async (path: string, body: object): Promise<Seen> => {
    const headers = { 'x-forwarded-for': `203.0.113.${++tries}`, 'user-agent': 'A browser' };
    const answer = await bench.api.post(path, body, { headers });
    const told = [...answer.headers].map(([name, value]) => [name, OWN_HEADERS.includes(name) ? '' : value] as const);
    return { status: answer.status, headers: Object.fromEntries(told), body: shapeOf(answer.body) };
  };

  for (const [what, path, bodyOf, status] of [
    ['signing in', '/auth/login', (email: string) => ({ email, password: 'not the password' }), 401],
    ['forgetting a password', '/auth/forgot-password', (email: string) => ({ email }), 202],
    ['registering as staff', '/auth/register/staff', (email: string) => buildStaff({ email }), 202],
  ] as const) {
    it(`when ${what}, then a known and an unknown e-mail get the same answer and headers`, async () => {
      const [mine, nobodys] = [await ask(path, bodyOf(known)), await ask(path, bodyOf(`nobody-${tries}@example.test`))];
      expect(mine.status).to.equal(status);
      expect(mine).to.deep.equal(nobodys);
      await bench.idle();
    });
  }

  it('when signing in, then the database is asked the same for a known and an unknown e-mail', async () => {
    const commands = (email: string) =>
      commandsOf(bench.platform.connection, () => ask('/auth/login', { email, password: 'not the password' }));
    // Nobody has tried this one before, as with the other.
    const { user } = await bench.registerCustomer();
    await bench.idle();
    const mine = await commands(user.email);
    expect(mine).to.include.members(['find users', 'find sign_in_records', 'insert audit_events']);
    expect(await commands('nobody-at-all@example.test')).to.deep.equal(mine);
  });

  it('when a password is forgotten, then the request is noted before anybody looks the e-mail up', async () => {
    for (const email of [known, 'nobody-either@example.test']) {
      const commands = await commandsOf(bench.platform.connection, () => ask('/auth/forgot-password', { email }));
      const noted = commands.indexOf('insert forgotten_passwords');
      expect(noted).to.be.greaterThan(0);
      expect(commands.slice(0, noted)).to.not.include('find users');
      await bench.idle();
    }
  });

  it('when a link is wrong, then it is refused alike, whoever it claims to be for', async () => {
    await bench.api.post('/auth/forgot-password', { email: known });
    const real = await bench.linkTo(known);
    const [foreign, invented] = [`${real.slice(0, -8)}AAAAAAAA`, 'A'.repeat(real.length)];
    for (const [path, more] of [
      ['/auth/reset-password', { newPassword: 'a new passphrase to use' }],
      ['/auth/verify-email', {}],
      ['/auth/accept-invitation', { password: 'a new passphrase to use' }],
    ] as const) {
      const answers = [await ask(path, { token: foreign, ...more }), await ask(path, { token: invented, ...more })];
      expect(answers[0]!.status).to.equal(422);
      expect(answers[0]).to.deep.equal(answers[1]);
    }
  });
});
