import { REPAIR_STATUS_NAMES } from '@riparo/shared/contracts/enums';
import { ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { appointmentOf } from '../appointment/appointment-of.js';
import type { AppointmentDeps } from '../appointment/deps.js';
import { compact } from '@riparo/shared/json/compact';
import type { RepairCall } from './change-repair.js';
import type { RepairDeps } from './deps.js';
import { visibleTo } from './repair.access.js';

/** `GET /repairs/:id/status`: the short answer to "how far is it?". */
export const getRepairStatus =
  (deps: Pick<RepairDeps, 'repairs' | 'replicas'> & Pick<AppointmentDeps, 'appointments'>) =>
  async ({ caller, params: { id } }: RepairCall): Promise<Reply> => {
    const repair = visibleTo(caller, await deps.repairs.in(caller.tenantId).find(id));
    const { number, status, updatedAt, estimatedCompletionAt, readyAt, collectedAt } = repair;
    const statusName = REPAIR_STATUS_NAMES[status];
    const appointment = await appointmentOf(deps, caller, [id]);
    return ok(compact({ id, number, status, statusName, updatedAt, estimatedCompletionAt, readyAt, collectedAt, appointment }));
  };
