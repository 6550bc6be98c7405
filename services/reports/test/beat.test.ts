import { expect } from 'chai';
import fc from 'fast-check';
import { lastBeat, nameOfDays, nextBeatAt, type Rhythm } from '../src/report-schedule/beat.js';

const ROME = 'Europe/Rome';
const day = (hour = 0): Rhythm => ({ every: 'DAY', hour });
const week = (hour = 0): Rhythm => ({ every: 'WEEK', hour });
const month = (hour = 0): Rhythm => ({ every: 'MONTH', hour });
const last = (rhythm: Rhythm, now: string, zone = ROME) => {
  const { at, from, to } = lastBeat(rhythm, zone, new Date(now));
  return `${at.toISOString()} ${from} ${to}`;
};
const next = (rhythm: Rhythm, now: string, zone = ROME) => nextBeatAt(rhythm, zone, new Date(now)).toISOString();

describe('When the reports of a schedule are due', () => {
  it('when it is Monday 00:30 in Rome, then the week has ended, though it is Sunday in UTC', () => {
    const now = '2026-03-01T23:30:00.000Z';
    expect(last(week(), now)).to.equal('2026-03-01T23:00:00.000Z 2026-02-23 2026-03-02');
    expect(last(day(), now)).to.equal('2026-03-01T23:00:00.000Z 2026-03-01 2026-03-02');
    expect(last(week(), now, 'UTC')).to.equal('2026-02-23T00:00:00.000Z 2026-02-16 2026-02-23');
    expect(next(week(), now)).to.equal('2026-03-08T23:00:00.000Z');
  });

  it('when the hour has not come yet, then the days before are the newest', () => {
    expect(last(day(8), '2026-03-02T06:59:59.999Z')).to.equal('2026-03-01T07:00:00.000Z 2026-02-28 2026-03-01');
    expect(last(day(8), '2026-03-02T07:00:00.000Z')).to.equal('2026-03-02T07:00:00.000Z 2026-03-01 2026-03-02');
    expect(next(day(8), '2026-03-02T06:59:59.999Z')).to.equal('2026-03-02T07:00:00.000Z');
    expect(next(day(8), '2026-03-02T07:00:00.000Z')).to.equal('2026-03-03T07:00:00.000Z');
  });

  it('when a day has 23 or 25 hours, then the hour of the wall clock counts, and the day is that day', () => {
    // The clock leaps from 2 to 3 on the 29th of March.
    expect(last(day(2), '2026-03-29T12:00:00.000Z')).to.equal('2026-03-29T01:00:00.000Z 2026-03-28 2026-03-29');
    expect(last(day(6), '2026-03-30T12:00:00.000Z')).to.equal('2026-03-30T04:00:00.000Z 2026-03-29 2026-03-30');
    // Between 2 and 3 comes twice on the 25th of October: once is enough.
    expect(next(day(2), '2026-10-24T20:00:00.000Z')).to.equal('2026-10-25T00:00:00.000Z');
    expect(next(day(2), '2026-10-25T00:00:00.000Z')).to.equal('2026-10-26T01:00:00.000Z');
  });

  it('when a month ends, then it is told whole, however long it was', () => {
    expect(last(month(7), '2026-03-01T06:00:00.000Z')).to.equal('2026-03-01T06:00:00.000Z 2026-02-01 2026-03-01');
    expect(last(month(7), '2026-03-01T05:59:00.000Z')).to.equal('2026-02-01T06:00:00.000Z 2026-01-01 2026-02-01');
    expect(next(month(23), '2026-12-31T23:30:00.000Z')).to.equal('2027-01-01T22:00:00.000Z');
    expect(last(month(), '2026-12-31T23:30:00.000Z')).to.equal('2026-12-31T23:00:00.000Z 2026-12-01 2027-01-01');
  });

  it('when a file is named after days, then by the day, the ISO week or the month', () => {
    expect(nameOfDays(day(), '2026-03-01')).to.equal('2026-03-01');
    expect(nameOfDays(week(), '2025-12-29')).to.equal('2026-W01');
    expect(nameOfDays(month(), '2026-02-01')).to.equal('2026-02');
  });

  it('when zone and moment are any, then the next beat follows the last one without a gap', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(ROME, 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'America/Sao_Paulo', 'UTC'),
        fc.constantFrom('DAY' as const, 'WEEK' as const, 'MONTH' as const),
        fc.integer({ min: 0, max: 23 }),
        fc.date({ min: new Date('2005-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        (zone, every, hour, now) => {
          const rhythm = { every, hour };
          const before = lastBeat(rhythm, zone, now);
          const after = nextBeatAt(rhythm, zone, now);
          expect(before.at <= now && now < after).to.equal(true);
          expect(before.from < before.to).to.equal(true);
          // Seen from the next one, the days go on where these end.
          expect(lastBeat(rhythm, zone, after)).to.deep.include({ at: after, from: before.to });
        },
      ),
    );
  });
});
