import { DAY_MS, MINUTE_MS } from '@riparo/shared/time/units';
import { IANAZone } from 'luxon';
import { createWorkingTime, segments, type Segment, type Span } from './working-time.js';

/** Longer than any local day, whatever happens to the clocks. */
export const LONGEST_DAY = 2 * DAY_MS;

/**
 * The zone's offsets to UTC over a window, in order. To ask the zone for each moment would cost more than the rest of
 * the search. The window is cut day by day, because clocks can be changed and changed back within weeks.
 *
 * Rome, night of 25 October 2026: +2 h until 03:00 (01:00 UTC), then +1 h.
 */
export const zoneSegments = (timeZone: string, { from, to }: Span): readonly Segment[] => {
  const zone = IANAZone.create(timeZone);
  const found: Segment[] = [];
  for (let at = from; at < to; at += DAY_MS)
    for (const next of segments(zone, at, Math.min(to, at + DAY_MS))) {
      const last = found.at(-1);
      if (last?.offset === next.offset) found[found.length - 1] = { ...last, to: next.to };
      else found.push(next);
    }
  return found;
};

/** The local day of a moment, as days since 1970-01-01; `undefined` outside the segments. */
export const localDayOf = (zone: readonly Segment[], at: number): number | undefined => {
  const segment = zone.find(({ from, to }) => from <= at && at < to);
  return segment === undefined ? undefined : Math.floor((at + segment.offset) / DAY_MS);
};

const WHOLE_DAY = [{ start: '00:00', end: '24:00' }];

/**
 * The spans in which the wall calendar shows that day. In Rome 2026-03-29 has 23 hours and 2026-10-25 has 25. Where
 * clocks are changed around midnight, a day can also have two spans.
 */
export const spansOfDay = (timeZone: string, day: number): readonly Span[] => {
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  const calendar = { timeZone, weekly: {}, exceptions: [{ date, intervals: WHOLE_DAY }] };
  return createWorkingTime(calendar).spans((day - 1) * DAY_MS, (day + 2) * DAY_MS);
};

/**
 * The first multiple of `step` since midnight, at or after `local`; the next midnight when no multiple is left in the
 * day. With 50 minutes: 22:30, 23:20, then 00:00 and 00:50.
 */
const alignedUp = (local: number, step: number): number => {
  const midnight = Math.floor(local / DAY_MS) * DAY_MS;
  return Math.min(midnight + Math.ceil((local - midnight) / step) * step, midnight + DAY_MS);
};

/**
 * The moments inside `span` at which the wall clock shows a multiple of `stepMinutes` since midnight. Rome with 30
 * minutes: on 2026-03-29 01:30 is followed by 03:00; on 2026-10-25 02:00 and 02:30 come twice.
 */
export const gridMoments = (zone: readonly Segment[], span: Span, stepMinutes: number): readonly number[] => {
  const step = stepMinutes * MINUTE_MS;
  const moments: number[] = [];
  for (const { from, to, offset } of zone) {
    const end = Math.min(to, span.to);
    let at = alignedUp(Math.max(from, span.from) + offset, step) - offset;
    for (; at < end; at = alignedUp(at + offset + 1, step) - offset) moments.push(at);
  }
  return moments;
};
