import { DAY_MS, MINUTE_MS } from '@riparo/shared/time/units';
import { IANAZone } from 'luxon';
import { createWorkingTime, segments, type Segment, type Span } from './working-time.js';

/** No local day lasts longer, whatever is done to the clocks. */
export const LONGEST_DAY = 2 * DAY_MS;

/**
 * The zone's distances to UTC over a window, in order. Asking the zone for each moment would cost more than all the rest
 * of the search. Looked at day by day, since clocks may be changed and changed back within weeks.
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

/** Days since 1970-01-01 on the wall calendar; `undefined` for a moment outside the segments. */
export const localDayOf = (zone: readonly Segment[], at: number): number | undefined => {
  const segment = zone.find(({ from, to }) => from <= at && at < to);
  return segment === undefined ? undefined : Math.floor((at + segment.offset) / DAY_MS);
};

const WHOLE_DAY = [{ start: '00:00', end: '24:00' }];

/** When the wall calendar shows that day: not always 24 hours, nor always one piece, where clocks are changed at midnight. */
export const spansOfDay = (timeZone: string, day: number): readonly Span[] => {
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  const calendar = { timeZone, weekly: {}, exceptions: [{ date, intervals: WHOLE_DAY }] };
  return createWorkingTime(calendar).spans((day - 1) * DAY_MS, (day + 2) * DAY_MS);
};

/** The first multiple of `step` after midnight at or after `local`; the next midnight when the day has none left. */
const alignedUp = (local: number, step: number): number => {
  const midnight = Math.floor(local / DAY_MS) * DAY_MS;
  return Math.min(midnight + Math.ceil((local - midnight) / step) * step, midnight + DAY_MS);
};

/** The moments inside `span` at which the wall clock reads a multiple of `stepMinutes` since midnight. */
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
