import { MINUTE_MS } from '@riparo/shared/time/units';
import type { Span } from '../../kernel/working-time.js';
import type { Diary, Site, SlotRules, Travel, Booking, WantedSlot } from './slot.js';

/** A stretch in which nothing is booked, open-ended before the first visit and after the last. */
export interface Gap extends Span {
  /** The wanted appointment begins here at the earliest … */
  readonly earliest: number;
  /** … and has ended here, so that the next visit is reached in time. */
  readonly latestEnd: number;
  /** It may take this long at most: it must leave the time for the way between the visits around it. */
  readonly room: number;
}

/** What has been passed on the way through the day, seen from one of its gaps. */
interface Side {
  /** The nearest on-site visit in this direction. */
  readonly site?: Booking;
  /** Time booked between that visit and the gap, which is not there for travelling. */
  readonly busy: number;
  /** The gap's edge, and what has to be kept free of it for the buffers of earlier (later) visits. */
  readonly edge: number;
  readonly clear: number;
}

const bufferOf = ({ type }: Pick<Booking, 'type'>, { bufferMinutes }: SlotRules): number =>
  type === 'ONSITE_VISIT' ? bufferMinutes * MINUTE_MS : 0;

const travelTime = (travel: Travel, from: Site | undefined, to: Site | undefined): number =>
  from === undefined || to === undefined || from.key === to.key ? 0 : travel(from, to) * MINUTE_MS;

/** Sides as seen from left to right: the first is that of the gap before every visit. */
const sidesAfter = (visits: readonly Booking[], rules: SlotRules): readonly Side[] => {
  const sides: Side[] = [{ busy: 0, edge: -Infinity, clear: -Infinity }];
  for (const visit of visits) {
    const last = sides[sides.length - 1] as Side;
    const edge = Math.max(last.edge, visit.to);
    const clear = Math.max(last.clear, visit.to + bufferOf(visit, rules));
    // Visits that overlap (which no booking makes) are counted once.
    const busy = last.busy + Math.max(0, visit.to - Math.max(visit.from, last.edge));
    const isLastSite = visit.type === 'ONSITE_VISIT' && visit.to >= (last.site?.to ?? -Infinity);
    sides.push(isLastSite ? { site: visit, busy: edge - visit.to, edge, clear } : { ...last, busy, edge, clear });
  }
  return sides;
};

/** The same day read backwards, so that both directions share one rule. */
const mirrored = (visits: readonly Booking[]): readonly Booking[] =>
  visits.map((visit) => ({ ...visit, from: -visit.to, to: -visit.from })).sort((a, b) => a.from - b.from || a.to - b.to);

const gapBetween = (before: Side, after: Side, wanted: WantedSlot, rules: SlotRules, travel: Travel): Gap => {
  const buffer = bufferOf(wanted, rules);
  const [from, to] = [before.edge, -after.edge];
  let [earliest, latestEnd, room] = [Math.max(from, before.clear + buffer), Math.min(to, -after.clear - buffer), Infinity];
  const [previous, next] = [before.site, after.site];
  if (wanted.type === 'ONSITE_VISIT') {
    if (previous !== undefined) earliest = Math.max(earliest, previous.to + before.busy + travelTime(travel, previous.place, wanted.place));
    if (next !== undefined) latestEnd = Math.min(latestEnd, -next.to - after.busy - travelTime(travel, wanted.place, next.place));
  } else if (previous !== undefined && next !== undefined) {
    room = -next.to - previous.to - before.busy - after.busy - travelTime(travel, previous.place, next.place);
  }
  return { from, to, earliest, latestEnd, room };
};

/** The gaps between what is booked, in order, each with what the wanted appointment may use of it. */
export const gapsOf = ({ bookings: visits }: Diary, wanted: WantedSlot, rules: SlotRules, travel: Travel): readonly Gap[] => {
  const others = visits.filter(({ id, from, to }) => id !== wanted.movingId && from < to);
  const forwards = [...others].sort((a, b) => a.from - b.from || a.to - b.to);
  const before = sidesAfter(forwards, rules);
  const after = sidesAfter(mirrored(others), rules);
  const gaps: Gap[] = [];
  // Gap k lies behind the first k visits and before the others; those that overlap have none between them.
  for (let k = 0; k <= others.length; k++) {
    const [left, right] = [before[k], after[others.length - k]];
    if (left !== undefined && right !== undefined && left.edge < -right.edge) gaps.push(gapBetween(left, right, wanted, rules, travel));
  }
  return gaps;
};
