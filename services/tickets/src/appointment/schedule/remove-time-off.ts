import { noContent } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { removeTimeOff, timeOffOf } from '../../technician/time-off.js';
import type { ScheduleDeps } from './dependencies.js';
import { clearDisplaced } from './displaced.js';
import { technicianFor } from './schedule.access.js';
import { timeOffNotFound } from '../../technician/technician.errors.js';

/** Removes time off. Appointments that waited for replanning because of it can stay, and the technician is offered waiting tickets. */
export const removeTechnicianTimeOff =
  (deps: ScheduleDeps) =>
  async ({ caller, params }: Call<unknown, unknown, { technicianId: string; id: string }>): Promise<Reply> => {
    const { tenantId } = caller;
    const technician = await technicianFor(deps.technicians, caller, params.technicianId);
    const entry = timeOffOf(technician).find(({ id }) => id === params.id);
    const after = await deps.technicians.in(tenantId).update(technician.id, (before) => removeTimeOff(before, params.id));
    if (entry === undefined || after === undefined) throw timeOffNotFound();
    await clearDisplaced(deps, tenantId, after, { from: entry.from.getTime(), to: entry.to.getTime() });
    deps.places.wake(tenantId);
    return noContent();
  };
