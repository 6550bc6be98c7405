import { APPOINTMENT_LINK } from '@riparo/shared/contracts/links';
import { AppointmentConfirmed } from '@riparo/shared/contracts/appointments.events';
import { linkInvalid } from '@riparo/shared/errors/common-errors';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import type { LinkGrant } from '@riparo/shared/http/signed-link';
import { ok } from '@riparo/shared/http/reply';
import type { PublicCall, Reply } from '@riparo/shared/http/route';
import { paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { compact } from '@riparo/shared/json/compact';
import { published, type Appointment, type AppointmentDecision } from '../appointment.js';
import { appointmentNotChangeable } from '../appointment.errors.js';
import { callOff, refuseChange, refuseMove } from '../decide-change.js';
import type { AppointmentDeps } from '../dependencies.js';

export interface LinkParams {
  readonly token: string;
}
export interface CancelBody {
  readonly reason?: string;
}
type Deps = Pick<AppointmentDeps, 'appointments' | 'links' | 'rules'>;
export type LinkCall<Body = unknown> = PublicCall<Body, unknown, LinkParams>;

export const appointmentLinkParams = Joi.object<LinkParams>({ token: Joi.string().max(1_000).required() });
export const cancelByLinkBody = Joi.object<CancelBody>({ reason: paragraph(1_000) });

/** Checks that the link is of the current time: when the appointment was moved, the links of older mails are void. */
export const granted = <T extends Appointment>({ state }: LinkGrant, appointment: T | undefined): T => {
  if (appointment === undefined || appointment.scheduledStartAt.toISOString() !== state) throw linkInvalid();
  return appointment;
};

const isAllowed = (check: () => void): boolean => {
  try {
    check();
    return true;
  } catch (error) {
    if (isDomainError(error)) return false;
    throw error;
  }
};

/** Shows type, status and times, and nothing about people or places. */
export const viewLinked = (appointment: Appointment, changeNoticeMinutes: number, now: Date) => {
  const { type, status, scheduledStartAt, scheduledEndAt, confirmedAt } = appointment;
  const by = { at: now, role: undefined };
  return compact({
    type,
    status,
    scheduledStartAt,
    scheduledEndAt,
    confirmedAt,
    canConfirm: status === 'SCHEDULED' && confirmedAt === undefined,
    canCancel: isAllowed(() => refuseChange(appointment, by, changeNoticeMinutes)),
    canMove: isAllowed(() => refuseMove(appointment, by, changeNoticeMinutes)),
  });
};

export const openLink = async ({ appointments, links }: Pick<Deps, 'appointments' | 'links'>, token: string) => {
  const grant = links.verify(APPOINTMENT_LINK, token);
  return { grant, appointment: granted(grant, await appointments.in(grant.tenantId).find(grant.subjectId)) };
};

export const getAppointmentLink =
  (deps: Deps) =>
  async ({ params, now }: LinkCall): Promise<Reply> =>
    ok(viewLinked((await openLink(deps, params.token)).appointment, deps.rules.changeNoticeMinutes, now));

/** A second confirmation changes nothing. */
const confirm = (before: Appointment, now: Date): AppointmentDecision => {
  if (before.status !== 'SCHEDULED') throw appointmentNotChangeable(before.status);
  if (before.confirmedAt !== undefined) return { state: before };
  const after = { ...before, confirmedAt: now };
  return { state: after, events: [AppointmentConfirmed.with({ appointment: published(after) })] };
};

const changeByLink = async (
  { appointments, links, rules }: Deps,
  { params, now }: LinkCall,
  decide: (before: Appointment) => AppointmentDecision,
): Promise<Reply> => {
  const grant = links.verify(APPOINTMENT_LINK, params.token);
  const after = await appointments.in(grant.tenantId).update(grant.subjectId, (before) => decide(granted(grant, before)));
  return ok(viewLinked(granted(grant, after), rules.changeNoticeMinutes, now));
};

/** Whoever opens the reminder's link confirms for the customer. The event therefore names no user. */
export const confirmByLink =
  (deps: Deps) =>
  (call: LinkCall): Promise<Reply> =>
    changeByLink(deps, call, (before) => confirm(before, call.now));

/** The same time limit holds as for customers who are signed in. */
export const cancelByLink =
  (deps: Deps) =>
  (call: LinkCall<CancelBody>): Promise<Reply> =>
    changeByLink(deps, call, (before) => {
      if (before.cancellation?.kind === 'CUSTOMER') return { state: before };
      return callOff(before, call.body.reason, { at: call.now, role: undefined }, deps.rules.changeNoticeMinutes);
    });
