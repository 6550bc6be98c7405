import type { TicketPriority } from '@riparo/shared/contracts/enums';
import { MINUTE_MS } from '@riparo/shared/time/units';
import { intersection, lengthOf, union, type Span, type WorkingTime } from '../../kernel/working-time.js';

/** What is promised for a ticket. Minutes of working time. */
export interface SlaPolicy {
  readonly source: 'PRIORITY' | 'PLAN';
  readonly planId?: string;
  readonly responseMinutes: number;
  readonly resolutionMinutes: number;
  /** Counted round the clock instead of in the tenant's business calendar. */
  readonly alwaysOpen: boolean;
}

/**
 * The clocks stand still while the customer is waited for, from a resolution until it is reopened, and while it is merged
 * into another ticket: nobody could work on it under its own number.
 */
export interface SlaPause {
  readonly from: Date;
  /** Missing while it lasts. */
  readonly to?: Date;
  readonly reason: 'WAITING_CUSTOMER' | 'DONE' | 'MERGED';
}

/** The SLA part of a ticket's state. */
export interface SlaRecord {
  readonly policy: SlaPolicy;
  readonly startedAt: Date;
  readonly pauses: readonly SlaPause[];
  /** When a due time was missed: recorded once, never taken back. */
  readonly responseBreachedAt?: Date;
  readonly resolutionBreachedAt?: Date;
  /** For which due time "due soon" has been announced, so that it is announced once for each. */
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

/** The promise where no service plan makes one. */
export const priorityPolicy = (priority: TicketPriority): SlaPolicy => {
  const [responseMinutes, resolutionMinutes] = DEFAULTS[priority];
  return { source: 'PRIORITY', responseMinutes, resolutionMinutes, alwaysOpen: false };
};

/** "Due soon" is said when this part of the promised time is used up. */
const SOON = 0.75;

/** Pauses as spans in order, without overlaps; one that lasts reaches to `until`. */
export const pausedSpans = (pauses: readonly SlaPause[], until: number): readonly Span[] =>
  union(pauses.map(({ from, to }) => ({ from: from.getTime(), to: Math.min(to?.getTime() ?? until, until) })));

/** Milliseconds used by `at`: working time since the start, less the union of the pauses. */
export const usedTime = (work: WorkingTime, startedAt: Date, pauses: readonly SlaPause[], at: Date): number => {
  const open = work.spans(startedAt.getTime(), at.getTime());
  return lengthOf(open) - lengthOf(intersection(open, pausedSpans(pauses, at.getTime())));
};

/** When `ms` are used up; `undefined` while a pause keeps the clock from getting there, or when the calendar never opens. */
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

export interface DueTimes {
  readonly responseDueAt: Date | undefined;
  readonly slaDueAt: Date | undefined;
  readonly responseSoonAt: Date | undefined;
  readonly slaSoonAt: Date | undefined;
}

export const dueTimes = (
  work: WorkingTime,
  { policy, startedAt, pauses }: Pick<SlaRecord, 'policy' | 'startedAt' | 'pauses'>,
): DueTimes => {
  const due = (minutes: number): Date | undefined => dueAfter(work, startedAt, pauses, minutes * MINUTE_MS);
  return {
    responseDueAt: due(policy.responseMinutes),
    slaDueAt: due(policy.resolutionMinutes),
    responseSoonAt: due(policy.responseMinutes * SOON),
    slaSoonAt: due(policy.resolutionMinutes * SOON),
  };
};

export const startPause = (pauses: readonly SlaPause[], reason: SlaPause['reason'], from: Date): readonly SlaPause[] => [
  ...endPause(pauses, from),
  { from, reason },
];

export const endPause = (pauses: readonly SlaPause[], to: Date): readonly SlaPause[] =>
  pauses.map((pause) => (pause.to === undefined ? { ...pause, to } : pause));
