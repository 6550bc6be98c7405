import type { RetoldAppointment } from '@riparo/shared/contracts/retold-appointments';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import type { Appointments } from '../appointment/appointment.repository.js';
import type { RetellQuery } from './page-by-id.js';

/** Every appointment with its events, by id, for services that make their copies anew: it has no timeline of its own. */
export const retellAppointments =
  ({ appointments }: { readonly appointments: Appointments }) =>
  async ({ query: { tenantId, after, limit } }: PublicCall<unknown, RetellQuery>): Promise<Reply> =>
    ok((await appointments.in(tenantId).toldAfter(after, limit)) satisfies readonly RetoldAppointment[]);
