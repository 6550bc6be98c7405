import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { changeTicket, type TicketCall } from '../ticket/change-ticket.js';
import { assignByHand } from '../ticket/decide-assignment.js';
import type { AssignmentDeps } from './dependencies.js';
import { stampOf } from '../conversation/stamp.js';
import { visibleTo } from '../ticket/ticket.access.js';
import type { TicketState } from '../ticket/ticket.js';
import { availableVehicle } from '../kernel/vehicle.js';
import { viewTicket } from '../ticket/ticket.view.js';
import { technicianNotActive, technicianNotFound } from '../technician/technician.errors.js';

interface Body {
  readonly technicianId: string | null;
  /** `null` takes the vehicle off. */
  readonly vehicleId?: string | null;
  readonly reason?: string;
}

export const assignTicketBody = Joi.object<Body>({
  technicianId: uuid().allow(null).required(),
  vehicleId: uuid().allow(null),
  reason: paragraph(2_000),
});

type Deps = Pick<AssignmentDeps, 'tickets' | 'replicas' | 'rulesOf' | 'places' | 'assetLookup' | 'visitsFollow'>;

/** A vehicle that is said again need not be free of the workshop: nothing changes. */
const checkVehicle = async (deps: Deps, tenantId: string, before: TicketState, vehicleId: string | null | undefined): Promise<void> => {
  if (typeof vehicleId === 'string' && vehicleId !== before.vehicleId) await availableVehicle(deps, tenantId, vehicleId);
};

/**
 * Assigns or reassigns by hand. With `null` the ticket loses its assignee and waits for a person to assign it. When a
 * vehicle is said, the planned visits follow after the write; a repeated request lets them follow again.
 */
export const assignTicket = (deps: Deps) => {
  const { tickets, replicas, rulesOf, places } = deps;
  return async (call: TicketCall<Body>): Promise<Reply> => {
    const { caller, body, now } = call;
    const { tenantId } = caller;
    const found = visibleTo(caller, await tickets.in(tenantId).find(call.params.id));
    const { id, assignedToUserId: previous } = found;
    await checkVehicle(deps, tenantId, found, body.vehicleId);
    const to = body.technicianId ?? undefined;
    if (to !== undefined) {
      const technician = await places.take(tenantId, to, id);
      if (technician === undefined) throw technicianNotFound();
      if (!technician.active) throw technicianNotActive();
    }
    const [stamp, rules] = [stampOf(call), await rulesOf(tenantId)];
    let from = previous;
    try {
      const after = await changeTicket(deps, call, stamp, (before) => {
        from = before.assignedToUserId;
        return assignByHand(before, { technicianId: to, vehicleId: body.vehicleId, note: body.reason }, stamp, rules);
      });
      if (body.vehicleId !== undefined) await deps.visitsFollow(caller, after, now);
      return ok(await viewTicket(replicas, caller, after));
    } finally {
      // Also after a failure: seats are made to agree with the ticket as it is now.
      await places.align(tenantId, id, to, from, previous);
    }
  };
};
