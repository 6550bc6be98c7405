import bcrypt from 'bcryptjs';
import { expect } from 'chai';
import { createPasswordHasher, type PasswordHasher } from '../src/password/password-hasher.js';
import { ADMIN, startBench, type Bench } from './bench.js';

const PLAIN = 'brought along from elsewhere';
const IP = '192.0.2.1';

describe('password hashes', () => {
  const running: PasswordHasher[] = [];
  const hasherOf = (options: Partial<Parameters<typeof createPasswordHasher>[0]> = {}): PasswordHasher => {
    const hasher = createPasswordHasher({ cost: 4, threads: 1, maxQueue: 10, ...options });
    running.push(hasher);
    return hasher;
  };
  after(() => Promise.all(running.map((hasher) => hasher.stop())));

  it('when a hash has another cost or no marker, then it is outdated', async () => {
    const [four, five] = [hasherOf(), hasherOf({ cost: 5 })];
    const hash = await four.hash(PLAIN, IP);
    expect([four.isOutdated(hash), five.isOutdated(hash), four.isOutdated(await bcrypt.hash(PLAIN, 4))]).to.deep.equal([false, true, true]);
    expect(await five.verify(PLAIN, hash, IP)).to.equal(true);
  });

  it('when there is no account, then the check waits for a thread all the same', async () => {
    const hasher = hasherOf({ maxQueue: 0, cost: 8 });
    const tries = await Promise.allSettled([1, 2, 3, 4].map(() => hasher.verify(PLAIN, undefined, IP)));
    const refused = tries.filter(({ status }) => status === 'rejected');
    expect(refused.length).to.be.within(1, 3);
    for (const { reason } of refused as PromiseRejectedResult[]) expect(reason).to.include({ code: 'SIGN_IN_BUSY' });
  });

  it('when hundreds choose a password, then a sign-in waits for none that has not begun', async () => {
    const hasher = hasherOf({ maxQueue: 200 });
    const done: string[] = [];
    const work = Array.from({ length: 40 }, () => hasher.hash(PLAIN, IP).then(() => done.push('new')));
    await Promise.all([...work, hasher.verify(PLAIN, undefined, '192.0.2.2').then(() => done.push('sign-in'))]);
    expect(done.indexOf('sign-in')).to.be.at.most(1);
  });

  it('when one address tries many passwords, then another one waits for one of them', async () => {
    const hasher = hasherOf({ maxQueue: 200 });
    const done: string[] = [];
    const tryFrom = (ip: string) => hasher.verify(PLAIN, undefined, ip).then(() => done.push(ip));
    const network = ['2001:db8::1', '2001:db8::2', '2001:db8:0:1::3'];
    await Promise.all([...Array.from({ length: 60 }, (_, index) => tryFrom(network[index % 3]!)), tryFrom(IP)]);
    expect(done.indexOf(IP)).to.be.at.most(2);
  });

  it('when one address fills its half of the queue, then another address still finds room', async () => {
    const hasher = hasherOf({ maxQueue: 10 });
    const many = Array.from({ length: 20 }, () => hasher.verify(PLAIN, undefined, IP));
    const other = hasher.verify(PLAIN, undefined, '192.0.2.2');
    const refused = (await Promise.allSettled(many)).filter(({ status }) => status === 'rejected');
    expect(refused).to.have.length(14);
    expect(await other).to.equal(false);
  });

  it('when a password comes in two encodings, then one hash fits both', async () => {
    const hasher = hasherOf();
    expect(await hasher.verify('pa\u0301ssword for two', await hasher.hash('p\u00e1ssword for two', IP), IP)).to.equal(true);
  });
});

describe('hashes that come from another system', () => {
  let bench: Bench;
  before(async () => {
    bench = await startBench();
  });
  after(() => bench.stop());

  const users = () => bench.platform.connection.collection<{ emailKey: string; passwordHash: string }>('users');
  const hashOf = async () => (await users().findOne({ emailKey: ADMIN.email }))!.passwordHash;
  const bring = async (password: string): Promise<void> => {
    await users().updateOne({ emailKey: ADMIN.email }, { $set: { passwordHash: await bcrypt.hash(password, 5) } });
  };
  const status = async (password: string) => (await bench.api.post('/auth/login', { email: ADMIN.email, password })).status;

  it('when their owner signs in, then the hash is renewed once', async () => {
    await bring(PLAIN);
    expect(await status('not the password')).to.equal(401);
    expect(await hashOf()).to.match(/^\$2/);
    expect(await status(PLAIN)).to.equal(200);
    const renewed = await hashOf();
    expect(renewed).to.match(/^\{riparo-1\}/);
    expect(await status(PLAIN)).to.equal(200);
    expect(await hashOf()).to.equal(renewed);
  });

  it('when a long password was cut at 72 bytes, then all of it counts after the renewal', async () => {
    const long = '0123456789 abcdefghij '.repeat(5);
    await bring(long);
    expect(await status(`${long}, all of it`)).to.equal(200);
    expect(await status(long)).to.equal(401);
    expect(await status(`${long}, all of it`)).to.equal(200);
  });
});
