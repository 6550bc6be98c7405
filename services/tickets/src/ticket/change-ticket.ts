import type { Caller } from '@riparo/shared/contracts/caller';
import { stale } from '@riparo/shared/errors/common-errors';
import type { Call } from '@riparo/shared/http/route';
import type { TicketDeps } from './dependencies.js';
import { isDone, type Stamp } from '../conversation/stamp.js';
import { visibleTo } from './ticket.access.js';
import { ticketMerged, ticketNotFound } from './ticket.errors.js';
import type { TicketDecision, TicketState } from './ticket.js';

export interface TicketParams {
  readonly id: string;
}
export type TicketCall<Body = unknown> = Call<Body, unknown, { id: string }>;

/** What was merged away is changed under its new number; merging has its own way in. */
export const refuseMerged = (ticket: TicketState): TicketState => {
  if (ticket.mergedIntoId !== undefined) throw ticketMerged(ticket.mergedIntoId);
  return ticket;
};

interface Ask {
  readonly caller: Caller;
  readonly params: TicketParams;
  readonly ifMatch?: number;
}
type Decide = (before: TicketState) => TicketDecision;

/** As `change`, for what is still allowed in a ticket that was merged. */
export const changeMergedTicket = async (
  { tickets }: Pick<TicketDeps, 'tickets'>,
  { caller, params: { id }, ifMatch }: Ask,
  stamp: Stamp,
  decide: Decide,
): Promise<TicketState> => {
  const after = await tickets.in(caller.tenantId).update(id, (before) => {
    // Asked here and not of the repository: whose change is made already has the version that it made.
    if (isDone(before, stamp)) return { state: before };
    const visible = visibleTo(caller, before);
    if (ifMatch !== undefined && ifMatch !== before.version) throw stale(before.version);
    return decide(visible);
  });
  if (after === undefined) throw ticketNotFound();
  return after;
};

/** Updates a ticket that the caller may see; honours `If-Match`. A change that was made already is not made twice. */
export const changeTicket = (deps: Pick<TicketDeps, 'tickets'>, ask: Ask, stamp: Stamp, decide: Decide): Promise<TicketState> =>
  changeMergedTicket(deps, ask, stamp, (before) => decide(refuseMerged(before)));
