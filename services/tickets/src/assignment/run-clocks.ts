import type { Clock } from '@riparo/shared/runtime/clock';
import type { IdSource } from '@riparo/shared/runtime/ids';
import type { Logger } from 'pino';
import type { AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import { takeFromSilent } from '../ticket/decide-assignment.js';
import { closeByItself } from '../ticket/decide-status.js';
import type { AssignmentDeps } from './dependencies.js';
import { applyChange } from '../ticket/apply-change.js';
import { stampOf } from '../conversation/stamp.js';
import { noticeBreaches, noticeWarnings, warningEvents } from '../ticket/sla/timers.js';
import type { TicketDecision, TicketState } from '../ticket/ticket.js';
import { compact } from '@riparo/shared/json/compact';
import { forEachDue } from '../kernel/for-each-due.js';

export interface ClockDeps extends Pick<AssignmentDeps, 'tickets' | 'rulesOf' | 'places'> {
  readonly everywhere: AcrossTenants;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Logger;
  /** How often a ticket is taken from a silent assignee. After that it waits for an AGENT. */
  readonly maxMoves: number;
}

/** Announces SLA times that are due soon or missed. The record and the event are one write, so each is announced once. */
export const runSlaClock = (deps: ClockDeps) => (): Promise<void> =>
  forEachDue(deps, 'slaTimerAt', async ({ tenantId, id }, now) => {
    const rules = await deps.rulesOf(tenantId);
    const stamp = stampOf({ now, ids: deps.ids });
    await deps.tickets.in(tenantId).update(id, (before): TicketDecision => {
      const { state } = noticeBreaches(before, now);
      const { clocks, state: warned } = noticeWarnings(state, rules, now);
      const { responseWarnedFor, resolutionWarnedFor } = warned.sla;
      const sla = compact({ ...before.sla, responseWarnedFor, resolutionWarnedFor });
      return applyChange(before, { state: { sla }, events: (after) => warningEvents(after, clocks) }, stamp, rules);
    });
  });

/** Takes tickets from assignees who have done nothing, and gives them to the next best technician, at most `maxMoves` times. */
export const runSilence = (deps: ClockDeps) => (): Promise<void> =>
  forEachDue(deps, 'silenceDueAt', async ({ tenantId, id }, now) => {
    const { tickets, places, rulesOf, ids, maxMoves } = deps;
    const found = await tickets.in(tenantId).find(id);
    const silent = found?.assignedToUserId;
    if (found === undefined || silent === undefined) return;
    const last = found.silentMoves >= maxMoves;
    const errand = last ? undefined : { ...found, declinedBy: [...found.declinedBy, silent] };
    const rules = await rulesOf(tenantId);
    await places.reserve(tenantId, { ticketId: id, errand, from: silent }, now, (next) => {
      const stamp = stampOf({ now, ids });
      return tickets.in(tenantId).update(id, (before) => takeFromSilent(before, { silent, next, last }, stamp, rules));
    });
  });

export const runAutoClose = (deps: ClockDeps) => (): Promise<void> =>
  forEachDue(deps, 'autoCloseAt', async ({ tenantId, id }, now) => {
    const [stamp, rules] = [stampOf({ now, ids: deps.ids }), await deps.rulesOf(tenantId)];
    await deps.tickets.in(tenantId).update(id, (before: TicketState) => closeByItself(before, stamp, rules));
  });
