import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { explain } from './explain.js';
import type { TicketDeps } from '../dependencies.js';
import { visibleTo } from '../ticket.access.js';
import { compact } from '@riparo/shared/json/compact';
import { workingTimeOf } from './timers.js';

/** Due times and their explanation: policy, calendar, counted time, pauses. */
export const getSla =
  ({ tickets, rulesOf }: Pick<TicketDeps, 'tickets' | 'rulesOf'>) =>
  async ({ caller, params: { id }, now }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const ticket = visibleTo(caller, await tickets.in(caller.tenantId).find(id));
    const rules = await rulesOf(caller.tenantId);
    const { sla, firstRespondedAt, responseDueAt, slaDueAt, slaBreached, resolvedAt, closedAt } = ticket;
    const { policy, responseBreachedAt, resolutionBreachedAt } = sla;
    const work = workingTimeOf(sla, rules);
    const end = resolvedAt ?? closedAt ?? now;
    return ok(
      compact({
        ticketId: id,
        policy,
        calendar: policy.alwaysOpen ? { timeZone: rules.calendar.timeZone, alwaysOpen: true } : rules.calendar,
        startedAt: sla.startedAt,
        slaBreached,
        response: compact({
          dueAt: responseDueAt,
          respondedAt: firstRespondedAt,
          breachedAt: responseBreachedAt,
          ...explain(work, sla, 'response', firstRespondedAt ?? end),
        }),
        resolution: compact({
          dueAt: slaDueAt,
          resolvedAt,
          breachedAt: resolutionBreachedAt,
          ...explain(work, sla, 'resolution', end),
        }),
      }),
    );
  };
