import { expect } from 'chai';
import { createRevocationList } from '../../src/http/revocations.js';
import { createTestClock } from '../../src/testing/test-clock.js';

describe('ended sessions', () => {
  const claims = { tenantId: 'default', userId: 'anna', sessionId: 'session', epoch: 3 };
  const clock = createTestClock();
  const inAnHour = (): Date => new Date(clock.now().getTime() + 3_600_000);

  const cases: readonly (readonly [string, boolean, (list: ReturnType<typeof createRevocationList>) => void])[] = [
    ['nothing was ended', false, () => undefined],
    ['this session was', true, (list) => list.revokeSession('session', inAnHour())],
    ['another session was', false, (list) => list.revokeSession('other', inAnHour())],
    ['the epoch is higher', true, (list) => list.revokeUser('default', 'anna', 4)],
    ['the epoch is the same', false, (list) => list.revokeUser('default', 'anna', 3)],
    ['it is another user', false, (list) => list.revokeUser('default', 'ben', 4)],
    ['it is a user of that id in another tenant', false, (list) => list.revokeUser('other', 'anna', 4)],
  ];
  for (const [what, expected, revoke] of cases) {
    it(`when ${what}, then the token is ${expected ? 'revoked' : 'good'}`, () => {
      const list = createRevocationList(clock);
      revoke(list);
      expect(list.isRevoked(claims)).to.equal(expected);
    });
  }

  it('when announcements come late or shorter, then what is known stays', () => {
    const list = createRevocationList(clock);
    list.revokeUser('default', 'anna', 5, inAnHour());
    list.revokeUser('default', 'anna', 4, clock.now());
    expect(list.isRevoked({ ...claims, epoch: 4 })).to.equal(true);
  });

  it('when entries have expired, then they are forgotten, and live ones are not', () => {
    const list = createRevocationList(clock);
    for (let index = 0; index < 5_000; index++) list.revokeSession(`s-${index}`, clock.now());
    list.revokeSession('session', inAnHour());
    clock.advance(1);
    for (let index = 0; index < 1_000; index++) list.revokeUser('default', `u-${index}`, 1, clock.now());
    expect(list.size()).to.be.lessThan(2_001);
    expect(list.isRevoked(claims)).to.equal(true);
  });
});
