import type { Replicas } from '../replica/replicas.js';
import type { Appointment } from './appointment.js';
import type { Appointments } from './appointment.repository.js';
import { viewAppointment } from './appointment.view.js';
import type { AppointmentOf } from '../kernel/preferred-time.js';

/** Older appointments are not read. */
const MAX_LOOKED_AT = 50;

/** The next open appointment. Without one: the last completed one, or else the last cancelled one. */
const mostTelling = (latestFirst: readonly Appointment[]): Appointment | undefined =>
  latestFirst.findLast(({ open }) => open) ?? latestFirst.find(({ status }) => status === 'COMPLETED') ?? latestFirst[0];

/** The one appointment that a ticket or a repair shows, in the view that everybody who may see the ticket or repair gets. */
export const createAppointmentOf =
  ({ appointments, replicas }: { readonly appointments: Appointments; readonly replicas: Replicas }): AppointmentOf =>
  async (caller, subjectIds) => {
    const filter = { 'subject.id': subjectIds.length === 1 ? subjectIds[0] : { $in: [...subjectIds] } };
    const sort = { scheduledStartAt: -1, id: -1 } as const;
    const found = mostTelling(await appointments.in(caller.tenantId).list(filter, { sort, limit: MAX_LOOKED_AT }));
    if (found === undefined) return undefined;
    const {
      customer: _customer,
      asset: _asset,
      customerId: _customerId,
      assetId: _assetId,
      ...view
    } = await viewAppointment(replicas, caller, found);
    return view;
  };
