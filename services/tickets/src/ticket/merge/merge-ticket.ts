import { invalidInput } from '@riparo/shared/errors/common-errors';
import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { uuid } from '@riparo/shared/http/schemas';
import type { TenantRepository } from '@riparo/shared/persistence/repository';
import Joi from 'joi';
import { isDeepStrictEqual } from 'node:util';
import type { TicketCall } from '../change-ticket.js';
import type { TicketDeps } from '../dependencies.js';
import { isDone, type Stamp, stampOf } from '../../conversation/stamp.js';
import { visibleTo } from '../ticket.access.js';
import { ticketNotFound } from '../ticket.errors.js';
import type { Ticket, TicketState } from '../ticket.js';
import { viewTicket } from '../ticket.view.js';
import { announceMerge, callOffMerge, mergeInto } from './decide-merge.js';
import { mergeTargetOf } from './merge-target.js';
import { mergeRecordOf, type MergeSource } from './merge.js';
import { mergeCircle, mergeInTheWay, targetMerged, ticketAlreadyMerged } from './merge.errors.js';

interface Body {
  readonly intoTicketId: string;
}
type TenantTickets = TenantRepository<Ticket, 'activities'>;
type Deps = Pick<TicketDeps, 'tickets' | 'replicas' | 'rulesOf' | 'places'>;

export const mergeTicketBody = Joi.object<Body>({ intoTicketId: uuid().required() });

const MAX_ROUNDS = 8;

/** The target of a merge: a ticket of the same customer that is not merged itself. */
const targetOf = async ({ tickets }: Deps, { caller, body }: TicketCall<Body>, source: TicketState): Promise<TicketState> => {
  const inTenant = tickets.in(caller.tenantId);
  const target = await inTenant.find(body.intoTicketId);
  if (target?.customerId !== source.customerId) throw ticketNotFound();
  const { id, ticketNumber } = await mergeTargetOf(inTenant, visibleTo(caller, target));
  if (id === source.id) throw mergeCircle();
  if (id !== target.id) throw targetMerged({ id, ticketNumber });
  return target;
};

/**
 * When two tickets are to be merged into each other, the older one goes first for so many rounds. After that the other
 * request may have died, and its merge is called off.
 */
const PATIENT_ROUNDS = 4;

/**
 * Whether every announced merge into this ticket has been made or called off. Only then may the ticket itself be
 * merged. So tickets are never merged in a circle: in a circle each merge would have to be made before the next one.
 */
const isFree = async (tickets: TenantTickets, current: TicketState, round: number): Promise<boolean> => {
  for (const { ticketId, attempt } of mergeRecordOf(current).sources) {
    const waits = round < PATIENT_ROUNDS && ticketId < current.id;
    const other = await (waits ? tickets.find(ticketId) : tickets.update(ticketId, (before) => callOffMerge(before, attempt)));
    if (other !== undefined && mergeRecordOf(other).attempt <= attempt) return false;
  }
  return true;
};

const announce = async (tickets: TenantTickets, target: TicketState, source: MergeSource): Promise<boolean> => {
  const after = await tickets.update(target.id, (before) =>
    before.mergedIntoId === undefined ? announceMerge(before, source) : { state: before },
  );
  return after?.mergedIntoId === undefined;
};

/** Tries once. `undefined`: another request came in between, and the merge must start again. */
const tryToMerge = async (deps: Deps, call: TicketCall<Body>, source: TicketState, stamp: Stamp, round: number) => {
  const { caller, ifMatch } = call;
  const tickets = deps.tickets.in(caller.tenantId);
  const target = await targetOf(deps, call, source);
  const { attempt } = mergeRecordOf(source);
  if (!(await announce(tickets, target, { ticketId: source.id, attempt }))) return undefined;
  // Read after the announcement: when two requests announce merges into each other, at least one of them sees the other's announcement.
  const current = visibleTo(caller, await tickets.find(source.id));
  if (!(await isFree(tickets, current, round))) return undefined;
  const { sources } = mergeRecordOf(current);
  const rules = await deps.rulesOf(caller.tenantId);
  const after = await tickets.update(
    source.id,
    (before) => {
      const merge = mergeRecordOf(before);
      const changed = before.mergedIntoId === undefined && (merge.attempt !== attempt || !isDeepStrictEqual(merge.sources, sources));
      if (changed || before.mergedIntoId === target.id || isDone(before, stamp)) return { state: before };
      return mergeInto(before, { id: target.id, ticketNumber: target.ticketNumber }, stamp, rules);
    },
    { ifMatch },
  );
  return after?.mergedIntoId === target.id ? after : undefined;
};

/** Merges a duplicate into another ticket of the same customer. */
export const mergeTicket =
  (deps: Deps) =>
  async (call: TicketCall<Body>): Promise<Reply> => {
    const { caller, params, body } = call;
    const { tenantId } = caller;
    if (params.id === body.intoTicketId) throw invalidInput([{ path: 'intoTicketId', message: 'must be another ticket' }]);
    const stamp = stampOf(call);
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const source = visibleTo(caller, await deps.tickets.in(tenantId).find(params.id));
      if (source.mergedIntoId !== undefined && source.mergedIntoId !== body.intoTicketId) throw ticketAlreadyMerged(source.mergedIntoId);
      const merged = source.mergedIntoId === undefined ? await tryToMerge(deps, call, source, stamp, round) : source;
      if (merged === undefined) continue;
      await deps.places.align(tenantId, merged.id, merged.assignedToUserId);
      return ok(await viewTicket(deps.replicas, caller, merged));
    }
    throw mergeInTheWay();
  };
