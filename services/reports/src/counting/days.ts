import { DateTime } from 'luxon';

const QUARTER_MS = 15 * 60_000;
const REMEMBERED = 100_000;

/** The calendar day of a moment. */
export type DayOf = (at: Date) => string;

/**
 * Days in a time zone. A calendar library takes long for each moment, and a million of them are asked for, so days are
 * remembered by quarters of an hour; one in which a day ends is not.
 */
export const createDayOf = (timeZone: string): DayOf => {
  const days = new Map<number, string>();
  const dayAt = (ms: number): string => DateTime.fromMillis(ms, { zone: timeZone }).toFormat('yyyy-MM-dd');
  return (at) => {
    const ms = at.getTime();
    const quarter = Math.floor(ms / QUARTER_MS);
    const known = days.get(quarter);
    if (known !== undefined) return known;
    const day = dayAt(quarter * QUARTER_MS);
    if (day !== dayAt((quarter + 1) * QUARTER_MS - 1)) return dayAt(ms);
    if (days.size >= REMEMBERED) days.clear();
    days.set(quarter, day);
    return day;
  };
};

/** Remembers days for each time zone. */
export const createDaysOfZones = (): ((timeZone: string) => DayOf) => {
  const zones = new Map<string, DayOf>();
  return (timeZone) => {
    const dayOf = zones.get(timeZone) ?? createDayOf(timeZone);
    zones.set(timeZone, dayOf);
    return dayOf;
  };
};
