import type { Decision } from '@riparo/shared/persistence/repository';
import { DAY_MS } from '@riparo/shared/time/units';
import type { Span } from '../kernel/working-time.js';
import type { Technician } from './technician.js';
import { timeOffTooMany } from './technician.errors.js';

/** When a technician is away: holidays, illness, a course. Entries may overlap. */
export interface TimeOff {
  readonly id: string;
  readonly from: Date;
  /** Exclusive. */
  readonly to: Date;
  /** For the technician and the desk only. */
  readonly reason?: string;
  readonly createdByUserId: string;
  readonly createdAt: Date;
}

type Away = Pick<Technician, 'timeOff'>;

/** What has passed so long ago is nobody's business any more. */
export const KEPT_DAYS = 366;
const MAX_ENTRIES = 300;

export const timeOffOf = ({ timeOff }: Away): readonly TimeOff[] => timeOff ?? [];

/** Away at this moment, and therefore not to be given anything by rule. */
export const isAway = (technician: Away, now: Date): boolean => timeOffOf(technician).some(({ from, to }) => from <= now && now < to);

/** Time off as far as it touches the window; in no order, and possibly overlapping. */
export const awayIn = (technician: Away, window: Span): readonly Span[] =>
  timeOffOf(technician)
    .map(({ from, to }) => ({ from: from.getTime(), to: to.getTime() }))
    .filter(({ from, to }) => from < window.to && to > window.from);

/** Adds an entry, once; what is too old goes with the same write. */
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

/** Forgets what is too old. */
export const sweepTimeOff = (before: Technician, now: Date): Decision<Technician> => {
  const oldest = new Date(now.getTime() - KEPT_DAYS * DAY_MS);
  const kept = timeOffOf(before).filter(({ to }) => to > oldest);
  return kept.length === timeOffOf(before).length ? { state: before } : { state: { ...before, timeOff: kept } };
};
