import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { isStaff, type Role } from '@riparo/shared/contracts/roles';
import { compact } from '@riparo/shared/json/compact';
import { absenceOfAssignee } from '../absence-of-assignee.js';
import type { TicketCall } from '../change-ticket.js';
import type { TicketDeps } from '../dependencies.js';
import { isDone, stampOf } from '../../conversation/stamp.js';
import { visibleTo } from '../ticket.access.js';
import { ticketNotFound } from '../ticket.errors.js';
import type { TicketState } from '../ticket.js';
import { viewTicket } from '../ticket.view.js';
import { unmerge, type Undo } from './decide-merge.js';
import { joinedTimeline } from './joined-timeline.js';
import { ticketNotMerged } from './merge.errors.js';

type Deps = Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf' | 'places'>;

const isByStaff = (role: Role | undefined): boolean => role !== undefined && isStaff(role);

/** A reply of staff through the merged ticket counts as its first response. */
const respondedAt = async ({ tickets, replicas }: Deps, tenantId: string, ticket: TicketState): Promise<Date | undefined> => {
  if (ticket.firstRespondedAt !== undefined) return ticket.firstRespondedAt;
  const whole = await tickets.in(tenantId).findWhole(ticket.id);
  if (whole === undefined) return undefined;
  const { activities } = await joinedTimeline(tickets.in(tenantId), whole);
  const said = activities.filter(
    ({ type, isInternal, metadata }) => type === 'COMMENT' && !isInternal && metadata?.fromTicketId === ticket.id,
  );
  const authors = await replicas.users.findMany(
    tenantId,
    said.map(({ authorUserId }) => authorUserId),
  );
  return said.find(({ authorUserId }) => isByStaff(authors.get(authorUserId ?? '')?.role))?.createdAt;
};

const undoOf = async (deps: Deps, call: TicketCall, ticket: TicketState, mergedIntoId: string): Promise<Undo> => {
  const [{ tenantId }, { assignedToUserId }] = [call.caller, ticket];
  const [into, responded, assigneeActive, absence] = await Promise.all([
    deps.tickets.in(tenantId).find(mergedIntoId),
    respondedAt(deps, tenantId, ticket),
    assignedToUserId === undefined || deps.places.isActive(tenantId, assignedToUserId),
    absenceOfAssignee(deps, call, ticket),
  ]);
  return compact({ from: { id: mergedIntoId, ticketNumber: into?.ticketNumber ?? '' }, respondedAt: responded, assigneeActive, absence });
};

/** Undoes a merge. Replies that came through the ticket go back to it. */
export const unmergeTicket =
  (deps: Deps) =>
  async (call: TicketCall): Promise<Reply> => {
    const { caller, params, ifMatch } = call;
    const { tenantId } = caller;
    const tickets = deps.tickets.in(tenantId);
    const source = visibleTo(caller, await tickets.find(params.id));
    if (source.mergedIntoId === undefined) throw ticketNotMerged();
    const [undo, stamp, rules] = [await undoOf(deps, call, source, source.mergedIntoId), stampOf(call), await deps.rulesOf(tenantId)];
    const after = await tickets.update(
      source.id,
      (before) => {
        if (isDone(before, stamp)) return { state: before };
        // The merge was undone and made again meanwhile, so the data read for the undo are out of date.
        if (before.mergedIntoId !== source.mergedIntoId) throw ticketNotMerged();
        return unmerge(before, undo, stamp, rules);
      },
      { ifMatch },
    );
    if (after === undefined) throw ticketNotFound();
    await deps.places.align(tenantId, after.id, source.assignedToUserId);
    deps.places.offer(tenantId, after);
    return ok(await viewTicket(deps.replicas, caller, after));
  };
