import { APPOINTMENT_TYPES, WEEKDAYS, type BusinessCalendar } from '@riparo/shared/contracts/enums';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { createWorkingTime, type Span } from '../../../src/kernel/working-time.js';
import type { Diary, Site, SlotRules, Travel, Booking, WantedSlot } from '../../../src/appointment/slot/slot.js';
import { calendar, isOpen, STARTS } from '../../kernel/calendars.js';

export const MINUTE = 60_000;

/** One technician, one wish: everything the engine is given. */
export interface Case {
  readonly calendar: BusinessCalendar;
  readonly diary: Diary;
  readonly wanted: WantedSlot;
  readonly window: Span;
  readonly rules: SlotRules;
  readonly now: number;
  readonly minutesBetween: readonly (readonly number[])[];
}

const PLACES = 4;
const place: fc.Arbitrary<Site | undefined> = fc.option(
  fc.integer({ min: 0, max: PLACES - 1 }).map((key) => ({ key: String(key) })),
  { nil: undefined, freq: 8 },
);
/** Those that have to be travelled to more often than the others. */
const type = fc.constantFrom('ONSITE_VISIT' as const, ...APPOINTMENT_TYPES);

/** From a table that goes one way differently than the other, and longer round than direct, as real ones do. */
export const travelOf =
  ({ minutesBetween }: Pick<Case, 'minutesBetween'>): Travel =>
  (from, to) =>
    minutesBetween[Number(from.key)]?.[Number(to.key)] ?? 0;

interface Booked {
  readonly pause: number;
  readonly minutes: number;
  readonly type: Booking['type'];
  readonly place?: Site;
}
const booked: fc.Arbitrary<Booked> = fc.record({
  // Also without any pause, and a whole night.
  pause: fc.oneof(fc.integer({ min: 0, max: 120 }), fc.constantFrom(0, 30, 90, 700)),
  minutes: fc.integer({ min: 1, max: 90 }),
  type,
  place,
});

const laidOut = (from: number, all: readonly Booked[]): readonly Booking[] => {
  let at = from;
  return all.map(({ pause, minutes, type, place }, index) => {
    const start = at + pause * MINUTE;
    at = start + minutes * MINUTE;
    return { id: String(index), from: start, to: at, type, ...(place === undefined ? {} : { place }) };
  });
};

const WHOLE = [{ start: '00:00', end: '24:00' }];
const roundTheClock = (given: BusinessCalendar): BusinessCalendar => ({
  ...given,
  weekly: Object.fromEntries(WEEKDAYS.map((day) => [day, WHOLE])),
});

interface Given {
  readonly calendar: BusinessCalendar;
  readonly from: number;
  readonly length: number;
  readonly booked: readonly Booked[];
  readonly type: Booking['type'];
  readonly minutes: number;
  readonly place: Site | undefined;
  readonly moving: number | undefined;
  readonly rules: Omit<SlotRules, 'timeZone'>;
  readonly nowOffset: number;
  readonly minutesBetween: readonly (readonly number[])[];
}

const table = fc.array(fc.array(fc.integer({ min: 0, max: 150 }), { minLength: PLACES, maxLength: PLACES }), {
  minLength: PLACES,
  maxLength: PLACES,
});
const given: fc.Arbitrary<Given> = fc.record({
  calendar: fc.oneof(calendar, calendar.map(roundTheClock)),
  from: fc
    .tuple(fc.constantFrom(...STARTS), fc.integer({ min: 0, max: 3 * 1440 }))
    .map(([day, minutes]) => Date.parse(day) + minutes * MINUTE),
  length: fc.integer({ min: 0, max: 2 * 1440 }),
  booked: fc.array(booked, { maxLength: 12 }),
  type,
  minutes: fc.oneof(fc.integer({ min: 1, max: 120 }), fc.constantFrom(240, 900, 3000)),
  place,
  moving: fc.option(fc.integer({ min: 0, max: 11 }), { nil: undefined }),
  rules: fc.record({
    bufferMinutes: fc.constantFrom(0, 10, 30),
    noticeMinutes: fc.constantFrom(0, 60, 1440),
    dailyCap: fc.integer({ min: 0, max: 5 }),
    stepMinutes: fc.constantFrom(5, 15, 30, 60, 7),
  }),
  nowOffset: fc.integer({ min: -3000, max: 1000 }),
  minutesBetween: table,
});

