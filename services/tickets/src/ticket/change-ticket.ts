import type { Caller } from '@riparo/shared/contracts/caller';
import type { Call } from '@riparo/shared/http/route';
import type { IfMatch } from '@riparo/shared/persistence/if-match';
import type { TicketDeps } from './dependencies.js';
import { isDone, type Stamp } from '../conversation/stamp.js';
import { refuseStale } from '../kernel/shown-version.js';
import { visibleTo } from './ticket.access.js';
import { ticketMerged, ticketNotFound } from './ticket.errors.js';
import type { TicketDecision, TicketState } from './ticket.js';

export interface TicketParams {
  readonly id: string;
}
export type TicketCall<Body = unknown> = Call<Body, unknown, { id: string }>;

/**
 * Refuses to change a ticket that was merged: its target, which the error names, is changed instead. Merging itself has
 * its own endpoint and does not use this check.
 */
export const refuseMerged = (ticket: TicketState): TicketState => {
  if (ticket.mergedIntoId !== undefined) throw ticketMerged(ticket.mergedIntoId);
  return ticket;
};

interface Ask {
  readonly caller: Caller;
  readonly params: TicketParams;
  readonly ifMatch?: IfMatch;
}
type Decide = (before: TicketState) => TicketDecision;

/** Like `changeTicket`, but for changes that are still allowed on a merged ticket. */
export const changeMergedTicket = async (
  { tickets }: Pick<TicketDeps, 'tickets'>,
  { caller, params: { id }, ifMatch }: Ask,
  stamp: Stamp,
  decide: Decide,
): Promise<TicketState> => {
  const after = await tickets.in(caller.tenantId).update(id, (before) => {
    // `If-Match` is checked here, after `isDone`: a repeated request names the version before its own change, and must not
    // be refused for that.
    if (isDone(before, stamp)) return { state: before };
    const visible = visibleTo(caller, before);
    refuseStale(caller, ifMatch, before);
    return decide(visible);
  });
  if (after === undefined) throw ticketNotFound();
  return after;
};

/** Updates a ticket that the caller may see; honours `If-Match`. A repeated request does not make its change twice. */
export const changeTicket = (deps: Pick<TicketDeps, 'tickets'>, ask: Ask, stamp: Stamp, decide: Decide): Promise<TicketState> =>
  changeMergedTicket(deps, ask, stamp, (before) => decide(refuseMerged(before)));
