import type { AppointmentType, RepairStatus } from '@riparo/shared/contracts/enums';
import { isCustomerRole, isTechnician, type Role } from '@riparo/shared/contracts/roles';
import { repairStatusByAction, repairTransitionNotAllowed } from './repair.errors.js';
import { type RepairState, isInWork } from './repair.js';

/** All transitions, for every role and every endpoint. */
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

/** Only a technician ends the work with an outcome; only the desk closes a repair. */
const BY_TECHNICIAN: readonly RepairStatus[] = ['COMPLETED', 'REFUSED'];
const BY_DESK: readonly RepairStatus[] = ['CLOSED'];

/** A customer may cancel until work has begun or a technician is on the way. */
const CUSTOMER_CANCELS: readonly RepairStatus[] = ['PENDING', 'SCHEDULED'];

export interface Actor {
  /** Missing: the system. */
  readonly role?: Role;
  readonly byUserId?: string;
}

/** The next statuses that the actor may set, through any endpoint. */
export const allowedFor = (
  { role, byUserId }: Actor,
  { status, assignedToUserId }: Pick<RepairState, 'status' | 'assignedToUserId'>,
): readonly RepairStatus[] => {
  if (role === undefined) return allowedFrom(status);
  if (isCustomerRole(role)) return CUSTOMER_CANCELS.includes(status) ? ['CANCELED'] : [];
  if (!isTechnician(role)) return allowedFrom(status).filter((to) => !BY_TECHNICIAN.includes(to));
  return assignedToUserId === byUserId ? allowedFrom(status).filter((to) => !BY_DESK.includes(to)) : [];
};

/** Throws 409 with the current status and the allowed ones. */
export const checkTransition = (actor: Actor, before: Pick<RepairState, 'status' | 'assignedToUserId'>, to: RepairStatus): void => {
  const allowed = allowedFor(actor, before);
  if (!allowed.includes(to)) throw repairTransitionNotAllowed(before.status, to, allowed);
};

/** The endpoint for a status that needs further data; `undefined` for other statuses. */
const doorTo = (from: RepairStatus, to: RepairStatus): string | undefined => {
  if (to === 'COMPLETED') return 'POST /repairs/:id/complete';
  if (to === 'REFUSED') return 'POST /repairs/:id/refuse';
  return from === 'READY_FOR_PICKUP' && to === 'CLOSED' ? 'POST /repairs/:id/collect' : undefined;
};

/** Refuses a bare change of status where an endpoint takes further data: 409 names that endpoint. */
export const refuseOtherDoors = (from: RepairStatus, to: RepairStatus): void => {
  const door = doorTo(from, to);
  if (door !== undefined && allowedFrom(from).includes(to)) throw repairStatusByAction(to, door);
};

/**
 * Whether an appointment of this type makes sense in this status. While there is work to do, every type does. A device
 * that is READY_FOR_PICKUP can be fetched at the desk.
 */
export const takesAppointment = (status: RepairStatus, type: AppointmentType): boolean =>
  isInWork(status) || (status === 'READY_FOR_PICKUP' && type === 'DROP_OFF');
