import type { RepairStatus } from '@riparo/shared/contracts/enums';
import { repairTransitionNotAllowed } from './repair.errors.js';

/** What may become what, whoever does it and through whichever door. */
const TRANSITIONS: Readonly<Record<RepairStatus, readonly RepairStatus[]>> = {
  PENDING: ['SCHEDULED', 'IN_PROGRESS', 'ON_HOLD', 'CANCELED'],
  SCHEDULED: ['PENDING', 'DISPATCHED', 'IN_PROGRESS', 'CANCELED'],
  DISPATCHED: ['IN_PROGRESS', 'CANCELED'],
  IN_PROGRESS: ['AWAITING_PARTS', 'ON_HOLD', 'DELAYED', 'QUALITY_CHECK', 'COMPLETED', 'REFUSED', 'CANCELED'],
  AWAITING_PARTS: ['IN_PROGRESS', 'CANCELED'],
  ON_HOLD: ['IN_PROGRESS', 'CANCELED'],
  DELAYED: ['IN_PROGRESS', 'CANCELED'],
  QUALITY_CHECK: ['IN_PROGRESS', 'COMPLETED', 'REFUSED'],
  COMPLETED: ['PAYMENT_PENDING', 'READY_FOR_PICKUP'],
  REFUSED: ['PAYMENT_PENDING', 'READY_FOR_PICKUP'],
  PAYMENT_PENDING: ['READY_FOR_PICKUP'],
  READY_FOR_PICKUP: ['CLOSED'],
  CANCELED: ['CLOSED'],
  CLOSED: [],
};

export const allowedFrom = (from: RepairStatus): readonly RepairStatus[] => TRANSITIONS[from];

/** Throws 409 naming the current status and the ones allowed. */
export const checkTransition = (from: RepairStatus, to: RepairStatus): void => {
  const allowed = allowedFrom(from);
  if (!allowed.includes(to)) throw repairTransitionNotAllowed(from, to, allowed);
};
