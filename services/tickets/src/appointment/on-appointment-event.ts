import { AppointmentStatusChanged, subjectOf, type AppointmentEventV1 } from '@riparo/shared/contracts/appointments.events';
import type { EventEnvelope } from '@riparo/shared/contracts/event';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { followAppointments } from '../repair/follow-appointments.js';
import type { TicketDeps } from '../ticket/dependencies.js';
import { isDone, type Stamp } from '../conversation/stamp.js';
import type { Describe } from './appointment-texts.js';
import type { AppointmentDeps } from './dependencies.js';
import { eventStamp, isFull, isNoted, noteOnTicket } from './note-event.js';

type Deps = Pick<TicketDeps, 'tickets' | 'rulesOf'> & Pick<AppointmentDeps, 'repairs' | 'appointments'>;

/** Appointments of one repair that are read. Only the desk could book as many. */
const MAX_APPOINTMENTS = 500;

/**
 * Writes the entry and lets the repair follow its appointments, as they were when the repair was read. The write
 * succeeds only on that version of the repair, so a later writer has seen all that earlier writers saw.
 */
const noteOnRepair = async <T extends AppointmentEventV1>(
  { repairs, appointments }: Deps,
  describe: Describe<T>,
  { tenantid, type, data }: EventEnvelope<T>,
  repairId: string,
  stamp: Stamp,
): Promise<void> => {
  const inTenant = repairs.in(tenantid);
  await inTenant.updateAfter(repairId, async (before, save) => {
    const whole = await inTenant.findWhole(repairId);
    if (whole === undefined || isNoted(whole, stamp)) return;
    const sort = { scheduledStartAt: 1, id: 1 } as const;
    const theirs = await appointments.in(tenantid).list({ 'subject.id': repairId }, { sort, limit: MAX_APPOINTMENTS });
    const { id: appointmentId, status } = data.appointment;
    const begins = type === AppointmentStatusChanged.type && status === 'IN_PROGRESS';
    const news = { appointmentId, begins, ...(isFull(before) ? {} : { entry: describe(data) }) };
    await save(() => (isDone(before, stamp) ? { state: before } : followAppointments(before, theirs, news, stamp)));
  });
};

/** Writes an event of an appointment into the timeline of its ticket or repair. The status of a repair follows its appointments too. */
export const onAppointmentEvent =
  (deps: Deps) =>
  <T extends AppointmentEventV1>(describe: Describe<T>): EventHandler<T> =>
  (event) => {
    const { kind, id } = subjectOf(event.data.appointment);
    const stamp = eventStamp(event);
    return kind === 'TICKET'
      ? noteOnTicket(deps, event.tenantid, id, describe(event.data), stamp)
      : noteOnRepair(deps, describe, event, id, stamp);
  };
