import { file } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { visibleTo } from '../appointment.access.js';
import { CALENDAR_TYPE, calendarFile, forCustomer, forStaff } from './calendar-file.js';
import type { ScheduleDeps } from './dependencies.js';

/** `GET /appointments/:id.ics`. */
export const getAppointmentFile =
  ({ appointments, replicas }: Pick<ScheduleDeps, 'appointments' | 'replicas'>) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId, customerId } = caller;
    const appointment = visibleTo(caller, await appointments.in(tenantId).find(id));
    const [settings, customer] = await Promise.all([
      replicas.settings.find(tenantId, tenantId),
      replicas.customers.find(tenantId, appointment.customerId),
    ]);
    const entry = customerId === undefined ? forStaff(appointment, settings, customer) : forCustomer(appointment, settings);
    return file(calendarFile(settings?.companyName ?? 'Riparo', [entry]), CALENDAR_TYPE, `${appointment.subject.number}.ics`);
  };
