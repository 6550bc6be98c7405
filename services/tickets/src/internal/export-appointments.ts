import type { ExportedAppointment } from '@riparo/shared/contracts/exported-appointments';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import type { ExportQuery } from '@riparo/shared/rebuild/export-page';
import type { Appointments } from '../appointment/appointment.repository.js';

/** All appointments with their events, by id, for services that rebuild their replicas. Events, because an appointment has no timeline. */
export const exportAppointments =
  ({ appointments }: { readonly appointments: Appointments }) =>
  async ({ query: { tenantId, after, limit } }: PublicCall<unknown, ExportQuery>): Promise<Reply> =>
    ok((await appointments.in(tenantId).keptEventsAfter(after, limit)) satisfies readonly ExportedAppointment[]);
