import type { ReminderKind } from '@riparo/shared/contracts/appointments.events';
import { HOUR_MS } from '@riparo/shared/time/units';
import type { Appointment } from '../appointment.js';

/** How long before the start a reminder is due. */
const LEAD: Readonly<Record<ReminderKind, number>> = { DAY: 24 * HOUR_MS, TWO_HOURS: 2 * HOUR_MS };

/** The start for which each reminder was given or skipped. A new start needs new reminders. */
export interface Reminded {
  readonly remindedDayFor?: Date;
  readonly remindedHoursFor?: Date;
}

type Remindable = Pick<Appointment, 'status' | 'scheduledStartAt'> & Reminded;

const momentOf = (start: Date, kind: ReminderKind): Date => new Date(start.getTime() - LEAD[kind]);
const isFor = (given: Date | undefined, start: Date): boolean => given?.getTime() === start.getTime();

/** When the next reminder is due; `undefined` when none is. */
export const nextReminder = ({ status, scheduledStartAt: start, remindedDayFor, remindedHoursFor }: Remindable): Date | undefined => {
  if (status !== 'SCHEDULED' || isFor(remindedHoursFor, start)) return undefined;
  return momentOf(start, isFor(remindedDayFor, start) ? 'TWO_HOURS' : 'DAY');
};

/** The two-hour reminder makes the day reminder needless; after the start both are needless. */
const given = (start: Date, kind: ReminderKind | 'NONE'): Reminded =>
  kind === 'DAY' ? { remindedDayFor: start } : { remindedDayFor: start, remindedHoursFor: start };

/**
 * The reminder to give at `now`, also when the system was down for a while, and the reminders that are then done.
 * Appointment at 14:00: with the system down until 13:00, only the two-hour reminder is given, and both are done.
 */
export const reminderAt = (appointment: Remindable, now: Date): { readonly kind?: ReminderKind; readonly reminded: Reminded } => {
  const { scheduledStartAt: start } = appointment;
  const due = nextReminder(appointment);
  if (due === undefined || due > now) return { reminded: {} };
  if (now >= start) return { reminded: given(start, 'NONE') };
  const kind = now >= momentOf(start, 'TWO_HOURS') ? 'TWO_HOURS' : 'DAY';
  return { kind, reminded: given(start, kind) };
};

/**
 * The reminders that are done when an appointment is booked or moved at `now`: the customer has just been told, so a
 * reminder whose moment has passed is skipped. Booked at 10:00 for 14:00 the same day: only the two-hour reminder at
 * 12:00 is given.
 */
export const remindersFrom = (start: Date, now: Date): Reminded => {
  if (now >= momentOf(start, 'TWO_HOURS')) return given(start, 'TWO_HOURS');
  return now >= momentOf(start, 'DAY') ? given(start, 'DAY') : {};
};
