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

/** What was booked until then and is still to begin; a booking of later knew better, if an old event comes late. */
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

/** A ticket that is resolved or closed needs nobody to come any more: what is still to begin is called off. */
export const onWorkDone =
  (deps: Deps): EventHandler<TicketStatusChangedV1> =>
  async ({ tenantid, time, data }) => {
    const ticket = await deps.tickets.in(tenantid).find(data.ticket.id);
    for (const ticketId of ticket === undefined ? [] : await withMerged(deps.tickets, tenantid, ticket))
      await callOffUntil(deps, tenantid, ticketId, new Date(time));
  };

/** The same for a repair: what it has no use for where it stands now is called off. */
export const onRepairMoved =
  (deps: Pick<Deps, 'appointments'>): EventHandler<RepairStatusChangedV1> =>
  ({ tenantid, time, data: { repair, to } }) =>
    callOffUntil(deps, tenantid, repair.id, new Date(time), ({ type }) => takesAppointment(to, type));
