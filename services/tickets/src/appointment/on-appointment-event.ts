import { AppointmentStatusChanged, subjectOf, type AppointmentEventV1 } from '@riparo/shared/contracts/appointments.events';
import type { EventEnvelope } from '@riparo/shared/contracts/event';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { seededIds } from '@riparo/shared/runtime/ids';
import { followAppointments } from '../repair/follow-appointments.js';
import { applyChange } from '../ticket/apply-change.js';
import type { TicketDeps } from '../ticket/dependencies.js';
import { isDone, stampOf, type Stamp } from '../conversation/stamp.js';
import { MAX_ACTIVITIES, type Activity, type TimelineSize } from '../conversation/timeline.js';
import type { Describe } from './appointment-texts.js';
import type { AppointmentDeps } from './dependencies.js';

type Deps = Pick<TicketDeps, 'tickets' | 'rulesOf'> & Pick<AppointmentDeps, 'repairs' | 'appointments'>;

/**
 * Appointments may write 500 entries more than people may: their entries still find room in a full timeline. The limit
 * keeps a document from growing without end when somebody moves an appointment all day.
 */
const MAX_NOTED = MAX_ACTIVITIES + 500;
/** Appointments of one repair that are read. Only the desk could book as many. */
const MAX_APPOINTMENTS = 500;

/** The entry's id is made from the event's id, so that an event that arrives twice is written once. */
const stampFor = ({ id, tenantid, time, data }: EventEnvelope<AppointmentEventV1>): Stamp => {
  const at = new Date(time);
  return {
    ...stampOf({ now: at, ids: seededIds(`${tenantid}:${id}`, at) }),
    ...(data.actorUserId === undefined ? {} : { byUserId: data.actorUserId }),
  };
};

const isNoted = ({ activities }: { readonly activities: readonly Activity[] }, { activityIds: [first] }: Stamp): boolean =>
  activities.some(({ id }) => id === first);

const isFull = ({ timeline }: { readonly timeline: TimelineSize }): boolean => timeline.count >= MAX_NOTED;

const noteOnTicket = async <T extends AppointmentEventV1>(
  { tickets, rulesOf }: Deps,
  describe: Describe<T>,
  { tenantid, data }: EventEnvelope<T>,
  ticketId: string,
  stamp: Stamp,
): Promise<void> => {
  const whole = await tickets.in(tenantid).findWhole(ticketId);
  if (whole === undefined || isFull(whole) || isNoted(whole, stamp)) return;
  const rules = await rulesOf(tenantid);
  await tickets
    .in(tenantid)
    .update(ticketId, (before) =>
      isDone(before, stamp) ? { state: before } : applyChange(before, { state: {}, entries: [describe(data)] }, stamp, rules),
    );
};

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
    const note = kind === 'TICKET' ? noteOnTicket : noteOnRepair;
    return note(deps, describe, event, id, stampFor(event));
  };
