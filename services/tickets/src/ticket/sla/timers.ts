import { TicketSlaBreached, TicketSlaDueSoon, type SlaClock } from '@riparo/shared/contracts/tickets.events';
import type { DomainEvent } from '@riparo/shared/contracts/event';
import { DAY_MS, MINUTE_MS } from '@riparo/shared/time/units';
import { alwaysOpen, type WorkingTime } from '../../kernel/working-time.js';
import { dueTimes, type SlaRecord } from './sla.js';
import { isActive, published, type Ticket, type TicketState } from '../ticket.js';
import type { TimeRules } from '../../kernel/tenant-rules.js';

export const workingTimeOf = (sla: Pick<SlaRecord, 'policy'>, { business }: TimeRules): WorkingTime =>
  sla.policy.alwaysOpen ? alwaysOpen : business;

type Timed = Pick<Ticket, 'status' | 'sla' | 'firstRespondedAt' | 'responseDueAt' | 'slaDueAt' | 'slaTimerAt'>;

const earliest = (...dates: readonly (Date | undefined)[]): Date | undefined =>
  dates.reduce((first, date) => (date !== undefined && (first === undefined || date < first) ? date : first), undefined);

/**
 * The next announcement of one clock: the warning, or after the warning the breach.
 *
 * CRITICAL, opened Friday 17:30, calendar Monday to Friday 09:00–18:00: the response has its warning on Monday 09:15
 * and is due at 09:30; the resolution has its warning at 14:30 and is due at 16:30. So `slaTimerAt` is Monday 09:15
 * first.
 */
const nextOf = (
  due: Date | undefined,
  soon: Date | undefined,
  breachedAt: Date | undefined,
  warnedFor: Date | undefined,
): Date | undefined => {
  if (due === undefined || breachedAt !== undefined) return undefined;
  return warnedFor?.getTime() === due.getTime() ? due : soon;
};

/** Sets the due times of an open ticket by its policy, pauses and calendar. The due times of a resolved or closed ticket stay. */
export const withDueTimes = <T extends Timed>(ticket: T, rules: TimeRules): T => {
  if (!isActive(ticket.status)) return { ...ticket, slaTimerAt: undefined };
  const { sla, firstRespondedAt } = ticket;
  const due = dueTimes(workingTimeOf(sla, rules), sla);
  // The first public reply stops the response clock for good.
  const responseDueAt = firstRespondedAt === undefined ? due.responseDueAt : ticket.responseDueAt;
  const response =
    firstRespondedAt === undefined ? nextOf(responseDueAt, due.responseSoonAt, sla.responseBreachedAt, sla.responseWarnedFor) : undefined;
  const resolution = nextOf(due.slaDueAt, due.slaSoonAt, sla.resolutionBreachedAt, sla.resolutionWarnedFor);
  return { ...ticket, responseDueAt, slaDueAt: due.slaDueAt, slaTimerAt: earliest(response, resolution) };
};

const missed = (due: Date | undefined, stoppedAt: Date | undefined, now: Date): boolean =>
  due !== undefined && due.getTime() < (stoppedAt ?? now).getTime();

export interface Breached {
  readonly state: TicketState;
  readonly clocks: readonly SlaClock[];
}

/**
 * Records due times that were missed by `now`. Called before every change of an open ticket. Due at 13:00, resolved at
 * 13:05, the job looks at 13:06: the change at 13:05 has already recorded the breach.
 */
export const noticeBreaches = (ticket: TicketState, now: Date): Breached => {
  if (!isActive(ticket.status)) return { state: ticket, clocks: [] };
  const { sla, responseDueAt, slaDueAt, firstRespondedAt } = ticket;
  const response = sla.responseBreachedAt === undefined && firstRespondedAt === undefined && missed(responseDueAt, undefined, now);
  const resolution = sla.resolutionBreachedAt === undefined && missed(slaDueAt, undefined, now);
  if (!response && !resolution) return { state: ticket, clocks: [] };
  const breached: SlaRecord = {
    ...sla,
    ...(response ? { responseBreachedAt: responseDueAt } : {}),
    ...(resolution ? { resolutionBreachedAt: slaDueAt } : {}),
  };
  return {
    state: { ...ticket, slaBreached: true, sla: breached },
    clocks: [...(response ? ['RESPONSE' as const] : []), ...(resolution ? ['RESOLUTION' as const] : [])],
  };
};

/** Internal: customers do not read about promises by the minute. */
export const breachEntries = (clocks: readonly SlaClock[]) =>
  clocks.map((clock) => ({ type: 'SYSTEM' as const, isInternal: true, body: `SLA missed: ${clock}`, metadata: { clock } }));

export const breachEvents = (ticket: TicketState, clocks: readonly SlaClock[]): readonly DomainEvent[] =>
  clocks.map((clock) => TicketSlaBreached.with({ ticket: published(ticket), clock }));

/** The warnings that are due now, and the record that they were given. */
export const noticeWarnings = (ticket: TicketState, rules: TimeRules, now: Date): Breached => {
  if (!isActive(ticket.status)) return { state: ticket, clocks: [] };
  const { sla, firstRespondedAt } = ticket;
  const due = dueTimes(workingTimeOf(sla, rules), sla);
  const reached = (soon: Date | undefined): boolean => soon !== undefined && soon <= now;
  const fresh = (dueAt: Date | undefined, warnedFor: Date | undefined, breachedAt: Date | undefined): boolean =>
    dueAt !== undefined && breachedAt === undefined && warnedFor?.getTime() !== dueAt.getTime();
  const response =
    firstRespondedAt === undefined &&
    reached(due.responseSoonAt) &&
    fresh(due.responseDueAt, sla.responseWarnedFor, sla.responseBreachedAt);
  const resolution = reached(due.slaSoonAt) && fresh(due.slaDueAt, sla.resolutionWarnedFor, sla.resolutionBreachedAt);
  const warned: SlaRecord = {
    ...sla,
    ...(response ? { responseWarnedFor: due.responseDueAt } : {}),
    ...(resolution ? { resolutionWarnedFor: due.slaDueAt } : {}),
  };
  return {
    state: response || resolution ? { ...ticket, sla: warned } : ticket,
    clocks: [...(response ? ['RESPONSE' as const] : []), ...(resolution ? ['RESOLUTION' as const] : [])],
  };
};

export const warningEvents = (ticket: TicketState, clocks: readonly SlaClock[]): readonly DomainEvent[] =>
  clocks.map((clock) => TicketSlaDueSoon.with({ ticket: published(ticket), clock }));

export const silenceEnd = ({ business, silenceMinutes }: TimeRules, now: Date): Date | undefined => {
  const end = business.after(now.getTime(), silenceMinutes * MINUTE_MS);
  return end === undefined ? undefined : new Date(end);
};

/**
 * When a resolved ticket closes itself. Every message in it starts the quiet days again: with 7 days, Friday 17:00
 * leads to the next Friday 17:00.
 */
export const autoCloseEnd = ({ autoCloseDays }: TimeRules, now: Date): Date => new Date(now.getTime() + autoCloseDays * DAY_MS);
