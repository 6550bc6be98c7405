import { WEEKDAYS, type Availability, type TimeInterval } from '@riparo/shared/contracts/enums';
import { IANAZone } from 'luxon';

const isList = (intervals: TimeInterval | readonly TimeInterval[]): intervals is readonly TimeInterval[] => Array.isArray(intervals);

/** `HH:mm` texts compare as times do, `24:00` included. */
const covers =
  (wallClock: string) =>
  ({ start, end }: TimeInterval): boolean =>
    start <= wallClock && wallClock < end;

/**
 * Whether `now` is within a technician's regular hours, on the tenant's wall clock. A technician without any hours is
 * always on duty: a new centre must be able to assign its first ticket at any hour.
 */
export const isOnDuty = (availability: Availability | undefined, timeZone: string, now: Date): boolean => {
  if (availability === undefined || Object.keys(availability).length === 0) return true;
  const local = new Date(now.getTime() + IANAZone.create(timeZone).offset(now.getTime()) * 60_000);
  const weekday = WEEKDAYS[(local.getUTCDay() + 6) % 7];
  const hours = weekday === undefined ? undefined : availability[weekday];
  if (hours === undefined) return false;
  return (isList(hours) ? hours : [hours]).some(covers(local.toISOString().slice(11, 16)));
};
