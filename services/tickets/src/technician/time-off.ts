import type { Decision } from '@riparo/shared/persistence/repository';
import { DAY_MS } from '@riparo/shared/time/units';
import { union, type Span } from '../kernel/working-time.js';
import type { Technician } from './technician.js';
import { timeOffTooMany } from './technician.errors.js';

/** Time in which a technician is away: holidays, illness, a course. Entries may overlap. */
export interface TimeOff {
  readonly id: string;
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  /** Only the technician and the desk read it. */
  readonly reason?: string;
  readonly createdByUserId: string;
  readonly createdAt: Date;
}

type Away = Pick<Technician, 'timeOff'>;

/** Days for which a past entry is kept. */
export const KEPT_DAYS = 366;
const MAX_ENTRIES = 300;

export const timeOffOf = ({ timeOff }: Away): readonly TimeOff[] => timeOff ?? [];

/** True when the technician is away now; the rules then assign nothing to the technician. */
export const isAway = (technician: Away, now: Date): boolean => timeOffOf(technician).some(({ from, to }) => from <= now && now < to);

/**
 * When the technician is back; `undefined` while the technician is there. Entries that touch are one absence: away on Monday
 * and, by another entry, on Tuesday, means back on Wednesday.
 */
export const backAt = (technician: Away, now: Date): Date | undefined => {
  const spans = union(timeOffOf(technician).map(({ from, to }) => ({ from: from.getTime(), to: to.getTime() })));
  const present = spans.find(({ from, to }) => from <= now.getTime() && now.getTime() < to);
  return present === undefined ? undefined : new Date(present.to);
};

/** Times off that touch the window, in no order; they may overlap. */
export const awayIn = (technician: Away, window: Span): readonly Span[] =>
  timeOffOf(technician)
    .map(({ from, to }) => ({ from: from.getTime(), to: to.getTime() }))
    .filter(({ from, to }) => from < window.to && to > window.from);

/** Adds an entry once. The same write removes entries that are too old. */
export const addTimeOff = (before: Technician, entry: TimeOff, now: Date): Decision<Technician> => {
  if (timeOffOf(before).some(({ id }) => id === entry.id)) return { state: before };
  const oldest = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
  const kept = timeOffOf(before).filter(({ to }) => to > oldest);
  if (kept.length >= MAX_ENTRIES) throw timeOffTooMany(MAX_ENTRIES);
  return { state: { ...before, timeOff: [...kept, entry] } };
};

export const removeTimeOff = (before: Technician, id: string): Decision<Technician> =>
  timeOffOf(before).some((entry) => entry.id === id)
    ? { state: { ...before, timeOff: timeOffOf(before).filter((entry) => entry.id !== id) } }
    : { state: before };

/** Removes entries that ended more than 366 days ago. */
export const sweepTimeOff = (before: Technician, now: Date): Decision<Technician> => {
  const oldest = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
  const kept = timeOffOf(before).filter(({ to }) => to > oldest);
  return kept.length === timeOffOf(before).length ? { state: before } : { state: { ...before, timeOff: kept } };
};
