import bcrypt from 'bcryptjs';
import { expect } from 'chai';
import { createPasswordHasher, type PasswordHasher } from '../src/password/password-hasher.js';
import { ADMIN, startBench, type Bench } from './bench.js';

const PLAIN = 'brought along from elsewhere';

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
    const hash = await four.hash(PLAIN);
    expect([four.isOutdated(hash), five.isOutdated(hash), four.isOutdated(await bcrypt.hash(PLAIN, 4))]).to.deep.equal([false, true, true]);
    expect(await five.verify(PLAIN, hash)).to.equal(true);
  });

  it('when there is no account, then the check waits for a thread all the same', async () => {
    const hasher = hasherOf({ maxQueue: 0, cost: 8 });
    const tries = await Promise.allSettled([1, 2, 3, 4].map(() => hasher.verify(PLAIN, undefined)));
    const refused = tries.filter(({ status }) => status === 'rejected');
    expect(refused.length).to.be.within(1, 3);
    for (const { reason } of refused as PromiseRejectedResult[]) expect(reason).to.include({ code: 'SIGN_IN_BUSY' });
  });

  it('when a password comes in two encodings, then one hash fits both', async () => {
    const hasher = hasherOf();
    expect(await hasher.verify('pa\u0301ssword for two', await hasher.hash('p\u00e1ssword for two'))).to.equal(true);
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
