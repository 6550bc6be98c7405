import { APPOINTMENT_LINK } from '@riparo/shared/contracts/links';
import type { LinkGrant } from '@riparo/shared/http/signed-link';
import { list, ok } from '@riparo/shared/http/reply';
import type { Reply } from '@riparo/shared/http/route';
import { instant } from '@riparo/shared/http/schemas';
import { DAY_MS } from '@riparo/shared/time/units';
import Joi from 'joi';
import { refuse, timeFaults } from '../appointment.schema.js';
import { freeTimesToMove, isMove, moveAppointment, type Mover } from '../booking/move-appointment.js';
import type { FreeSlot } from '../booking/planner.js';
import type { AppointmentDeps } from '../dependencies.js';
import { granted, openLink, viewLinked, type LinkCall } from './appointment-link.js';

export interface MoveBody {
  readonly scheduledStartAt: Date;
}

export const moveByLinkBody = Joi.object<MoveBody>({ scheduledStartAt: instant().required() });

/** Days from now on of which free times are offered. */
const OFFERED_DAYS = 14;

/** Whoever opens the link acts as the customer, with the customer's time limits. The event therefore names no user. */
const moverOf = (grant: LinkGrant): Mover => ({
  tenantId: grant.tenantId,
  role: 'CUSTOMER_USER',
  admit: (before) => granted(grant, before),
});

/** Times of the next days to which the appointment of a link can be moved. */
export const freeTimesByLink = async (deps: AppointmentDeps, { params, now }: LinkCall): Promise<readonly FreeSlot[]> => {
  const { grant, appointment } = await openLink(deps, params.token);
  const window = { from: now.getTime(), to: now.getTime() + OFFERED_DAYS * DAY_MS };
  return freeTimesToMove(deps, { mover: moverOf(grant), now }, appointment, window);
};

/** `GET /public/appointments/:token/slots`. */
export const listSlotsByLink =
  (deps: AppointmentDeps) =>
  async (call: LinkCall): Promise<Reply> => {
    const items = (await freeTimesByLink(deps, call)).map(({ from, to }) => ({ startAt: new Date(from), endAt: new Date(to) }));
    return list({ items, page: 1, pageSize: Math.max(1, items.length), totalCount: items.length });
  };

/** Moves it as it is, with the same length. The link that was used is void then: the new one names the new time. */
export const moveWithLink = async (deps: AppointmentDeps, { params, now }: LinkCall, { scheduledStartAt }: MoveBody) => {
  const { grant, appointment } = await openLink(deps, params.token);
  const length = appointment.scheduledEndAt.getTime() - appointment.scheduledStartAt.getTime();
  const body = { scheduledStartAt, scheduledEndAt: new Date(scheduledStartAt.getTime() + length) };
  refuse(timeFaults(body, now));
  const moved = isMove(appointment, body) ? await moveAppointment(deps, { mover: moverOf(grant), body, now }, appointment) : appointment;
  const { tenantId, subjectId } = grant;
  const start = moved.scheduledStartAt;
  return { moved, token: deps.links.sign(APPOINTMENT_LINK, { tenantId, subjectId, state: start.toISOString() }, start) };
};

/** `POST /public/appointments/:token/move`. */
export const moveByLink =
  (deps: AppointmentDeps) =>
  async (call: LinkCall<MoveBody>): Promise<Reply> => {
    const { moved, token } = await moveWithLink(deps, call, call.body);
    return ok({ ...viewLinked(moved, deps.rules.changeNoticeMinutes, call.now), token });
  };
