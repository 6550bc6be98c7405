import { WEEKDAYS, type BusinessCalendar, type TimeInterval } from '@riparo/shared/contracts/enums';
import fc from 'fast-check';
import { DateTime } from 'luxon';

/** The plainest possible reading: does the wall clock show an open time in this very minute? */
export const isOpen = ({ timeZone, weekly, exceptions }: BusinessCalendar, at: number): boolean => {
  const local = DateTime.fromMillis(at, { zone: timeZone });
  const exception = exceptions.find(({ date }) => date === local.toISODate());
  const weekday = WEEKDAYS[local.weekday - 1];
  const intervals = exception?.intervals ?? (weekday === undefined ? [] : (weekly[weekday] ?? []));
  const clock = local.toFormat('HH:mm');
  return intervals.some(({ start, end }) => start <= clock && clock < end);
};

const time = fc.integer({ min: 0, max: 24 * 12 }).map((fives) => {
  const [hours, minutes] = [Math.floor(fives / 12), (fives % 12) * 5];
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
});
/** None, one, or two with a break between them. */
export const intervals: fc.Arbitrary<readonly TimeInterval[]> = fc
  .uniqueArray(time, { minLength: 0, maxLength: 4 })
  .map((times) => [...times].sort())
  .map(([a, b, c, d]) => [
    ...(a === undefined || b === undefined ? [] : [{ start: a, end: b }]),
    ...(c === undefined || d === undefined ? [] : [{ start: c, end: d }]),
  ]);

/** Zones with changes of an hour, of half an hour, at midnight, on Sunday evening, none, and an odd distance to UTC. */
export const ZONES = [
  'Europe/Rome',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Asia/Kathmandu',
  'Africa/Cairo',
  'UTC',
];
/** Days around which clocks change somewhere in that list, and an ordinary one. */
export const STARTS = [
  '2026-03-05',
  '2026-03-26',
  '2026-04-03',
  '2026-04-22',
  '2026-09-03',
  '2026-10-02',
  '2026-10-22',
  '2026-10-29',
  '2026-06-10',
];

export const calendar: fc.Arbitrary<BusinessCalendar> = fc.record({
  timeZone: fc.constantFrom(...ZONES),
  weekly: fc.record(Object.fromEntries(WEEKDAYS.map((day) => [day, intervals]))),
  exceptions: fc.array(
    fc.record({ date: fc.integer({ min: 1, max: 28 }).map((day) => `2026-10-${String(day).padStart(2, '0')}`), intervals }),
    {
      maxLength: 3,
    },
  ),
});
