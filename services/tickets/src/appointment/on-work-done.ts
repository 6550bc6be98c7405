import type { RepairStatusChangedV1 } from '@riparo/shared/contracts/repairs.events';
import type { TicketStatusChangedV1 } from '@riparo/shared/contracts/tickets.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { Tickets } from '../ticket/ticket.repository.js';
import type { Appointment } from './appointment.js';
import type { Appointments } from './appointment.repository.js';
import { cancelForDoneWork } from './booking/decide-replan.js';
import { withMerged } from '../ticket/merge/with-merged.js';
import { takesAppointment } from '../repair/transitions.js';

interface Deps {
  readonly appointments: Appointments;
  readonly tickets: Tickets;
}

const MAX_APPOINTMENTS = 5_000;

/**
 * Cancels the needless appointments that were booked up to `at` and have not begun. An appointment that was booked
 * later was booked on purpose, so a late event must not cancel it.
 */
const callOffUntil = async (
  { appointments }: Pick<Deps, 'appointments'>,
  tenantId: string,
  subjectId: string,
  at: Date,
  isNeeded: (appointment: Appointment) => boolean = () => false,
): Promise<void> => {
  const planned = await appointments.in(tenantId).list({ 'subject.id': subjectId, open: true }, { limit: MAX_APPOINTMENTS });
  const needless = planned.filter((appointment) => appointment.createdAt <= at && !isNeeded(appointment));
  for (const { id } of needless) await appointments.in(tenantId).update(id, (state) => cancelForDoneWork(state, at));
};

/** A resolved or closed ticket needs no appointment any more: planned ones are cancelled. */
export const onWorkDone =
  (deps: Deps): EventHandler<TicketStatusChangedV1> =>
  async ({ tenantid, time, data }) => {
    const ticket = await deps.tickets.in(tenantid).find(data.ticket.id);
    for (const ticketId of ticket === undefined ? [] : await withMerged(deps.tickets, tenantid, ticket))
      await callOffUntil(deps, tenantid, ticketId, new Date(time));
  };

/** Cancels a repair's planned appointments that are of no use in its new status. */
export const onRepairMoved =
  (deps: Pick<Deps, 'appointments'>): EventHandler<RepairStatusChangedV1> =>
  ({ tenantid, time, data: { repair, to } }) =>
    callOffUntil(deps, tenantid, repair.id, new Date(time), ({ type }) => takesAppointment(to, type));
