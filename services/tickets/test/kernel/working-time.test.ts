import { MINUTE_MS } from '@riparo/shared/time/units';
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
