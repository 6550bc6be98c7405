import type { RepairStatusChangedV1 } from '@riparo/shared/contracts/repairs.events';
import type { TicketStatusChangedV1 } from '@riparo/shared/contracts/tickets.events';
import { AppointmentReminderDue } from '@riparo/shared/contracts/appointments.events';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import type { AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Logger } from 'pino';
import { takesAppointment } from '../repair/takes-appointment.js';
import type { TicketState } from '../ticket/ticket.js';
import type { Tickets } from '../ticket/ticket.repository.js';
import { forEachDue } from '../assignment/run-clocks.js';
import { published, withDerived, type Appointment, type AppointmentDecision } from './appointment.js';
import type { Appointments } from './appointment.repository.js';
import { cancelForDoneWork, giveBack } from './booking/decide-replan.js';
import { reminderAt } from './reminders.js';
import type { RecheckBooking } from './booking/recheck-booking.js';

export interface TendDeps {
  readonly appointments: Appointments;
  readonly tickets: Tickets;
  readonly recheckBooking: RecheckBooking;
  readonly clock: Clock;
  readonly log: Logger;
  /** Appointments with a reminder due. */
  readonly dueReminders: AcrossTenants;
  /** Technicians. */
  readonly everyone: AcrossTenants;
}

const MAX_APPOINTMENTS = 5_000;
const MAX_TECHNICIANS = 10_000;
const MAX_TICKETS = 200;

type Merging = Pick<TicketState, 'id' | 'merge' | 'mergedIntoId'>;

/** What somebody was to do who is a technician no more: it needs somebody else. */
export type GiveBackAll = (tenantId: string, leaver: string) => Promise<void>;

export const createGiveBackAll =
  ({ appointments, clock }: Pick<TendDeps, 'appointments' | 'clock'>): GiveBackAll =>
  async (tenantId, leaver) => {
    for (const status of ['SCHEDULED', 'IN_TRANSIT'] as const) {
      const theirs = await appointments.in(tenantId).list({ technicianId: leaver, status }, { limit: MAX_APPOINTMENTS });
      for (const { id } of theirs) await appointments.in(tenantId).update(id, (before) => giveBack(before, leaver, clock.now()));
    }
  };

/**
 * What a crash between a booking or an assignment and its second look has left, and what an event that came late has
 * given to somebody who had left; each run looks at those who left only.
 */
export const runGiveBack =
  ({ everyone }: Pick<TendDeps, 'everyone'>, giveBacks: readonly GiveBackAll[]) =>
  async (): Promise<void> => {
    for (const { tenantId, id } of await everyone.find({ active: false }, MAX_TECHNICIANS))
      for (const giveBack of giveBacks) await giveBack(tenantId, id);
  };

/** The ticket and what is merged into it, directly or by way of others: their appointments are about the same work. */
export const withMerged = async (tickets: Tickets, tenantId: string, ticket: Merging): Promise<readonly string[]> => {
  const found = new Set([ticket.id]);
  for (let next: readonly Merging[] = [ticket]; next.length > 0 && found.size < MAX_TICKETS;) {
    const announced = next.flatMap(({ merge }) => merge?.sources.map(({ ticketId }) => ticketId) ?? []);
    const sources = await Promise.all(announced.filter((id) => !found.has(id)).map((id) => tickets.in(tenantId).find(id)));
    next = sources.filter((source) => source?.mergedIntoId !== undefined && found.has(source.mergedIntoId)) as readonly Merging[];
    for (const { id } of next) found.add(id);
  }
  return [...found];
};

/** What was booked until then and is still to begin; a booking of later knew better, if an old event comes late. */
const callOffUntil = async (
  { appointments }: Pick<TendDeps, 'appointments'>,
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
  (deps: Pick<TendDeps, 'appointments' | 'tickets'>): EventHandler<TicketStatusChangedV1> =>
  async ({ tenantid, time, data }) => {
    const ticket = await deps.tickets.in(tenantid).find(data.ticket.id);
    for (const ticketId of ticket === undefined ? [] : await withMerged(deps.tickets, tenantid, ticket))
      await callOffUntil(deps, tenantid, ticketId, new Date(time));
  };

/** The same for a repair: what it has no use for where it stands now is called off. */
export const onRepairMoved =
  (deps: Pick<TendDeps, 'appointments'>): EventHandler<RepairStatusChangedV1> =>
  ({ tenantid, time, data: { repair, to } }) =>
    callOffUntil(deps, tenantid, repair.id, new Date(time), ({ type }) => takesAppointment(to, type));

/** Says it once, or notes that it is not worth saying any more; nothing when it was moved or called off meanwhile. */
export const remind = (before: Appointment, now: Date): AppointmentDecision => {
  if (before.reminderAt === undefined || before.reminderAt > now) return { state: before };
  const { kind, reminded } = reminderAt(before, now);
  const after = withDerived({ ...before, ...reminded });
  return { state: after, events: kind === undefined ? [] : [AppointmentReminderDue.with({ appointment: published(after), kind })] };
};

/** Reminders by the clock; the record that one was given and its event are one write, so several instances give it once. */
export const runReminders = (deps: TendDeps) => (): Promise<void> =>
  forEachDue({ everywhere: deps.dueReminders, clock: deps.clock, log: deps.log }, 'reminderAt', async ({ tenantId, id }, now) => {
    const { appointments, recheckBooking } = deps;
    const found = await appointments.in(tenantId).find(id);
    if (found === undefined) return;
    // Nobody is reminded of what cannot take place; this also mends what a crash after a booking has left.
    await recheckBooking(tenantId, found);
    await appointments.in(tenantId).update(id, (before) => remind(before, now));
  });
