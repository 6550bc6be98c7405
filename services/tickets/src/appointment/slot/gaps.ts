import { MINUTE_MS } from '@riparo/shared/time/units';
import type { Span } from '../../kernel/working-time.js';
import type { Diary, Site, SlotRules, Travel, Booking, WantedSlot } from './slot.js';

/**
 * A stretch without bookings. It is open-ended before the first booking and after the last.
 *
 * Visits at 10:00–11:00 and 14:00–15:00, 30 minutes of buffer; the gap is 11:00–14:00.
 * - A visit at another site, 20 minutes away from both: `earliest` 12:00 and `latestEnd` 13:00, because two buffers (an
 *   hour) are longer than the journey.
 * - The same with journeys of 75 minutes: `earliest` 12:15, `latestEnd` 12:45. An hour does not fit.
 * - A remote session: `earliest` 11:30, `latestEnd` 13:30, one buffer on each side. With 150 minutes from the first
 *   visit to the second, `room` is 30 minutes.
 */
export interface Gap extends Span {
  /** Earliest start of the wanted appointment. */
  readonly earliest: number;
  /** Latest end of the wanted appointment: the next visit can then be reached in time. */
  readonly latestEnd: number;
  /** Longest possible length in ms: the rest of the gap must be enough for the journey between the visits around it. */
  readonly room: number;
}

/** The bookings on one side of a gap, summed up. */
interface Side {
  /** The nearest on-site visit on this side. */
  readonly site?: Booking;
  /** Time of other bookings between that visit and the gap. It cannot be used for the journey. */
  readonly busy: number;
  /** `edge` is the gap's border. `clear` is the border plus the buffers of the visits on this side. */
  readonly edge: number;
  readonly clear: number;
}

const bufferOf = ({ type }: Pick<Booking, 'type'>, { bufferMinutes }: SlotRules): number =>
  type === 'ONSITE_VISIT' ? bufferMinutes * MINUTE_MS : 0;

const travelTime = (travel: Travel, from: Site | undefined, to: Site | undefined): number =>
  from === undefined || to === undefined || from.key === to.key ? 0 : travel(from, to) * MINUTE_MS;

/** The left sides of all gaps, in order. The first one is left of all bookings. */
const sidesAfter = (visits: readonly Booking[], rules: SlotRules): readonly Side[] => {
  const sides: Side[] = [{ busy: 0, edge: -Infinity, clear: -Infinity }];
  for (const visit of visits) {
    const last = sides[sides.length - 1] as Side;
    const edge = Math.max(last.edge, visit.to);
    const clear = Math.max(last.clear, visit.to + bufferOf(visit, rules));
    // Overlapping bookings (which Riparo never makes) count once.
    const busy = last.busy + Math.max(0, visit.to - Math.max(visit.from, last.edge));
    const isLastSite = visit.type === 'ONSITE_VISIT' && visit.to >= (last.site?.to ?? -Infinity);
    sides.push(isLastSite ? { site: visit, busy: edge - visit.to, edge, clear } : { ...last, busy, edge, clear });
  }
  return sides;
};

/** The same bookings in reverse time, so that one function computes left and right sides. */
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

/** The gaps between the bookings in order, each with the part that the wanted appointment may use. */
export const gapsOf = ({ bookings: visits }: Diary, wanted: WantedSlot, rules: SlotRules, travel: Travel): readonly Gap[] => {
  const others = visits.filter(({ id, from, to }) => id !== wanted.movingId && from < to);
  const forwards = [...others].sort((a, b) => a.from - b.from || a.to - b.to);
  const before = sidesAfter(forwards, rules);
  const after = sidesAfter(mirrored(others), rules);
  const gaps: Gap[] = [];
  // Gap k lies after the first k bookings and before the others. Overlapping bookings have no gap between them.
  for (let k = 0; k <= others.length; k++) {
    const [left, right] = [before[k], after[others.length - k]];
    if (left !== undefined && right !== undefined && left.edge < -right.edge) gaps.push(gapBetween(left, right, wanted, rules, travel));
  }
  return gaps;
};
