import { expect } from 'chai';
import { startOf } from '../../src/time/local-day.js';

describe('the beginning of a day', () => {
  for (const [day, zone, at] of [
    ['2026-11-28', 'America/Los_Angeles', '2026-11-28T08:00:00.000Z'],
    // The clocks go forward at midnight: the first time is 01:00.
    ['2026-04-24', 'Africa/Cairo', '2026-04-23T22:00:00.000Z'],
    // They go back from 01:00 to midnight, which there is twice.
    ['2026-10-25', 'Atlantic/Azores', '2026-10-25T00:00:00.000Z'],
    ['2026-10-26', 'Atlantic/Azores', '2026-10-26T01:00:00.000Z'],
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
  ] as const)
    it(`when it is ${day} in ${zone}, then it begins at ${at}`, () => expect(startOf(day, zone).toISOString()).to.equal(at));
});
