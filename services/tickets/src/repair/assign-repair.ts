import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { paragraph, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { stampOf } from '../conversation/stamp.js';
import { changeRepair, type RepairCall } from './change-repair.js';
import { assign, takeFromLeaver } from './decide-assignment.js';
import type { RepairDeps } from './dependencies.js';
import { viewRepair } from './repair.view.js';
import { technicianNotActive, technicianNotFound } from '../technician/technician.errors.js';

interface Body {
  readonly technicianId: string | null;
  readonly reason?: string;
}

export const assignRepairBody = Joi.object<Body>({ technicianId: uuid().allow(null).required(), reason: paragraph(2_000) });

type Deps = Pick<RepairDeps, 'repairs' | 'replicas' | 'technicians'>;

const refuseUnlessActive = async ({ technicians }: Deps, tenantId: string, id: string): Promise<void> => {
  const technician = await technicians.in(tenantId).find(id);
  if (technician === undefined) throw technicianNotFound();
  if (!technician.active) throw technicianNotActive();
};

/** `POST /repairs/:id/assign`: the desk assigns a repair, or with `null` puts it back into the queue. */
export const assignRepair =
  (deps: Deps) =>
  async (call: RepairCall<Body>): Promise<Reply> => {
    const { caller, body, now, ids } = call;
    const { tenantId } = caller;
    const to = body.technicianId ?? undefined;
    if (to !== undefined) await refuseUnlessActive(deps, tenantId, to);
    const stamp = stampOf(call);
    let after = await changeRepair(deps, call, stamp, (before) => assign(before, to, body.reason, stamp));
    // The technician may have left at this moment and have given back all repairs before this one was assigned. Then this
    // one is given back here.
    if (to !== undefined && (await deps.technicians.in(tenantId).find(to))?.active !== true) {
      const bySystem = stampOf({ now, ids });
      after = (await deps.repairs.in(tenantId).update(after.id, (before) => takeFromLeaver(before, to, bySystem))) ?? after;
    }
    return ok(await viewRepair(deps.replicas, caller, after));
  };
