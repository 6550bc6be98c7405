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
  /** Finds appointments with a due reminder, over all tenants. */
  readonly dueReminders: AcrossTenants;
}

/**
 * Records a due reminder and announces it. A reminder that is of no use any more is only recorded. Changes nothing when
 * the appointment was moved or cancelled meanwhile.
 */
export const remind = (before: Appointment, now: Date): AppointmentDecision => {
  if (before.reminderAt === undefined || before.reminderAt > now) return { state: before };
  const { kind, reminded } = reminderAt(before, now);
  const after = withDerived({ ...before, ...reminded });
  return { state: after, events: kind === undefined ? [] : [AppointmentReminderDue.with({ appointment: published(after), kind })] };
};

/** Sends reminders by the clock. The record of a reminder and its event are one write, so several instances send it once. */
export const runReminders = (deps: RemindDeps) => (): Promise<void> =>
  forEachDue({ everywhere: deps.dueReminders, clock: deps.clock, log: deps.log }, 'reminderAt', async ({ tenantId, id }, now) => {
    const { appointments, recheckBooking } = deps;
    const found = await appointments.in(tenantId).find(id);
    if (found === undefined) return;
    // The recheck cancels an appointment that cannot take place, so that nobody is reminded of it. It also repairs what a
    // crash after a booking has left.
    await recheckBooking(tenantId, found);
    await appointments.in(tenantId).update(id, (before) => remind(before, now));
  });
