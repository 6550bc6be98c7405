import type { Clock } from '@riparo/shared/runtime/clock';
import { followMerge } from '../merge/follow-merge.js';
import { awayIn } from '../technician/time-off.js';
import type { Technicians } from '../technician/technician.repository.js';
import type { Tickets } from '../ticket/ticket.repository.js';
import type { TicketState } from '../ticket/ticket.js';
import type { Appointment } from './appointment.js';
import type { Appointments } from './appointment.repository.js';
import { cancelForDoneTicket, giveBack, markForReplanning } from './decide-replan.js';

export interface SettleDeps {
  readonly appointments: Appointments;
  readonly technicians: Technicians;
  readonly tickets: Tickets;
  readonly clock: Clock;
}

/**
 * A second look after a booking was saved, at what lies in other documents: technician, time off, ticket. Those who change
 * them look at the bookings after *they* have written, so whichever came last sees the other.
 */
export type SettleBooking = (tenantId: string, booked: Appointment) => Promise<Appointment>;

export const createSettleBooking = ({ appointments, technicians, tickets, clock }: SettleDeps): SettleBooking => {
  /** The ticket, or what it was merged into: the work goes on there. */
  const workOf = async (tenantId: string, ticketId: string): Promise<TicketState | undefined> => {
    const ticket = await tickets.in(tenantId).find(ticketId);
    return ticket === undefined ? undefined : followMerge(tickets.in(tenantId), ticket);
  };
  return async (tenantId, booked) => {
    const { id, technicianId, subject } = booked;
    const [ticket, technician] = await Promise.all([
      workOf(tenantId, subject.id),
      technicianId === undefined ? undefined : technicians.in(tenantId).find(technicianId),
    ]);
    const at = { from: booked.scheduledStartAt.getTime(), to: booked.scheduledEndAt.getTime() };
    const away = technician !== undefined && awayIn(technician, at).length > 0;
    const left = technicianId !== undefined && technician?.active !== true;
    if (ticket?.active === true && !left && !away) return booked;
    const after = await appointments.in(tenantId).update(id, (before) => {
      if (ticket?.active !== true) return cancelForDoneTicket(before, clock.now());
      if (left) return giveBack(before, technicianId, clock.now());
      return before.technicianId === technicianId ? markForReplanning(before, 'TIME_OFF', clock.now()) : { state: before };
    });
    return after ?? booked;
  };
};
