import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import type { Appointment } from './appointment.js';
import { appointmentNotFound } from './appointment.errors.js';

type Seen = Pick<Appointment, 'customerId' | 'technicianId'>;

/** Customers see their own, technicians what they are to do, the desk everything. */
export const maySee = (caller: Caller, { customerId, technicianId }: Seen): boolean => {
  if (caller.customerId !== undefined) return caller.customerId === customerId;
  return isDesk(caller.role) || technicianId === caller.userId;
};

/** The appointment, or the same 404 for one that is not there and one that is not theirs. */
export const visibleTo = <T extends Seen>(caller: Caller, appointment: T | undefined): T => {
  if (appointment === undefined || !maySee(caller, appointment)) throw appointmentNotFound();
  return appointment;
};
