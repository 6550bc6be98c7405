import { MINUTE_MS } from '@riparo/shared/time/units';
import { intersection, union, without, type Segment, type Span } from '../../kernel/working-time.js';
import { gapsOf, type Gap } from './gaps.js';
import { gridMoments, localDayOf, LONGEST_DAY, spansOfDay, zoneSegments } from '../../kernel/local-days.js';
import type { Diary, SlotRefusal, SlotRules, Travel, WantedSlot } from './slot.js';

/**
 * Local days on which the technician already has as many appointments as `dailyCap` allows. The appointment that is
 * being moved does not count.
 */
const fullDays = (
  { bookings: visits }: Diary,
  { movingId }: WantedSlot,
  { dailyCap }: SlotRules,
  zone: readonly Segment[],
): readonly number[] => {
  const counts = new Map<number, number>();
  for (const { id, from } of dailyCap > 0 ? visits : []) {
    if (id === movingId) continue;
    const day = localDayOf(zone, from);
    if (day !== undefined) counts.set(day, (counts.get(day) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count >= dailyCap).map(([day]) => day);
};

/** The window and a day on either side, so that every local day that the window touches is covered. */
const zoneAround = ({ timeZone }: SlotRules, { from, to }: Span): readonly Segment[] =>
  zoneSegments(timeZone, { from: from - LONGEST_DAY, to: to + LONGEST_DAY });

const fits = ({ from, to }: Span, { earliest, latestEnd, room }: Gap): boolean => from >= earliest && to <= latestEnd && to - from <= room;

/**
 * Why the technician cannot come at that time, or `undefined` when the technician can. `diary.open` must cover `at`.
 * The answer always agrees with `freeStarts`, which lists all free times of a window.
 *
 * A visit at 10:00–11:00, 30 minutes of buffer, another site wanted for an hour: 10:30 is TAKEN, 11:30 is
 * NO_TIME_TO_TRAVEL (both buffers make an hour), 12:00 is free.
 */
export const refusalOf = (
  diary: Diary,
  wanted: WantedSlot,
  at: Span,
  rules: SlotRules,
  travel: Travel,
  now: number,
): SlotRefusal | undefined => {
  const covers = ({ from, to }: Span): boolean => from <= at.from && at.to <= to;
  if (!(at.from < at.to) || !union(diary.open).some(covers)) return 'OUTSIDE_HOURS';
  if (at.from < now + rules.noticeMinutes * MINUTE_MS) return 'TOO_SOON';
  const gap = gapsOf(diary, wanted, rules, travel).find(covers);
  if (gap === undefined) return 'TAKEN';
  const zone = zoneAround(rules, at);
  const day = localDayOf(zone, at.from);
  if (fullDays(diary, wanted, rules, zone).some((full) => full === day)) return 'DAY_FULL';
  return fits(at, gap) ? undefined : 'NO_TIME_TO_TRAVEL';
};

const startsInZone = (
  diary: Diary,
  wanted: WantedSlot,
  window: Span,
  rules: SlotRules,
  travel: Travel,
  now: number,
  zone: readonly Segment[],
): readonly Span[] => {
  const length = wanted.minutes * MINUTE_MS;
  const starts = (spans: readonly Span[]): readonly Span[] =>
    spans.map(({ from, to }) => ({ from, to: to - length + 1 })).filter(({ from, to }) => from < to);
  const from = Math.max(window.from, now + rules.noticeMinutes * MINUTE_MS);
  const asked = intersection(starts(union(diary.open)), starts([{ from, to: window.to }]));
  if (!(length > 0) || asked.length === 0) return [];
  const usable = gapsOf(diary, wanted, rules, travel)
    .filter(({ room }) => length <= room)
    .map(({ earliest, latestEnd }) => ({ from: earliest, to: latestEnd }));
  const full = fullDays(diary, wanted, rules, zone).flatMap((day) => spansOfDay(rules.timeZone, day));
  return without(intersection(asked, starts(usable)), union(full));
};

/**
 * All moments at which the wanted appointment can begin so that it ends within `window`, in order, as half-open spans.
 * A span of one millisecond is a single possible moment. Open 09:05–12:00, 60 minutes: it can begin from 09:05 to
 * 11:00.
 */
export const freeStarts = (
  diary: Diary,
  wanted: WantedSlot,
  window: Span,
  rules: SlotRules,
  travel: Travel,
  now: number,
): readonly Span[] => startsInZone(diary, wanted, window, rules, travel, now, zoneAround(rules, window));

/**
 * Like `freeStarts`, but only starts on the grid of the wall clock, each with its end. Open 09:05–12:00, 60 minutes, a
 * grid of 15: eight slots, at 09:15, 09:30 … 11:00.
 */
export const slotsOf = (diary: Diary, wanted: WantedSlot, window: Span, rules: SlotRules, travel: Travel, now: number): readonly Span[] => {
  const zone = zoneAround(rules, window);
  return startsInZone(diary, wanted, window, rules, travel, now, zone)
    .flatMap((span) => gridMoments(zone, span, rules.stepMinutes))
    .map((from) => ({ from, to: from + wanted.minutes * MINUTE_MS }));
};
