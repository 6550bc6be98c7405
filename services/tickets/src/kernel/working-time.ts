import type { BusinessCalendar, TimeInterval } from '@riparo/shared/contracts/enums';
import { WEEKDAYS } from '@riparo/shared/contracts/enums';
import { DAY_MS, MINUTE_MS } from '@riparo/shared/time/units';
import { IANAZone } from 'luxon';

/** Half-open: `[from, to)`, milliseconds since 1970. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * When work is done. All tickets of a tenant share one until its calendar changes.
 *
 * Monday to Friday, 09:00–13:00 and 14:00–18:00; from Friday 12:00 to Monday 10:00.
 * - `spans`: Friday 12:00–13:00 and 14:00–18:00, Monday 09:00–10:00.
 * - `between`: 6 hours.
 * - `after` Friday 17:00 with 4 hours: Monday 12:00. One hour is on Friday, three are on Monday.
 * - `inDays` from Friday 12:00 with 2 days: 16 hours, which end on Tuesday at 12:00.
 */
export interface WorkingTime {
  /** Open spans inside `[from, to)`, in order; they do not touch each other. */
  spans(from: number, to: number): readonly Span[];
  /** Milliseconds of work inside `[from, to)`. */
  between(from: number, to: number): number;
  /**
   * The first moment at which `ms` of work have passed since `from`; `undefined` when the calendar has too few open hours
   * in the next 800 days.
   */
  after(from: number, ms: number): number | undefined;
  /**
   * Milliseconds of work in so many working days: until the same time of the wall clock on the last of the next `days` days
   * that are open. Before the opening, the first day counts from its opening. `undefined` as for `after`.
   */
  inDays(from: number, days: number): number | undefined;
}

/** Days that `after` looks ahead. A calendar that is closed for so long is treated as never open. */
const HORIZON_DAYS = 800;
/** Days that are remembered for one calendar. When there are more, the memory is emptied and days are computed again. */
const MAX_CACHED_DAYS = 4_000;

/** Minutes since midnight. */
const minutesOf = (wallClock: string): number => {
  const [hours = 0, minutes = 0] = wallClock.split(':').map(Number);
  return hours * 60 + minutes;
};

/** Joins spans that touch or overlap: 9–11, 10–12, 12–13 and 15–16 become 9–13 and 15–16. */
export const union = (spans: readonly Span[]): readonly Span[] => {
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (to <= from) continue;
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
};

/** Time that is in both lists: 9–18 and 14–20 share 14–18. Each list is in order and without overlaps. */
export const intersection = (left: readonly Span[], right: readonly Span[]): readonly Span[] => {
  const both: Span[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [a, b] = [left[i], right[j]];
    if (a === undefined || b === undefined) return both;
    const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)];
    if (from < to) both.push({ from, to });
    if (a.to < b.to) i++;
    else j++;
  }
};

/** Time that is in `left` and not in `right`: 9–18 without 13–14 leaves 9–13 and 14–18. Each list is in order and without overlaps. */
export const without = (left: readonly Span[], right: readonly Span[]): readonly Span[] => {
  if (right.length === 0) return left;
  const ends = [-Infinity, ...right.map(({ to }) => to)];
  const between = ends.map((from, index) => ({ from, to: right[index]?.from ?? Infinity }));
  return intersection(left, between);
};

export const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, { from, to }) => sum + to - from, 0);

/** A stretch of time in which the zone's offset to UTC (ms) does not change. */
export interface Segment extends Span {
  readonly offset: number;
}

/** Cuts `[from, to)`, a day or two, at the moments when the zone's clocks change. Bisection finds such a moment to the minute. */
export const segments = (zone: IANAZone, from: number, to: number): readonly Segment[] => {
  const offset = zone.offset(from) * MINUTE_MS;
  if (zone.offset(to) * MINUTE_MS === offset) return [{ from, to, offset }];
  let [low, high] = [from, to];
  while (high - low > MINUTE_MS) {
    const middle = Math.floor((low + high) / 2 / MINUTE_MS) * MINUTE_MS;
    if (zone.offset(middle) * MINUTE_MS === offset) low = middle;
    else high = middle;
  }
  return [{ from, to: high, offset }, ...segments(zone, high, to)];
};

