import type { ReminderKind } from '@riparo/shared/contracts/appointments.events';
import { HOUR_MS } from '@riparo/shared/time/units';
import type { Appointment } from '../appointment.js';

/** How long before the start reminders are given. */
const LEAD: Readonly<Record<ReminderKind, number>> = { DAY: 24 * HOUR_MS, TWO_HOURS: 2 * HOUR_MS };

/** For which start each reminder has been given (or is not worth giving): a new start needs new ones. */
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

/** The later reminder makes the earlier one needless; once it has begun, both are. */
const given = (start: Date, kind: ReminderKind | 'NONE'): Reminded =>
  kind === 'DAY' ? { remindedDayFor: start } : { remindedDayFor: start, remindedHoursFor: start };

/** What is worth saying at `now`, perhaps after the system was down for a while, and what counts as said then. */
export const reminderAt = (appointment: Remindable, now: Date): { readonly kind?: ReminderKind; readonly reminded: Reminded } => {
  const { scheduledStartAt: start } = appointment;
  const due = nextReminder(appointment);
  if (due === undefined || due > now) return { reminded: {} };
  if (now >= start) return { reminded: given(start, 'NONE') };
  const kind = now >= momentOf(start, 'TWO_HOURS') ? 'TWO_HOURS' : 'DAY';
  return { kind, reminded: given(start, kind) };
};

/** Booked or moved at `now`: who has just been told of it needs no reminder whose moment is past. */
export const remindersFrom = (start: Date, now: Date): Reminded => {
  if (now >= momentOf(start, 'TWO_HOURS')) return given(start, 'TWO_HOURS');
  return now >= momentOf(start, 'DAY') ? given(start, 'DAY') : {};
};
