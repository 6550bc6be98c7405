import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { visibleTo } from './appointment.access.js';
import { viewAppointment } from './appointment.view.js';
import type { AppointmentDeps } from './dependencies.js';

export const getAppointment =
  ({ appointments, replicas }: Pick<AppointmentDeps, 'appointments' | 'replicas'>) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> =>
    ok(await viewAppointment(replicas, caller, visibleTo(caller, await appointments.in(caller.tenantId).find(id))));
