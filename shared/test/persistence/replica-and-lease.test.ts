import { expect } from 'chai';
import fc from 'fast-check';
import type { Connection } from 'mongoose';
import { createLease, type Lease } from '../../src/persistence/lease.js';
import { createReplica } from '../../src/persistence/replica.js';
import { createTestClock, type TestClock } from '../../src/testing/test-clock.js';
import { connectTestDatabase } from '../../src/testing/test-database.js';

const fail = (error: unknown): void => {
  throw error;
};

describe('replica and lease', () => {
  let connection: Connection;
  let clock: TestClock;
  beforeEach(async () => {
    connection = await connectTestDatabase();
    clock = createTestClock();
  });
  afterEach(async () => {
    await connection.dropDatabase();
    await connection.close();
  });

  const lease = (instance: string): Lease => createLease({ connection, instance, clock, onRenewalFailure: fail });

  it('when versions arrive in any order and more than once, then the newest stays', async () => {
    const replica = createReplica<{ name: string }>({ connection, collection: 'names' });
    await fc.assert(
      fc.asyncProperty(fc.uuid(), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }), async (id, versions) => {
        await Promise.all(versions.map((version) => replica.in('a').keep(id, version, { name: `v${version}` })));
        const newest = Math.max(...versions);
        expect(await replica.in('a').find(id)).to.deep.equal({ id, version: newest, name: `v${newest}` });
        expect(await replica.in('a').keep(id, newest, { name: 'late' })).to.equal(false);
        expect(await replica.in('b').find(id)).to.equal(undefined);
      }),
      { numRuns: 25 },
    );
  });

  it('when an instance does a job, then another is told no', async () => {
    let runs = 0;
    let finish: () => void = () => undefined;
    let first: Promise<boolean> = Promise.resolve(false);
    await new Promise<void>((begun) => {
      first = lease('one').hold('job', 30_000, () => {
        runs += 1;
        begun();
        return new Promise((resolve) => (finish = resolve));
      });
    });
    expect(await lease('two').hold('job', 30_000, () => Promise.resolve(void (runs += 1)))).to.equal(false);
    finish();
    expect([await first, runs]).to.deep.equal([true, 1]);
  });

  it('when the work has ended or failed, then the lease is free at once', async () => {
    await lease('one').hold('job', 30_000, () => Promise.resolve());
    const [broken] = await Promise.allSettled([lease('one').hold('job', 30_000, () => Promise.reject(new Error('broke')))]);
    expect(broken.status).to.equal('rejected');
    expect(await lease('two').hold('job', 30_000, () => Promise.resolve())).to.equal(true);
  });

  it('when its holder has died, then another takes over after the time to live and not before', async () => {
    await connection
      .collection('leases')
      .insertOne({ _id: 'job' as never, owner: 'dead#1', until: new Date(clock.now().getTime() + 30_000) });
    expect(await lease('two').hold('job', 30_000, () => Promise.resolve())).to.equal(false);
    clock.advance(30_000);
    expect(await lease('two').hold('job', 30_000, () => Promise.resolve())).to.equal(true);
  });

  it('when an instance died while its clock was a day ahead, then its lease holds nobody up', async () => {
    const until = new Date(clock.now().getTime() + 86_400_000);
    await connection.collection<{ _id: string }>('leases').insertOne({ _id: 'ahead', owner: 'gone', until } as never);
    expect(await lease('two').hold('ahead', 30_000, () => Promise.resolve())).to.equal(true);
  });
});
