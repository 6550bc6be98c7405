import { expect } from 'chai';
import fc from 'fast-check';
import { createWorkingTime, lengthOf, union, without } from '../../../src/kernel/working-time.js';
import { freeStarts, refusalOf, slotsOf } from '../../../src/appointment/slot/free-slots.js';
import { calendar } from '../../kernel/calendars.js';
import { createOracle, crowdedCase, MINUTE, slotCase, travelOf, type Case } from './slot.arbitrary.js';

const RUNS = { numRuns: 60 };
const inputs = (given: Case) => [given.rules, travelOf(given), given.now] as const;
const isoOf = (at: number): string => new Date(at).toISOString();

describe('free slots', () => {
  it('when slots are listed, then they are what a search minute by minute finds, and no other', () => {
    let offered = 0;
    fc.assert(
      fc.property(fc.oneof(slotCase, crowdedCase), (given) => {
        const oracle = createOracle(given);
        const expected = oracle.minutes.filter(oracle.canBegin);
        const spans = freeStarts(given.diary, given.wanted, given.window, ...inputs(given));
        const found = oracle.minutes.filter((at) => spans.some(({ from, to }) => from <= at && at < to));
        expect(found.map(isoOf)).to.deep.equal(expected.map(isoOf));
        const slots = slotsOf(given.diary, given.wanted, given.window, ...inputs(given));
        expect(slots.map(({ from }) => isoOf(from))).to.deep.equal(expected.filter(oracle.isOnGrid).map(isoOf));
        for (const { from, to } of slots) expect(to - from).to.equal(given.wanted.minutes * MINUTE);
        offered += slots.length;
      }),
      RUNS,
    );
    // A search that never finds anything would agree just as well.
    expect(offered).to.be.greaterThan(200);
  });

  it('when a time is free, then it is not refused, and otherwise it is', () => {
    const reasons = new Set<string | undefined>();
    const ALL = [undefined, 'OUTSIDE_HOURS', 'TOO_SOON', 'TAKEN', 'DAY_FULL', 'NO_TIME_TO_TRAVEL'];
    // Some are rare among random cases: as many rounds as it takes to have seen each, and ten at most.
    for (let round = 0; round < 10 && reasons.size < ALL.length; round++)
      fc.assert(
        fc.property(slotCase, fc.integer({ min: 0, max: 10 }), (given, offset) => {
          const spans = freeStarts(given.diary, given.wanted, given.window, ...inputs(given));
          for (let from = given.window.from + offset * MINUTE; from < given.window.to; from += 11 * MINUTE) {
            const at = { from, to: from + given.wanted.minutes * MINUTE };
            const refusal = refusalOf(given.diary, given.wanted, at, ...inputs(given));
            expect(refusal === undefined, refusal).to.equal(spans.some((span) => span.from <= from && from < span.to));
            reasons.add(refusal);
          }
        }),
        RUNS,
      );
    expect([...reasons]).to.have.members(ALL);
  });

  it('when free and booked time are put together, then they are the open time', () => {
    fc.assert(
      fc.property(slotCase, (given) => {
        const wanted = { type: 'REMOTE_SESSION', minutes: 1 } as const;
        const rules = { ...given.rules, bufferMinutes: 0, dailyCap: 0, noticeMinutes: 0 };
        const visits = given.diary.bookings.map(({ id, from, to }) => ({ id, from, to, type: 'REMOTE_SESSION' as const }));
        const free = freeStarts({ ...given.diary, bookings: visits }, wanted, given.window, rules, () => 0, given.window.from);
        const freeTime = union(free.map(({ from, to }) => ({ from, to: to - 1 + MINUTE })));
        expect(freeTime).to.deep.equal(without(union(given.diary.open), union(visits)));
        const openAndBooked = lengthOf(given.diary.open) - lengthOf(without(given.diary.open, union(visits)));
        expect(lengthOf(freeTime) + openAndBooked).to.equal(lengthOf(given.diary.open));
      }),
      RUNS,
    );
  });

  it('when slots are booked one after the other, then none collides', () => {
    fc.assert(
      fc.property(slotCase, (given) => {
        let diary = given.diary;
        for (let id = 100; id < 120; id++) {
          const [first] = slotsOf(diary, given.wanted, given.window, ...inputs(given));
          if (first === undefined) break;
          expect(
            diary.bookings.some((visit) => visit.id !== given.wanted.movingId && visit.from < first.to && first.from < visit.to),
          ).to.equal(false);
          const { type, place } = given.wanted;
          diary = {
            ...diary,
            bookings: [...diary.bookings, { id: String(id), ...first, type, ...(place === undefined ? {} : { place }) }],
          };
        }
      }),
      RUNS,
    );
  });

  it('when every day is open from 00:00 to 24:00, then a slot may lie across midnight', () => {
    fc.assert(
      fc.property(calendar, fc.constantFrom('2026-03-28', '2026-10-24'), ({ timeZone }, day) => {
        const whole = [{ start: '00:00', end: '24:00' }];
        const weekly = { monday: whole, tuesday: whole, wednesday: whole, thursday: whole, friday: whole, saturday: whole, sunday: whole };
        const from = Date.parse(day);
        const window = { from, to: from + 48 * 60 * MINUTE };
        const open = createWorkingTime({ timeZone, weekly, exceptions: [] }).spans(window.from, window.to);
        const rules = { timeZone, bufferMinutes: 30, noticeMinutes: 0, dailyCap: 0, stepMinutes: 60 };
        const wanted = { type: 'REMOTE_SESSION', minutes: 47 * 60 } as const;
        expect(slotsOf({ technicianId: 'elena', open, bookings: [] }, wanted, window, rules, () => 0, 0)).to.have.length.within(1, 2);
      }),
      { numRuns: 20 },
    );
  });
});
