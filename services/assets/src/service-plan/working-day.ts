import type { PublishedSettings } from '@riparo/shared/contracts/auth.events';
import type { BusinessCalendar, TimeInterval } from '@riparo/shared/contracts/enums';
import type { Replica } from '@riparo/shared/persistence/replica';

/** How many minutes a working day of a tenant has at least. */
export type WorkingDay = (tenantId: string) => Promise<number>;

/** Nine hours, as in the calendar that holds until a tenant has settings. */
const USUAL_MINUTES = 540;

const minuteOfDay = (wallClock: string): number => {
  const [hours = 0, minutes = 0] = wallClock.split(':').map(Number);
  return hours * 60 + minutes;
};

const lengthOf = (intervals: readonly TimeInterval[]): number =>
  intervals.reduce((sum, { start, end }) => sum + minuteOfDay(end) - minuteOfDay(start), 0);

/**
 * The shortest day of the week on which work is done: with 09:00–18:00 on weekdays and 09:00–13:00 on Saturdays, 240
 * minutes. Dated exceptions do not count: one half-day before a holiday says nothing of what a plan promises.
 */
export const shortestWorkingDay = ({ weekly }: Pick<BusinessCalendar, 'weekly'>): number => {
  const lengths = Object.values(weekly)
    .map(lengthOf)
    .filter((minutes) => minutes > 0);
  return lengths.length === 0 ? USUAL_MINUTES : Math.min(...lengths);
};

export const createWorkingDay =
  (settings: Replica<PublishedSettings>): WorkingDay =>
  async (tenantId) => {
    const found = await settings.in(tenantId).findOne({});
    return found === undefined ? USUAL_MINUTES : shortestWorkingDay(found.calendar);
  };
