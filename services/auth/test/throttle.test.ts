import { expect } from 'chai';
import { beginTry, dropTry, failTry, noTries, passTry, type Throttle, type ThrottlePolicy } from '../src/throttle/throttle.js';

const POLICY: ThrottlePolicy = { free: 3, atOnce: 2, firstPauseMs: 1_000, longestPauseMs: 5_000, forgetAfterMs: 60_000 };
const T0 = new Date('2026-01-01T00:00:00.000Z');
const after = (ms: number): Date => new Date(T0.getTime() + ms);
const fresh: Throttle = { ...noTries('x', T0), version: 1, createdAt: T0, updatedAt: T0 };

const begin = (throttle: Throttle, now = T0): Throttle => beginTry(throttle, POLICY, now).state;
const fail = (throttle: Throttle, now = T0): Throttle => failTry(begin(throttle, now), POLICY, now).state;

describe('the throttle', () => {
  it('when failures go on, then the free ones cost nothing, each further one doubles the pause', () => {
    let [throttle, now] = [fresh, T0];
    const pauses: number[] = [];
    for (let failures = 1; failures <= 7; failures++) {
      throttle = fail(throttle, now);
      pauses.push((throttle.lockedUntil?.getTime() ?? now.getTime()) - now.getTime());
      now = new Date(throttle.lockedUntil ?? now);
    }
    expect(pauses).to.deep.equal([0, 0, 1_000, 2_000, 4_000, 5_000, 5_000]);
  });
  it('when a pause runs, then nothing begins, and right after it one does', () => {
    const locked = fail(fail(fail(fresh)));
    expect(() => begin(locked, after(999)))
      .to.throw()
      .with.property('code', 'TOO_MANY_ATTEMPTS');
    expect(begin(locked, after(1_000))).to.include({ pending: 1, failures: 3 });
  });
  it('when as many are pending as may be, then no more begin', () => {
    const two = begin(begin(fresh));
    expect(() => begin(two))
      .to.throw()
      .with.property('code', 'TOO_MANY_ATTEMPTS');
    expect(begin(dropTry(two).state)).to.include({ pending: 2, failures: 0 });
  });
  it('when a try is right, then the wrong ones are forgotten', () => {
    expect(passTry(begin(fail(fail(fresh)))).state).to.include({ failures: 0, pending: 0 });
  });
  it('when time has passed, then failures and tries that a crash left are forgotten', () => {
    expect(begin(begin(begin(fail(fresh))), after(60_001))).to.include({ failures: 0, pending: 1 });
  });
});
