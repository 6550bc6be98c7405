import { DateTime } from 'luxon';

export const TIME_ZONE = 'Europe/Rome';
/** Calendar days of history. */
export const HISTORY_DAYS = 91;

/** The days of the history, as the wall clock of the centre counts them. */
export interface Days {
  /** Today, at the start of the filling. */
  readonly end: Date;
  /** Working days of the history, the oldest first; today is not among them. */
  readonly work: readonly string[];
  /** Working days to come. */
  readonly coming: readonly string[];
}

const isWeekday = (day: DateTime): boolean => day.weekday <= 5;

const daysFrom = (first: DateTime, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => first.plus({ days: index }))
    .filter(isWeekday)
    .map((day) => day.toISODate() as string);

export const daysUntil = (end: Date): Days => {
  const today = DateTime.fromJSDate(end, { zone: TIME_ZONE }).startOf('day');
  return { end, work: daysFrom(today.minus({ days: HISTORY_DAYS }), HISTORY_DAYS), coming: daysFrom(today.plus({ days: 1 }), 30) };
};

/** The moment of a wall clock time such as `09:30`. */
export const at = (day: string, time: string): Date => DateTime.fromISO(`${day}T${time}`, { zone: TIME_ZONE }).toJSDate();

export const dayOf = (moment: Date): string => DateTime.fromJSDate(moment, { zone: TIME_ZONE }).toISODate() as string;

export const plusDays = (day: string, days: number): string => DateTime.fromISO(day).plus({ days }).toISODate() as string;

const OPENS = 9;
const CLOSES = 18;

/** So many minutes later, counted while the centre is open: from nine to six on weekdays. */
export const later = (moment: Date, minutes: number): Date => {
  let time = DateTime.fromJSDate(moment, { zone: TIME_ZONE });
  let left = minutes;
  for (;;) {
    const opens = time.set({ hour: OPENS, minute: 0, second: 0, millisecond: 0 });
    const closes = time.set({ hour: CLOSES, minute: 0, second: 0, millisecond: 0 });
    if (isWeekday(time) && time < closes) {
      const from = time < opens ? opens : time;
      const open = closes.diff(from).as('minutes');
      if (left < open) return from.plus({ minutes: left }).toJSDate();
      left -= open;
    }
    time = opens.plus({ days: 1 });
  }
};
