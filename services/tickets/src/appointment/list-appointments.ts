import { periodFields, rangeOf, withMoments, type Asked, type Period } from '@riparo/shared/http/period';
import type { Caller } from '@riparo/shared/contracts/caller';
import { APPOINTMENT_STATUSES, APPOINTMENT_TYPES, type AppointmentStatus, type AppointmentType } from '@riparo/shared/contracts/enums';
import { isDesk } from '@riparo/shared/contracts/roles';
import { refuse, staffFieldFaults } from './appointment.schema.js';
import { pageQuery, toSort, type PageRequest } from '@riparo/shared/http/pagination';
import { list } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { oneOf, uuid } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { RulesOf } from '../kernel/tenant-rules.js';
import { viewAppointments } from './appointment.view.js';
import type { AppointmentDeps } from './dependencies.js';

interface Filters extends Period {
  readonly status?: AppointmentStatus;
  readonly type?: AppointmentType;
  readonly technicianId?: string;
  readonly vehicleId?: string;
  readonly customerId?: string;
  readonly ticketId?: string;
  readonly repairId?: string;
  readonly needsReplanning?: boolean;
}
type Query = PageRequest & Filters;

export const listAppointmentsQuery: Joi.ObjectSchema<Asked<Query>> = pageQuery<Asked<Filters>>(['scheduledStartAt'], {
  status: oneOf(APPOINTMENT_STATUSES),
  type: oneOf(APPOINTMENT_TYPES),
  technicianId: uuid(),
  vehicleId: uuid(),
  customerId: uuid(),
  ticketId: uuid(),
  repairId: uuid(),
  needsReplanning: Joi.boolean(),
  ...periodFields(),
});

type Filter = Readonly<Record<string, unknown>>;

/** The appointments that the caller may see at all. The filters of the query are added with "and", so no filter can widen this. */
const scopeOf = ({ customerId, role, userId }: Caller): readonly Filter[] => {
  if (customerId !== undefined) return [{ customerId }];
  return isDesk(role) ? [] : [{ technicianId: userId }];
};

const EQUAL = ['status', 'type', 'technicianId', 'vehicleId', 'customerId'] as const;

/** Customers must not learn that an appointment waits for replanning. For them the filter has no effect. */
const replanningOf = ({ customerId }: Caller, { needsReplanning }: Query): readonly Filter[] => {
  if (needsReplanning === undefined || customerId !== undefined) return [];
  return [needsReplanning ? { needsReplanning: true } : { needsReplanning: { $exists: false } }];
};

export const appointmentFilter = (caller: Caller, query: Query): Filter => {
  const { ticketId, repairId } = query;
  const scheduledStartAt = rangeOf(query);
  const conditions = [
    ...scopeOf(caller),
    ...EQUAL.filter((field) => query[field] !== undefined).map((field) => ({ [field]: query[field] })),
    ...[ticketId, repairId].filter((id) => id !== undefined).map((id) => ({ 'subject.id': id })),
    ...replanningOf(caller, query),
    ...(scheduledStartAt === undefined ? [] : [{ scheduledStartAt }]),
  ];
  if (conditions.length > 1) return { $and: conditions };
  return conditions[0] ?? {};
};

export const listAppointments =
  ({ appointments, replicas, rulesOf }: Pick<AppointmentDeps, 'appointments' | 'replicas'> & { readonly rulesOf: RulesOf }) =>
  async ({ caller, query: asked }: Call<unknown, Asked<Query>>): Promise<Reply> => {
    const query: Query = withMoments(asked, (await rulesOf(caller.tenantId)).timeZone);
    refuse(staffFieldFaults(caller, query, ['vehicleId']));
    const { page, pageSize, sort } = query;
    const found = await appointments.in(caller.tenantId).page({
      filter: appointmentFilter(caller, query),
      sort: toSort(sort),
      page,
      pageSize,
      leaveOut: ['turns'],
    });
    return list({ ...found, items: await viewAppointments(replicas, caller, found.items) });
  };
