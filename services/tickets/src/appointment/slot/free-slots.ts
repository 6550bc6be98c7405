import { MINUTE_MS } from '@riparo/shared/time/units';
import { intersection, union, without, type Segment, type Span } from '../../kernel/working-time.js';
import { gapsOf, type Gap } from './gaps.js';
import { gridMoments, localDayOf, LONGEST_DAY, spansOfDay, zoneSegments } from '../../kernel/local-days.js';
import type { Diary, SlotRefusal, SlotRules, Travel, WantedSlot } from './slot.js';

/** Local days on which the technician has as many visits as they may have; the one being moved does not count. */
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

/** Wide enough for every local day that the window touches. */
const zoneAround = ({ timeZone }: SlotRules, { from, to }: Span): readonly Segment[] =>
  zoneSegments(timeZone, { from: from - LONGEST_DAY, to: to + LONGEST_DAY });

const fits = ({ from, to }: Span, { earliest, latestEnd, room }: Gap): boolean => from >= earliest && to <= latestEnd && to - from <= room;

/**
 * Why the technician cannot be had at that time, or `undefined` when they can. `diary.open` has to reach over `at`. It
 * agrees with `freeStarts`, which lists all such times of a window.
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
 * Every moment at which the wanted appointment can begin so that it lies in `window`: in order, as half-open spans (a
 * single possible moment is a span of one millisecond).
 */
export const freeStarts = (
  diary: Diary,
  wanted: WantedSlot,
  window: Span,
  rules: SlotRules,
  travel: Travel,
  now: number,
): readonly Span[] => startsInZone(diary, wanted, window, rules, travel, now, zoneAround(rules, window));

/** As `freeStarts`, but only what begins on the grid of the wall clock, each slot with its end. */
export const slotsOf = (diary: Diary, wanted: WantedSlot, window: Span, rules: SlotRules, travel: Travel, now: number): readonly Span[] => {
  const zone = zoneAround(rules, window);
  return startsInZone(diary, wanted, window, rules, travel, now, zone)
    .flatMap((span) => gridMoments(zone, span, rules.stepMinutes))
    .map((from) => ({ from, to: from + wanted.minutes * MINUTE_MS }));
};