const intervalsOn = (calendar: BusinessCalendar, day: number): readonly TimeInterval[] => {
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  const exception = calendar.exceptions.find((candidate) => candidate.date === date);
  // 1970-01-01 was a Thursday.
  const weekday = WEEKDAYS[(((day + 3) % 7) + 7) % 7];
  return exception?.intervals ?? (weekday === undefined ? undefined : calendar.weekly[weekday]) ?? [];
};

/**
 * The moments of one local day at which the wall clock shows a time inside an interval. An hour that the clocks repeat
 * counts twice, and an hour that they skip does not count: exactly the result of counting minute by minute.
 *
 * Rome, open 00:00–06:00: 6 hours on a usual Sunday, 5 on 2026-03-29, 7 on 2026-10-25.
 */
const openOn = (calendar: BusinessCalendar, zone: IANAZone, day: number): readonly Span[] => {
  const midnight = day * DAY_MS;
  const intervals = intervalsOn(calendar, day);
  if (intervals.length === 0) return [];
  const open = segments(zone, midnight - 15 * 60 * MINUTE_MS, midnight + DAY_MS + 15 * 60 * MINUTE_MS).flatMap((segment) =>
    intervals.map(({ start, end }) => ({
      from: Math.max(segment.from, midnight + minutesOf(start) * MINUTE_MS - segment.offset),
      to: Math.min(segment.to, midnight + minutesOf(end) * MINUTE_MS - segment.offset),
    })),
  );
  return union(open);
};

/** Working time by a business calendar, in the calendar's own time zone. */
export const createWorkingTime = (calendar: BusinessCalendar): WorkingTime => {
  const zone = IANAZone.create(calendar.timeZone);
  const cache = new Map<number, readonly Span[]>();
  const dayOf = (at: number): number => Math.floor((at + zone.offset(at) * MINUTE_MS) / DAY_MS);
  const openOnDay = (day: number): readonly Span[] => {
    const known = cache.get(day);
    if (known !== undefined) return known;
    if (cache.size >= MAX_CACHED_DAYS) cache.clear();
    const spans = openOn(calendar, zone, day);
    cache.set(day, spans);
    return spans;
  };

  const spans = (from: number, to: number): readonly Span[] => {
    const found: Span[] = [];
    // Around a change of clocks a local day can reach into its neighbours by the time that the clocks are moved, so the
    // days on both sides are added.
    for (let day = dayOf(from) - 1; day <= dayOf(to) + 1; day++) found.push(...openOnDay(day));
    return intersection(union(found), [{ from, to }]);
  };

  const after = (from: number, ms: number): number | undefined => {
    if (ms <= 0) return from;
    let left = ms;
    let position = from;
    const first = dayOf(from) - 1;
    for (let day = first; day < first + HORIZON_DAYS; day++) {
      for (const span of openOnDay(day)) {
        const start = Math.max(span.from, position);
        if (start >= span.to) continue;
        if (span.to - start >= left) return start + left;
        left -= span.to - start;
        position = span.to;
      }
    }
    return undefined;
  };

  const between = (from: number, to: number): number => (to <= from ? 0 : lengthOf(spans(from, to)));

  const inDays = (from: number, days: number): number | undefined => {
    const firstWork = after(from, 1);
    if (firstWork === undefined) return undefined;
    const start = firstWork - 1;
    const first = dayOf(start);
    let left = days;
    for (let day = first + 1; day < first + HORIZON_DAYS; day++) {
      if (openOnDay(day).length > 0) left--;
      if (left > 0) continue;
      const later = start + (day - first) * DAY_MS;
      // The clocks may have changed in between, and the wall clock must show the same time.
      return between(from, later + (zone.offset(start) - zone.offset(later)) * MINUTE_MS);
    }
    return undefined;
  };

  return { spans, after, between, inDays };
};

/** Working time of plans that promise service round the clock. */
export const alwaysOpen: WorkingTime = {
  spans: (from, to) => (from < to ? [{ from, to }] : []),
  between: (from, to) => Math.max(0, to - from),
  after: (from, ms) => from + Math.max(0, ms),
  inDays: (_from, days) => days * DAY_MS,
};
