import { APPOINTMENT_STATUSES } from '@riparo/shared/contracts/enums';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { instant, oneOf, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { visibleTo } from './appointment.access.js';
import { appointmentNotFound } from './appointment.errors.js';
import { viewAppointment } from './appointment.view.js';
import { changeStatus, type StatusRequest } from './decide-status.js';
import type { AppointmentDeps } from './dependencies.js';
import { expectedArrival } from './expected-arrival.js';

const onlyFor = (statuses: readonly string[], schema: Joi.Schema): Joi.Schema =>
  schema.when('status', { not: Joi.valid(...statuses), then: Joi.forbidden() });

/** Only https addresses, because nobody can listen in on them. */
export const sessionUrl = (): Joi.StringSchema => Joi.string().max(2_000).uri({ scheme: 'https' });

export const changeAppointmentStatusBody = Joi.object<StatusRequest>({
  status: oneOf(APPOINTMENT_STATUSES).required(),
  actualStartAt: onlyFor(['IN_PROGRESS', 'COMPLETED'], instant()),
  actualEndAt: onlyFor(['COMPLETED'], instant()),
  expectedArrivalAt: onlyFor(['IN_TRANSIT'], instant()),
  completionSummary: paragraph(5_000).when('status', { is: 'COMPLETED', then: Joi.required(), otherwise: Joi.forbidden() }),
  remoteSessionUrl: onlyFor(['IN_PROGRESS'], sessionUrl()),
  noShow: onlyFor(['CANCELLED'], Joi.boolean()),
  reason: onlyFor(['CANCELLED'], paragraph(1_000)),
});

type Deps = Pick<AppointmentDeps, 'appointments' | 'replicas' | 'travelTimes'>;

/** Dispatch: the technician or the desk reports that the technician has set out, begun, finished, or that the appointment is cancelled. */
export const changeAppointmentStatus = (deps: Deps) => {
  const { appointments, replicas } = deps;
  return async ({ caller, params: { id }, body, now, ifMatch }: Call<StatusRequest, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const found = visibleTo(caller, await appointments.in(tenantId).find(id));
    const arrivalAt = body.status === 'IN_TRANSIT' ? await expectedArrival(deps, tenantId, found, now) : undefined;
    const after = await appointments
      .in(tenantId)
      .update(id, (before) => changeStatus(visibleTo(caller, before), body, { at: now, byUserId: userId, arrivalAt }), { ifMatch });
    if (after === undefined) throw appointmentNotFound();
    return ok(await viewAppointment(replicas, caller, after));
  };
};
