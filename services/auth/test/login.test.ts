import { expect } from 'chai';
import { ADMIN, ownInstances, startBench, type Bench, type SignedIn } from './bench.js';
import { buildStaff, PASSWORD } from './user.builder.js';

describe('POST /auth/login', () => {
  const start = ownInstances();
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });
  after(() => bench.stop());

  const login = (email: string, password = PASSWORD, headers: Record<string, string> = {}) =>
    bench.api.post<SignedIn>('/auth/login', { email, password }, { headers });

  it('when the e-mail is in any case, then the user is signed in, and the answer says when', async () => {
    const { user } = await bench.registerCustomer();
    const answer = await login(user.email.toUpperCase());
    expect(answer.status).to.equal(200);
    expect(answer.body.data.user).to.include({ id: user.id, lastLoginAt: bench.clock.now().toISOString() });
    expect(answer.body.data.customer).to.have.property('id', user.customerId);
    const hours = (new Date(answer.body.data.expiresAt).getTime() - bench.clock.now().getTime()) / 3_600_000;
    expect(hours).to.be.closeTo(24, 0.01);
  });

  it('when the e-mail was kept with decomposed letters, then the user is still signed in', async () => {
    const { user } = await bench.registerCustomer({ email: 'nicol\u00f2@example.test' });
    expect(user.email).to.equal('nicol\u00f2@example.test');
    const users = bench.platform.connection.collection<{ emailKey: string }>('users');
    const { matchedCount } = await users.updateOne({ emailKey: user.email }, { $set: { emailKey: user.email.normalize('NFD') } });
    expect(matchedCount).to.equal(1);
    for (const email of [user.email, user.email.normalize('NFD')]) expect((await login(email)).status).to.equal(200);
  });

  it('when a user signs in, then their version stays', async () => {
    const { user } = await bench.registerCustomer();
    expect((await login(user.email)).body.data.user.version).to.equal(user.version);
  });

  it('when the password is wrong or the e-mail unknown, then the answers are alike', async () => {
    const { user } = await bench.registerCustomer();
    const strip = ({ requestId: _id, ...body }: Record<string, unknown>) => body;
    const wrong = await login(user.email, 'not the password');
    const unknown = await login('nobody@example.test', 'not the password');
    expect([wrong.status, wrong.body.code]).to.deep.equal([401, 'INVALID_CREDENTIALS']);
    expect(strip(unknown.body)).to.deep.equal(strip(wrong.body));
    const names = (headers: Headers) => [...headers.keys()].sort();
    expect(names(unknown.headers)).to.deep.equal(names(wrong.headers));
  });

  it('when an account is not active, then only who knows the password is told its state', async () => {
    const admin = await bench.asAdmin();
    const register = async () => {
      const staff = buildStaff();
      const { body } = await bench.api.post<{ id: string; user: { id: string } }>('/auth/register/staff', staff);
      return { email: String(staff.email), id: body.data.user.id };
    };
    const [pending, rejected, disabled] = [await register(), await register(), await register()];
    await bench.api.post(`/registrations/${rejected.id}/reject`, { reason: 'No vacancy' }, { token: admin });
    await bench.api.post(`/registrations/${disabled.id}/approve`, undefined, { token: admin });
    await bench.api.patch(`/users/${disabled.id}`, { status: 'DISABLED' }, { token: admin });
    for (const [{ email }, code] of [
      [pending, 'REGISTRATION_PENDING'],
      [rejected, 'REGISTRATION_REJECTED'],
      [disabled, 'ACCOUNT_DISABLED'],
    ] as const) {
      const right = await login(email);
      expect([right.status, right.body.code]).to.deep.equal([403, code]);
      expect(right.body.type).to.equal(`/problems/${code.toLowerCase().replaceAll('_', '-')}`);
      const wrong = await login(email, 'not the password');
      expect([wrong.status, wrong.body.code]).to.deep.equal([401, 'INVALID_CREDENTIALS']);
    }
    expect((await login(rejected.email)).body.detail).to.include('No vacancy');
  });

  for (const body of [
    {},
    { email: { $ne: null }, password: { $ne: null } },
    { email: 'a@b.example', password: ['x'] },
    { email: 'a@b.example', password: 'x', admin: true },
  ]) {
    it(`when the body is ${JSON.stringify(body)}, then 422`, async () => {
      const answer = await bench.api.post('/auth/login', body);
      expect([answer.status, answer.body.code]).to.deep.equal([422, 'VALIDATION_FAILED']);
    });
  }

  it('when a user signs in on a new device, then one mail tells, and none about known devices', async () => {
    const { user } = await bench.registerCustomer();
    const about = () => bench.mails.filter(({ to, subject }) => to === user.email && subject === 'New sign-in to your account');
    await login(user.email);
    expect(about()).to.have.length(0);
    await login(user.email, PASSWORD, { 'user-agent': 'Another/1.0\u00e9' });
    await login(user.email, PASSWORD, { 'user-agent': 'Another/1.0\u00e9' });
    expect(about()).to.have.length(1);
    expect(about()[0]!.body)
      .to.include('Another/1.0')
      .and.match(/ on \d{1,2} [A-Z][a-z]+ \d{4}, \d{2}:\d{2}\./);
  });

  it('when a hash has an old cost, then the next sign-in renews it', async () => {
    const other = await start({ connection: bench.platform.connection, clock: bench.clock, env: { BCRYPT_COST: '5' } });
    const { user } = await bench.registerCustomer();
    const hashOf = async () =>
      (await bench.platform.connection.collection<{ _id: string; passwordHash: string }>('users').findOne({ _id: user.id }))!.passwordHash;
    expect(await hashOf()).to.include('$04$');
    await other.signIn(user.email, PASSWORD);
    expect(await hashOf()).to.include('$05$');
    await bench.signIn(user.email, PASSWORD);
  });

  it('when more sign in at once than may wait, then some get 429 with Retry-After, the others succeed', async () => {
    const small = await start({ env: { HASH_QUEUE: '2', BCRYPT_COST: '8' } });
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => small.api.post('/auth/login', { email: ADMIN.email, password: ADMIN.password })),
    );
    const statuses = answers.map(({ status }) => status);
    expect([...new Set(statuses)].sort()).to.deep.equal([200, 429]);
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.headers.get('retry-after')).to.match(/^\d+$/);
  });
});

