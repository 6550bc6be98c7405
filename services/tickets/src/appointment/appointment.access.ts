import type { Caller } from '@riparo/shared/contracts/caller';
import { isDesk } from '@riparo/shared/contracts/roles';
import type { Appointment } from './appointment.js';
import { appointmentNotFound } from './appointment.errors.js';

type Seen = Pick<Appointment, 'customerId' | 'technicianId'>;

/** Customers see their own appointments, technicians those that they are to do, the desk all. */
export const maySee = (caller: Caller, { customerId, technicianId }: Seen): boolean => {
  if (caller.customerId !== undefined) return caller.customerId === customerId;
  return isDesk(caller.role) || technicianId === caller.userId;
};

/** The appointment. An appointment that does not exist and one that the caller may not see get the same 404. */
export const visibleTo = <T extends Seen>(caller: Caller, appointment: T | undefined): T => {
  if (appointment === undefined || !maySee(caller, appointment)) throw appointmentNotFound();
  return appointment;
};
