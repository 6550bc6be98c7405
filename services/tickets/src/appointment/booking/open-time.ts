import { WEEKDAYS, type Availability, type TimeInterval } from '@riparo/shared/contracts/enums';
import { LRUCache } from 'lru-cache';
import { createWorkingTime, intersection, type Span, type WorkingTime } from '../../kernel/working-time.js';
import type { TenantRules } from '../../kernel/tenant-rules.js';
import { atMost } from '@riparo/shared/runtime/at-most';

const MAX_REMEMBERED = 2_000;

const listOf = (hours: TimeInterval | readonly TimeInterval[] | undefined): readonly TimeInterval[] =>
  hours === undefined ? [] : 'start' in hours ? [hours] : hours;

/** A technician without stated hours works when the centre does. */
const isStated = (availability: Availability | undefined): availability is Availability =>
  availability !== undefined && Object.keys(availability).length > 0;

/**
 * A technician's regular hours within the centre's hours, both on the centre's wall clock. Centre 09:00–18:00 and
 * technician 14:00–20:00 leave 14:00–18:00. Days that were worked out are remembered.
 */
export const createOpenTime = () => {
  const known = new LRUCache<string, WorkingTime>(atMost(MAX_REMEMBERED));
  const hoursOf = (availability: Availability, timeZone: string): WorkingTime => {
    const key = JSON.stringify([timeZone, availability]);
    const found = known.get(key);
    if (found !== undefined) return found;
    const weekly = Object.fromEntries(WEEKDAYS.map((day) => [day, listOf(availability[day])]));
    const made = createWorkingTime({ timeZone, weekly, exceptions: [] });
    known.set(key, made);
    return made;
  };
  return ({ business, timeZone }: TenantRules, availability: Availability | undefined, { from, to }: Span): readonly Span[] => {
    const centre = business.spans(from, to);
    return isStated(availability) ? intersection(centre, hoursOf(availability, timeZone).spans(from, to)) : centre;
  };
};

export type OpenTime = ReturnType<typeof createOpenTime>;