describe('guessing at a password', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });
  after(() => bench.stop());

  const login = (email: string, password: string, ip = '10.0.0.1') =>
    bench.api.post('/auth/login', { email, password }, { headers: { 'x-forwarded-for': ip } });
  const fail = async (email: string, times: number, ip?: string) => {
    const answers = [];
    for (let index = 0; index < times; index++) answers.push(await login(email, `wrong ${index}`, ip));
    return answers.map(({ status }) => status);
  };

  it('when five tries have failed, then 429, for known and unknown accounts alike', async () => {
    const { user } = await bench.registerCustomer();
    for (const email of [user.email, 'no-such@example.test']) {
      expect(await fail(email, 7)).to.deep.equal([401, 401, 401, 401, 401, 429, 429]);
    }
    const locked = await login(user.email, PASSWORD);
    expect([locked.status, locked.body.code]).to.deep.equal([429, 'TOO_MANY_ATTEMPTS']);
    expect(Number(locked.headers.get('retry-after'))).to.be.within(1, 30);
  });

  it('when the pause has ended, then the right password signs in and the failures are forgotten', async () => {
    const { user } = await bench.registerCustomer();
    await fail(user.email, 9, '10.0.0.2');
    bench.clock.advance(31_000);
    expect((await login(user.email, PASSWORD, '10.0.0.2')).status).to.equal(200);
    expect(await fail(user.email, 5, '10.0.0.2')).to.deep.equal([401, 401, 401, 401, 401]);
  });

  it('when many sign in at once, then right passwords are let in, wrong ones bounded', async () => {
    const { user } = await bench.registerCustomer();
    const right = await Promise.all(Array.from({ length: 10 }, () => login(user.email, PASSWORD, '10.0.0.3')));
    expect(right.map(({ status }) => status)).to.deep.equal(right.map(() => 200));
    const wrong = await Promise.all(Array.from({ length: 60 }, (_, index) => login(user.email, `wrong ${index}`, '10.0.0.4')));
    expect(wrong.filter(({ status }) => status === 401).length).to.be.within(5, 35);
    expect((await login(user.email, PASSWORD, '10.0.0.4')).status).to.equal(429);
  });

  it('when one network of IPv6 tries from many addresses, then they are counted as one', async () => {
    const { user } = await bench.registerCustomer();
    const statuses = [];
    for (let host = 1; host <= 7; host++) statuses.push(...(await fail(user.email, 1, `2001:db8:7:1::${host}`)));
    expect(statuses).to.deep.equal([401, 401, 401, 401, 401, 429, 429]);
    expect(await fail(user.email, 1, '2001:db8:8:1::1')).to.deep.equal([401]);
  });

  it('when strangers fail, then a whole IPv6 address that earlier versions kept still knows its network', async () => {
    const { user } = await bench.registerCustomer();
    const records = bench.platform.connection.collection<{ _id: string; addresses: string[] }>('sign_in_records');
    await records.updateOne({ _id: user.id }, { $set: { addresses: ['2001:db8:9::1'] } });
    for (let stranger = 1; stranger <= 6; stranger++) await fail(user.email, 5, `10.2.0.${stranger}`);
    expect((await login(user.email, PASSWORD, '10.8.8.8')).status).to.equal(429);
    expect((await login(user.email, PASSWORD, '2001:db8:9::2')).status).to.equal(200);
    expect((await login(user.email, PASSWORD, '2001:db8:9::3')).status).to.equal(200);
  });

  it('when strangers fail, then the owner still signs in from where they did before', async () => {
    const { user } = await bench.registerCustomer();
    await login(user.email, PASSWORD, '10.9.9.9');
    for (let stranger = 1; stranger <= 12; stranger++) await fail(user.email, 5, `10.1.0.${stranger}`);
    expect((await login(user.email, PASSWORD, '10.9.9.9')).status).to.equal(200);
    expect((await login(user.email, PASSWORD, '10.8.8.8')).status).to.equal(429);
    bench.clock.advance(2 * 60_000 + 1_000);
    expect((await login(user.email, PASSWORD, '10.8.8.8')).status).to.equal(200);
  });
});
