import type { TimeOff } from '../../technician/time-off.js';

export const viewTimeOff = (technicianId: string, { id, from, to, reason, createdByUserId, createdAt }: TimeOff) => ({
  id,
  technicianId,
  from,
  to,
  ...(reason === undefined ? {} : { reason }),
  createdByUserId,
  createdAt,
});
