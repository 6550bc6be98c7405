import { DateTime } from 'luxon';
import type { QuietHours } from '../preference/preference.js';

/** Hour at which digests go out. */
const DIGEST_HOUR = 8;

const at = (day: DateTime, time: string): DateTime => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return day.set({ hour, minute, second: 0, millisecond: 0 });
};

/**
 * When the quiet hours end in which a moment falls; `undefined` outside of them. They are read off the wall clock, so a night
 * in which the clocks change is an hour longer or shorter; an end that the clocks pass over is the first time after it.
 */
export const quietUntil = (moment: Date, quiet: QuietHours | undefined, timeZone: string): Date | undefined => {
  if (quiet === undefined) return undefined;
  const { from, to } = quiet;
  const local = DateTime.fromJSDate(moment, { zone: timeZone });
  const time = local.toFormat('HH:mm');
  const isOverMidnight = from > to;
  const isQuiet = isOverMidnight ? time >= from || time < to : time >= from && time < to;
  if (!isQuiet) return undefined;
  const end = at(isOverMidnight && time >= from ? local.plus({ days: 1 }) : local, to).toJSDate();
  // In the hour that comes twice the end may have been in its first run.
  return end > moment ? end : undefined;
};

/** The next time that it is eight in the morning. */
export const nextMorning = (moment: Date, timeZone: string): Date => {
  const local = DateTime.fromJSDate(moment, { zone: timeZone });
  const today = local.set({ hour: DIGEST_HOUR, minute: 0, second: 0, millisecond: 0 });
  return (today > local ? today : today.plus({ days: 1 })).toJSDate();
};
