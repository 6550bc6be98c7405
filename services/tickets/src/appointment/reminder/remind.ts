import { AppointmentReminderDue } from '@riparo/shared/contracts/appointments.events';
import type { AcrossTenants } from '@riparo/shared/persistence/across-tenants';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Logger } from 'pino';
import { published, withDerived, type Appointment, type AppointmentDecision } from '../appointment.js';
import type { Appointments } from '../appointment.repository.js';
import { reminderAt } from './reminders.js';
import type { RecheckBooking } from '../booking/recheck-booking.js';
import { forEachDue } from '../../kernel/for-each-due.js';

export interface RemindDeps {
  readonly appointments: Appointments;
  readonly recheckBooking: RecheckBooking;
  readonly clock: Clock;
  readonly log: Logger;
  /** Appointments with a reminder due. */
  readonly dueReminders: AcrossTenants;
}

/** Says it once, or notes that it is not worth saying any more; nothing when it was moved or called off meanwhile. */
export const remind = (before: Appointment, now: Date): AppointmentDecision => {
  if (before.reminderAt === undefined || before.reminderAt > now) return { state: before };
  const { kind, reminded } = reminderAt(before, now);
  const after = withDerived({ ...before, ...reminded });
  return { state: after, events: kind === undefined ? [] : [AppointmentReminderDue.with({ appointment: published(after), kind })] };
};

/** Reminders by the clock; the record that one was given and its event are one write, so several instances give it once. */
export const runReminders = (deps: RemindDeps) => (): Promise<void> =>
  forEachDue({ everywhere: deps.dueReminders, clock: deps.clock, log: deps.log }, 'reminderAt', async ({ tenantId, id }, now) => {
    const { appointments, recheckBooking } = deps;
    const found = await appointments.in(tenantId).find(id);
    if (found === undefined) return;
    // Nobody is reminded of what cannot take place; this also mends what a crash after a booking has left.
    await recheckBooking(tenantId, found);
    await appointments.in(tenantId).update(id, (before) => remind(before, now));
  });
