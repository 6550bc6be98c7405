import { expect } from 'chai';
import { DAY, MOMENT, WORDED_DAY, writeDay, writeTime } from '../../src/time/write-time.js';

const AT = new Date('2026-03-02T23:30:00Z');

describe('written times', () => {
  for (const [language, zone, format, written] of [
    ['en', 'Europe/Rome', MOMENT, '3 Mar 2026, 00:30'],
    ['it', 'Europe/Rome', MOMENT, '3 mar 2026, 00:30'],
    ['en', 'America/New_York', MOMENT, '2 Mar 2026, 18:30'],
    ['en', 'Europe/Rome', DAY, '3 Mar 2026'],
    ['en', 'UTC', WORDED_DAY, '2 March 2026'],
    ['it', 'UTC', WORDED_DAY, '2 marzo 2026'],
  ] as const)
    it(`when a moment is written in ${language} on the clock of ${zone}, then ${written}`, () => {
      expect(writeTime(AT, language, zone, format)).to.equal(written);
    });

  it('when a whole day is written, then it is that day', () => {
    expect([writeDay('2027-01-31', 'en'), writeDay('2027-01-31', 'it')]).to.deep.equal(['31 Jan 2027', '31 gen 2027']);
  });
});
