import type { AppointmentType, RepairStatus } from '@riparo/shared/contracts/enums';
import { isInWork } from './repair.js';

/**
 * Whether an appointment of this type has a sense for a repair that stands there: while it is in work somebody may come,
 * look at it from afar or be brought the device; a device that is ready can be fetched at the desk.
 */
export const takesAppointment = (status: RepairStatus, type: AppointmentType): boolean =>
  isInWork(status) || (status === 'READY_FOR_PICKUP' && type === 'DROP_OFF');
