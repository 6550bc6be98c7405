import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { stampOf } from '../conversation/stamp.js';
import type { RepairCall } from './change-repair.js';
import { take } from './decide-assignment.js';
import type { RepairDeps } from './dependencies.js';
import { repairNotFound } from './repair.errors.js';
import { viewRepair } from './repair.view.js';

/** `POST /repairs/:id/take`: a technician takes a repair from the queue, or begins with an assigned one. */
export const takeRepair =
  ({ repairs, replicas }: Pick<RepairDeps, 'repairs' | 'replicas'>) =>
  async (call: RepairCall): Promise<Reply> => {
    const { caller, params, ifMatch } = call;
    const stamp = stampOf(call);
    // `changeRepair` would answer 404 to the technician who came second and no longer sees the repair. `take` answers that technician 409.
    const after = await repairs.in(caller.tenantId).update(params.id, (before) => take(before, stamp), { ifMatch });
    if (after === undefined) throw repairNotFound();
    return ok(await viewRepair(replicas, caller, after));
  };
