import type { AppointmentType, RepairStatus } from '@riparo/shared/contracts/enums';

/** Somebody may come, look at it from afar, or be brought the device. */
const WORKED_ON: readonly RepairStatus[] = [
  'PENDING',
  'SCHEDULED',
  'DISPATCHED',
  'IN_PROGRESS',
  'AWAITING_PARTS',
  'ON_HOLD',
  'DELAYED',
  'QUALITY_CHECK',
];

/** Whether an appointment of this type has a sense for a repair that stands there; a device that is ready can be fetched at the desk. */
export const takesAppointment = (status: RepairStatus, type: AppointmentType): boolean =>
  WORKED_ON.includes(status) || (status === 'READY_FOR_PICKUP' && type === 'DROP_OFF');
