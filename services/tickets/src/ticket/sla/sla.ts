import type { TicketPriority } from '@riparo/shared/contracts/enums';
import { MINUTE_MS } from '@riparo/shared/time/units';
import { intersection, lengthOf, union, type Span, type WorkingTime } from '../../kernel/working-time.js';

/** The times that are promised for a ticket, in minutes of working time. */
export interface SlaPolicy {
  readonly source: 'PRIORITY' | 'PLAN';
  readonly planId?: string;
  readonly responseMinutes: number;
  readonly resolutionMinutes: number;
  /** Working days of the calendar; they count instead of the minutes, where the plan promises days. */
  readonly responseWorkingDays?: number;
  readonly resolutionWorkingDays?: number;
  /** True: every minute counts (24/7). False: only minutes of the tenant's business calendar count. */
  readonly alwaysOpen: boolean;
}

/**
 * A time in which the SLA clocks stand still: while staff wait for the customer, from the resolution until a reopening,
 * and while the ticket is merged, because nobody can work on it then.
 */
export interface SlaPause {
  readonly from: Date;
  /** Missing while the pause lasts. */
  readonly to?: Date;
  readonly reason: 'WAITING_CUSTOMER' | 'DONE' | 'MERGED';
}

/** The SLA part of a ticket's state. */
export interface SlaRecord {
  readonly policy: SlaPolicy;
  readonly startedAt: Date;
  readonly pauses: readonly SlaPause[];
  /** The due time that was missed; recorded once and never removed. */
  readonly responseBreachedAt?: Date;
  readonly resolutionBreachedAt?: Date;
  /** The due time for which "due soon" was announced, so that each due time is announced once. */
  readonly responseWarnedFor?: Date;
  readonly resolutionWarnedFor?: Date;
}

const HOUR_MINUTES = 60;
const DEFAULTS: Readonly<Record<TicketPriority, readonly [response: number, resolution: number]>> = {
  CRITICAL: [1 * HOUR_MINUTES, 8 * HOUR_MINUTES],
  HIGH: [4 * HOUR_MINUTES, 24 * HOUR_MINUTES],
  MEDIUM: [8 * HOUR_MINUTES, 72 * HOUR_MINUTES],
  LOW: [24 * HOUR_MINUTES, 120 * HOUR_MINUTES],
};

/** The policy of tickets that no plan covers. */
export const priorityPolicy = (priority: TicketPriority): SlaPolicy => {
  const [responseMinutes, resolutionMinutes] = DEFAULTS[priority];
  return { source: 'PRIORITY', responseMinutes, resolutionMinutes, alwaysOpen: false };
};

/** "Due soon" is announced when this part of the promised time is used: of 4 hours, after 3. */
const SOON = 0.75;

/**
 * The pauses as spans in order, without overlaps. A pause that lasts reaches to `until`. 10:00–12:00 and one from 11:00
 * on, until 15:00, are one span, 10:00–15:00.
 */
export const pausedSpans = (pauses: readonly SlaPause[], until: number): readonly Span[] =>
  union(pauses.map(({ from, to }) => ({ from: from.getTime(), to: Math.min(to?.getTime() ?? until, until) })));

/**
 * Milliseconds used by `at`: working time since the start, without the pauses.
 *
 * Calendar Monday to Friday, 09:00–18:00. Opened Friday 16:00, paused Monday 10:00–12:00; on Monday at 15:00 2 + 6 − 2
 * = 6 hours are used.
 */
export const usedTime = (work: WorkingTime, startedAt: Date, pauses: readonly SlaPause[], at: Date): number => {
  const open = work.spans(startedAt.getTime(), at.getTime());
  return lengthOf(open) - lengthOf(intersection(open, pausedSpans(pauses, at.getTime())));
};

/**
 * When `ms` are used; `undefined` while a pause that lasts keeps the clock from getting there, or when the calendar
 * never opens.
 *
 * Calendar Monday to Friday, 09:00–18:00; HIGH (response 4 hours, resolution 24), opened Friday 16:00. The response is
 * due Monday 11:00, with a warning at 10:00 (3 hours); the resolution is due Wednesday 13:00. After a pause on Monday
 * 10:00–12:00 they are due Monday 13:00 and Wednesday 15:00.
 */
export const dueAfter = (work: WorkingTime, startedAt: Date, pauses: readonly SlaPause[], ms: number): Date | undefined => {
  let left = ms;
  let position = startedAt.getTime();
  for (const pause of pausedSpans(pauses, Infinity)) {
    const available = work.between(position, pause.from);
    if (available >= left) break;
    left -= available;
    position = Math.max(position, pause.to);
    if (position === Infinity) return undefined;
  }
  const due = work.after(position, left);
  return due === undefined ? undefined : new Date(due);
};

/**
 * Milliseconds of working time within which a clock must end; `undefined` when the calendar never opens.
 *
 * Calendar Monday to Friday, 09:00–18:00; a plan promises 5 days. Opened Monday 10:00: 45 hours, due the next Monday at
 * 10:00. The calendar is closed on that Wednesday: still 45 hours, due on Tuesday of the next week at 10:00.
 */
export const promisedTime = (
  work: WorkingTime,
  { policy, startedAt }: Pick<SlaRecord, 'policy' | 'startedAt'>,
  clock: 'response' | 'resolution',
): number | undefined => {
  const days = policy[`${clock}WorkingDays`];
  return days === undefined ? policy[`${clock}Minutes`] * MINUTE_MS : work.inDays(startedAt.getTime(), days);
};

export interface DueTimes {
  readonly responseDueAt: Date | undefined;
  readonly slaDueAt: Date | undefined;
  readonly responseSoonAt: Date | undefined;
  readonly slaSoonAt: Date | undefined;
}

export const dueTimes = (work: WorkingTime, sla: Pick<SlaRecord, 'policy' | 'startedAt' | 'pauses'>): DueTimes => {
  const { startedAt, pauses } = sla;
  const due = (ms: number | undefined): Date | undefined => (ms === undefined ? undefined : dueAfter(work, startedAt, pauses, ms));
  const soon = (ms: number | undefined): Date | undefined => due(ms === undefined ? undefined : ms * SOON);
  const [response, resolution] = [promisedTime(work, sla, 'response'), promisedTime(work, sla, 'resolution')];
  return { responseDueAt: due(response), slaDueAt: due(resolution), responseSoonAt: soon(response), slaSoonAt: soon(resolution) };
};

export const startPause = (pauses: readonly SlaPause[], reason: SlaPause['reason'], from: Date): readonly SlaPause[] => [
  ...endPause(pauses, from),
  { from, reason },
];

export const endPause = (pauses: readonly SlaPause[], to: Date): readonly SlaPause[] =>
  pauses.map((pause) => (pause.to === undefined ? { ...pause, to } : pause));
