import type { AppointmentStatus } from '@riparo/shared/contracts/enums';
import type { Appointment } from './appointment.js';
import { appointmentTransitionNotAllowed } from './appointment.errors.js';

const TABLE: Readonly<Record<AppointmentStatus, readonly AppointmentStatus[]>> = {
  SCHEDULED: ['IN_TRANSIT', 'IN_PROGRESS', 'CANCELLED'],
  IN_TRANSIT: ['IN_PROGRESS', 'CANCELLED'],
  IN_PROGRESS: ['COMPLETED'],
  COMPLETED: [],
  CANCELLED: [],
};

/**
 * The next statuses of an appointment. Only an on-site visit can become IN_TRANSIT, and an appointment without a
 * technician can only be cancelled (a drop-off needs no technician).
 */
export const allowedTransitions = ({ status, type, technicianId }: Pick<Appointment, 'status' | 'type' | 'technicianId'>) => {
  const hasSomebody = technicianId !== undefined || type === 'DROP_OFF';
  return TABLE[status].filter((to) => to === 'CANCELLED' || (hasSomebody && (to !== 'IN_TRANSIT' || type === 'ONSITE_VISIT')));
};

export const checkTransition = (before: Appointment, wanted: AppointmentStatus): void => {
  const allowed = allowedTransitions(before);
  if (!allowed.includes(wanted)) throw appointmentTransitionNotAllowed(before.status, wanted, allowed);
};
