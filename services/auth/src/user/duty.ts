import { WEEKDAYS, type Availability, type TimeInterval } from '@riparo/shared/contracts/enums';
import { DateTime } from 'luxon';

/** Whether somebody works at this moment; without stated hours they always do. */
export const isOnDuty = (availability: Availability | undefined, timeZone: string, now: Date): boolean => {
  if (availability === undefined) return true;
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  const day = WEEKDAYS[local.weekday - 1];
  const hours: TimeInterval | readonly TimeInterval[] = (day === undefined ? undefined : availability[day]) ?? [];
  const time = local.toFormat('HH:mm');
  return ('start' in hours ? [hours] : hours).some(({ start, end }) => start <= time && time < end);
};
