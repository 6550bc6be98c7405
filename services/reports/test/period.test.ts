import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { dayOf, daysOf } from '../src/period.js';
import { timeStatistics } from '../src/statistics.js';

const ZONES = [
  'Europe/Rome',
  'Atlantic/Azores',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'UTC',
];

describe('Days of a period', () => {
  it('when a moment is in the period, then it belongs to its local day, and otherwise to none', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.date({ min: new Date('2005-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: -100, max: 1000 }),
        (timeZone, start, length, hours) => {
          const from = DateTime.fromJSDate(start, { zone: timeZone }).toFormat('yyyy-MM-dd');
          const to = DateTime.fromISO(from, { zone: 'utc' }).plus({ days: length }).toFormat('yyyy-MM-dd');
          const at = new Date(start.getTime() + hours * 3_600_000 + 1);
          const local = DateTime.fromJSDate(at, { zone: timeZone }).toFormat('yyyy-MM-dd');
          expect(dayOf(daysOf({ from, to, timeZone }), at)).to.equal(local >= from && local < to ? local : undefined);
        },
      ),
    );
  });

  it('when clocks change, then the day has 23 or 25 hours', () => {
    const hours = ({ bounds }: { readonly bounds: readonly number[] }) =>
      bounds.slice(1).map((end, n) => (end - (bounds[n] ?? 0)) / 3_600_000);
    expect(hours(daysOf({ from: '2026-03-28', to: '2026-03-31', timeZone: 'Europe/Rome' }))).to.deep.equal([24, 23, 24]);
    expect(hours(daysOf({ from: '2026-10-25', to: '2026-10-26', timeZone: 'Europe/Rome' }))).to.deep.equal([25]);
    // Midnight comes twice.
    expect(hours(daysOf({ from: '2026-10-25', to: '2026-10-26', timeZone: 'Atlantic/Azores' }))).to.deep.equal([25]);
  });
});

describe('Time statistics', () => {
  const table: readonly [readonly number[], number | null, number | null, number | null][] = [
    [[], null, null, null],
    [[5], 5, 5, 5],
    [[4, 1], 2.5, 2.5, 4],
    [[1, 2, 3], 2, 2, 3],
    [[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 5.5, 5.5, 9],
  ];
  for (const [minutes, mean, middle, p90] of table) {
    it(`when the minutes are [${minutes.join(', ')}], then mean, median and 90th percentile are right`, () => {
      expect(timeStatistics(minutes)).to.deep.equal({ count: minutes.length, meanMinutes: mean, medianMinutes: middle, p90Minutes: p90 });
    });
  }
});
