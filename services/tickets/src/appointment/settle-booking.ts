import type { Clock } from '@riparo/shared/runtime/clock';
import type { Technicians } from '../technician/technician.repository.js';
import type { Tickets } from '../ticket/ticket.repository.js';
import type { Appointment } from './appointment.js';
import type { Appointments } from './appointment.repository.js';
import { cancelForDoneTicket, giveBack, markForReplanning } from './decide-replan.js';
import type { TimeOffOf } from './read-diaries.js';

export interface SettleDeps {
  readonly appointments: Appointments;
  readonly technicians: Technicians;
  readonly tickets: Tickets;
  readonly timeOffOf: TimeOffOf;
  readonly clock: Clock;
}

/**
 * A second look after a booking was saved, at what lies in other documents: technician, time off, ticket. Those who change
 * them look at the bookings after *they* have written, so whichever came last sees the other.
 */
export type SettleBooking = (tenantId: string, booked: Appointment) => Promise<Appointment>;

export const createSettleBooking = ({ appointments, technicians, tickets, timeOffOf, clock }: SettleDeps): SettleBooking => {
  const isAway = async (tenantId: string, { technicianId, scheduledStartAt, scheduledEndAt }: Appointment): Promise<boolean> => {
    if (technicianId === undefined) return false;
    const at = { from: scheduledStartAt.getTime(), to: scheduledEndAt.getTime() };
    const spans = (await timeOffOf(tenantId, [technicianId], at)).get(technicianId) ?? [];
    return spans.some(({ from, to }) => from < at.to && at.from < to);
  };
  return async (tenantId, booked) => {
    const { id, technicianId, subject } = booked;
    const [ticket, technician, away] = await Promise.all([
      tickets.in(tenantId).find(subject.id),
      technicianId === undefined ? undefined : technicians.in(tenantId).find(technicianId),
      isAway(tenantId, booked),
    ]);
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