const assemble = ({ calendar, from, length, booked, type, minutes, place, moving, rules, nowOffset, minutesBetween }: Given): Case => ({
  calendar,
  diary: {
    technicianId: 'elena',
    open: createWorkingTime(calendar).spans(from, from + length * MINUTE),
    bookings: laidOut(from - 600 * MINUTE, booked).toReversed(),
  },
  wanted: {
    type,
    minutes,
    ...(place === undefined ? {} : { place }),
    ...(moving === undefined ? {} : { movingId: String(moving) }),
  },
  window: { from, to: from + length * MINUTE },
  rules: { timeZone: calendar.timeZone, ...rules },
  now: from + nowOffset * MINUTE,
  minutesBetween: minutesBetween.map((row, i) => row.map((each, j) => (i === j ? 0 : each))),
});

export const slotCase: fc.Arbitrary<Case> = given.map(assemble);

/** Only the ways between many short visits stand in the way of anything here. */
export const crowdedCase: fc.Arbitrary<Case> = fc.tuple(given, fc.integer({ min: 1, max: 30 })).map(([rest, minutes]) =>
  assemble({
    ...rest,
    calendar: roundTheClock({ ...rest.calendar, exceptions: [] }),
    length: 1440,
    booked: rest.booked.map((each) => ({ ...each, pause: each.pause % 200, minutes: (each.minutes % 20) + 1 })),
    minutes,
    rules: { bufferMinutes: 0, noticeMinutes: 0, dailyCap: 0, stepMinutes: 15 },
    nowOffset: -3000,
  }),
);

/** Minute by minute, and as slowly as can be: the engine's judge. */
export const createOracle = (given: Case) => {
  const { diary, wanted, window, rules, now } = given;
  const travel = travelOf(given);
  const length = wanted.minutes * MINUTE;
  const others = diary.bookings.filter(({ id }) => id !== wanted.movingId);
  const openMinutes = new Set<number>();
  for (let at = window.from; at < window.to; at += MINUTE) if (isOpen(given.calendar, at)) openMinutes.add(at);
  const local = (at: number) => DateTime.fromMillis(at, { zone: rules.timeZone });
  const buffer = (type: Booking['type']): number => (type === 'ONSITE_VISIT' ? rules.bufferMinutes * MINUTE : 0);

  const isOpenFor = (from: number): boolean => {
    for (let at = from; at < from + length; at += MINUTE) if (!openMinutes.has(at)) return false;
    return true;
  };
  const keepsBuffers = (from: number): boolean =>
    others.every((visit) => {
      const apart = buffer(visit.type) + buffer(wanted.type);
      return visit.to + apart <= from || from + length + apart <= visit.from;
    });
  /** Walks through the day: wherever the wanted visit is one end of a way, or lies within one, there is time for it. */
  const keepsTravel = (from: number): boolean => {
    const { type, place: there } = wanted;
    const mine: Booking = { id: 'mine', from, to: from + length, type, ...(there === undefined ? {} : { place: there }) };
    const day: Booking[] = [...others, mine].sort((a, b) => a.from - b.from);
    const sites = day.filter(({ type }) => type === 'ONSITE_VISIT');
    return sites.slice(1).every((next, index) => {
      const previous = sites[index] as Booking;
      const between = day.filter((visit) => visit.from >= previous.to && visit.to <= next.from && visit !== previous && visit !== next);
      if (![previous, next, ...between].includes(mine)) return true;
      const busy = between.reduce((sum, visit) => sum + visit.to - visit.from, 0);
      const [here, there] = [previous.place, next.place];
      const way = here === undefined || there === undefined || here.key === there.key ? 0 : travel(here, there) * MINUTE;
      return next.from - previous.to - busy >= way;
    });
  };
  const isFullOn = (from: number): boolean => {
    const date = local(from).toISODate();
    return rules.dailyCap > 0 && others.filter((visit) => local(visit.from).toISODate() === date).length >= rules.dailyCap;
  };
  const canBegin = (from: number): boolean =>
    from >= window.from &&
    from + length <= window.to &&
    from >= now + rules.noticeMinutes * MINUTE &&
    isOpenFor(from) &&
    keepsBuffers(from) &&
    keepsTravel(from) &&
    !isFullOn(from);
  const isOnGrid = (from: number): boolean => {
    const { hour, minute } = local(from);
    return (hour * 60 + minute) % rules.stepMinutes === 0;
  };
  const minutes: number[] = [];
  for (let at = window.from; at < window.to; at += MINUTE) minutes.push(at);
  return { minutes, canBegin, isOnGrid };
};
