import { DAY_MS, HOUR_MS, MINUTE_MS } from '@riparo/shared/time/units';
import { expect } from 'chai';
import fc from 'fast-check';
import { dueAfter, usedTime, type SlaPause } from '../../src/ticket/sla/sla.js';
import { alwaysOpen, createWorkingTime } from '../../src/kernel/working-time.js';
import { calendar, isOpen, STARTS } from './calendars.js';

const WEEK_DAYS = 14;

const start = fc
  .tuple(fc.constantFrom(...STARTS), fc.integer({ min: 0, max: 3 * 1440 }))
  .map(([day, minutes]) => Date.parse(day) + minutes * MINUTE_MS);
const length = fc.integer({ min: 0, max: 6 * 1440 });
const RUNS = { numRuns: 60 };

describe('working time', () => {
  it('when a span is measured, then it equals a count minute by minute, whatever the calendar', () => {
    fc.assert(
      fc.property(calendar, start, length, (given, from, minutes) => {
        let expected = 0;
        for (let minute = 0; minute < minutes; minute++) if (isOpen(given, from + minute * MINUTE_MS)) expected++;
        expect(createWorkingTime(given).between(from, from + minutes * MINUTE_MS) / MINUTE_MS).to.equal(expected);
      }),
      RUNS,
    );
  });

  it('when time is used up, then at the first minute that completes the count, pauses taken off', () => {
    const pause = fc.tuple(fc.integer({ min: 0, max: 4 * 1440 }), fc.integer({ min: 0, max: 1440 }));
    fc.assert(
      fc.property(calendar, start, fc.integer({ min: 1, max: 900 }), fc.array(pause, { maxLength: 3 }), (given, from, wanted, pauses) => {
        const stopped: readonly SlaPause[] = pauses.map(([after, lasts]) => ({
          from: new Date(from + after * MINUTE_MS),
          to: new Date(from + (after + lasts) * MINUTE_MS),
          reason: 'WAITING_CUSTOMER',
        }));
        const isStopped = (at: number): boolean => stopped.some((each) => each.from.getTime() <= at && at < (each.to?.getTime() ?? 0));
        let [left, at] = [wanted, from];
        for (; left > 0 && at < from + WEEK_DAYS * 1440 * MINUTE_MS; at += MINUTE_MS) if (isOpen(given, at) && !isStopped(at)) left--;
        fc.pre(left === 0);
        const work = createWorkingTime(given);
        expect(dueAfter(work, new Date(from), stopped, wanted * MINUTE_MS)?.toISOString()).to.equal(new Date(at).toISOString());
        expect(usedTime(work, new Date(from), stopped, new Date(at)) / MINUTE_MS).to.equal(wanted);
      }),
      RUNS,
    );
  });

  it('when an open interval lies in the hour that is repeated, then it counts twice; skipped, not at all', () => {
    const night = createWorkingTime({ timeZone: 'Europe/Rome', weekly: { sunday: [{ start: '02:00', end: '03:00' }] }, exceptions: [] });
    expect(night.between(Date.parse('2026-10-24T12:00Z'), Date.parse('2026-10-25T12:00Z')) / MINUTE_MS).to.equal(120);
    expect(night.between(Date.parse('2026-03-28T12:00Z'), Date.parse('2026-03-29T12:00Z')) / MINUTE_MS).to.equal(0);
  });

  it('when the calendar never opens, then nothing is ever due', () => {
    const never = createWorkingTime({ timeZone: 'UTC', weekly: {}, exceptions: [] });
    expect(never.after(0, MINUTE_MS)).to.equal(undefined);
    expect(never.between(0, 1e10)).to.equal(0);
  });

  describe('working days', () => {
    const nine = [{ start: '09:00', end: '18:00' }];
    const week = { monday: nine, tuesday: nine, wednesday: nine, thursday: nine, friday: nine };
    const rome = createWorkingTime({ timeZone: 'Europe/Rome', weekly: week, exceptions: [{ date: '2026-03-11', intervals: [] }] });
    const saturdays = createWorkingTime({
      timeZone: 'UTC',
      weekly: { ...week, saturday: [{ start: '09:00', end: '12:00' }] },
      exceptions: [],
    });
    for (const [what, work, from, days, due] of [
      ['on a Monday at ten', rome, '2026-03-02T09:00Z', 5, '2026-03-09T09:00:00.000Z'],
      ['at the opening', rome, '2026-03-02T08:00Z', 5, '2026-03-06T17:00:00.000Z'],
      ['in the night before', rome, '2026-03-01T23:00Z', 1, '2026-03-02T17:00:00.000Z'],
      ['on a Sunday', rome, '2026-03-08T12:00Z', 2, '2026-03-10T17:00:00.000Z'],
      ['before a closed day', rome, '2026-03-10T09:00Z', 1, '2026-03-12T09:00:00.000Z'],
      ['before the clocks change', rome, '2026-03-27T09:00Z', 2, '2026-03-31T08:00:00.000Z'],
      ['before a short day', saturdays, '2026-03-06T16:00Z', 1, '2026-03-07T12:00:00.000Z'],
    ] as const)
      it(`when ${days} are counted from a moment ${what}, then until the same time on the last of them`, () => {
        const start = Date.parse(from);
        const end = work.after(start, work.inDays(start, days) ?? NaN);
        expect(new Date(end ?? NaN).toISOString()).to.equal(due);
      });

    it('when days are counted in any calendar, then it equals a walk from open day to open day', () => {
      fc.assert(
        fc.property(calendar, start, fc.integer({ min: 1, max: 5 }), (any, from, days) => {
          const given = { ...any, timeZone: 'Asia/Kathmandu' };
          const last = from + WEEK_DAYS * DAY_MS;
          let first = from;
          while (first < last && !isOpen(given, first)) first += MINUTE_MS;
          // Midnight in Kathmandu is 18:15 UTC.
          const midnight = first - ((first + 5.75 * HOUR_MS) % DAY_MS);
          const opens = (day: number) =>
            Array.from({ length: 288 }, (_, five) => day + five * 5 * MINUTE_MS).some((at) => isOpen(given, at));
          const later = Array.from({ length: WEEK_DAYS }, (_, n) => midnight + (n + 1) * DAY_MS).filter(opens)[days - 1];
          fc.pre(first < last && later !== undefined);
          const expected = createWorkingTime(given).between(from, later + first - midnight);
          expect(createWorkingTime(given).inDays(from, days)).to.equal(expected);
        }),
        RUNS,
      );
    });

    it('when the calendar never opens or is always open, then never, and days of 24 hours', () => {
      expect(createWorkingTime({ timeZone: 'UTC', weekly: {}, exceptions: [] }).inDays(0, 1)).to.equal(undefined);
      expect(alwaysOpen.inDays(0, 2)).to.equal(2 * 24 * 60 * MINUTE_MS);
    });
  });

  it('when a pause lasts, then the due time is open unless it was reached before', () => {
    const pauses: readonly SlaPause[] = [{ from: new Date(10 * MINUTE_MS), reason: 'WAITING_CUSTOMER' }];
    expect(dueAfter(alwaysOpen, new Date(0), pauses, 11 * MINUTE_MS)).to.equal(undefined);
    expect(dueAfter(alwaysOpen, new Date(0), pauses, 10 * MINUTE_MS)?.getTime()).to.equal(10 * MINUTE_MS);
  });

  it('when pauses overlap, then their union is taken off', () => {
    const pause = (from: number, to: number): SlaPause => ({
      from: new Date(from * MINUTE_MS),
      to: new Date(to * MINUTE_MS),
      reason: 'DONE',
    });
    expect(usedTime(alwaysOpen, new Date(0), [pause(10, 30), pause(20, 40)], new Date(60 * MINUTE_MS)) / MINUTE_MS).to.equal(30);
  });
});
