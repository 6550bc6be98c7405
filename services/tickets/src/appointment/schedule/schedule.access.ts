import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import type { Technician } from '../../technician/technician.js';
import type { Technicians } from '../../technician/technician.repository.js';
import { technicianNotFound } from '../../technician/technician.errors.js';

/** Technicians may see their own schedule, the desk all schedules. Any other schedule is answered 404. */
export const technicianFor = async (technicians: Technicians, caller: Caller, technicianId: string): Promise<Technician> => {
  const mine = isDesk(caller.role) || caller.userId === technicianId;
  const technician = mine ? await technicians.in(caller.tenantId).find(technicianId) : undefined;
  if (technician === undefined) throw technicianNotFound();
  return technician;
};
