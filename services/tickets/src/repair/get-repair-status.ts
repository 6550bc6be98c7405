import { REPAIR_STATUS_NAMES } from '@riparo/shared/contracts/enums';
import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { compact } from '@riparo/shared/json/compact';
import type { RepairCall } from './change-repair.js';
import type { RepairDeps } from './dependencies.js';
import { visibleTo } from './repair.access.js';

/** `GET /repairs/:id/status`: number, status, times and next appointment of a repair. */
export const getRepairStatus =
  (deps: Pick<RepairDeps, 'repairs' | 'appointmentOf'>) =>
  async ({ caller, params: { id } }: RepairCall): Promise<Reply> => {
    const repair = visibleTo(caller, await deps.repairs.in(caller.tenantId).find(id));
    const { number, status, updatedAt, estimatedCompletionAt, estimatedCompletionDay, readyAt, collectedAt } = repair;
    const statusName = REPAIR_STATUS_NAMES[status];
    const appointment = await deps.appointmentOf(caller, [id]);
    const times = { updatedAt, estimatedCompletionAt, estimatedCompletionDay, readyAt, collectedAt };
    return ok(compact({ id, number, status, statusName, ...times, appointment }));
  };
