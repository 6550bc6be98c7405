import { isDomainError } from '@riparo/shared/errors/domain-error';
import {
  showLinkPage,
  takeLinkForm,
  toldRefusal,
  type LinkPage,
  type LinkPageCall,
  type LinkParams,
  type Shown,
} from '@riparo/shared/http/link-page';
import { typedIn, type PageQuery } from '@riparo/shared/http/page-query';
import type { Reply } from '@riparo/shared/http/route';
import type { Language } from '@riparo/shared/time/write-time';
import Joi from 'joi';
import type { AppointmentDeps } from '../dependencies.js';
import { addressOf, appointmentHtml, moveAddressOf, moveHtml, type ShownAppointment, type ShownTimes } from './appointment-html.js';
import { cancelByLink, cancelByLinkBody, confirmByLink, openLink, viewLinked, type CancelBody } from './appointment-link.js';
import { appointmentWords } from './appointment-words.js';
import { freeTimesByLink, moveByLinkBody, moveWithLink, type MoveBody } from './move-by-link.js';

/** Whatever the address holds, the page answers in words. */
export const appointmentPageParams = Joi.object<LinkParams>({ token: Joi.string().required() });
/** For the API reference: pages look at what was typed themselves. */
export const confirmPageForm = Joi.object<PageQuery>({});
export const cancelPageForm = Joi.object<PageQuery>({ reason: Joi.string() });
export const movePageForm = Joi.object<PageQuery>({ start: Joi.string().description('The start of one of the free times.') });

const dead = (language: Language) => ({
  title: appointmentWords(language).title,
  said: appointmentWords(language).faults.LINK_NOT_VALID,
});

const open = async (deps: AppointmentDeps, token: string, now: Date): Promise<ShownAppointment> => {
  const { grant, appointment } = await openLink(deps, token);
  const { timeZone } = await deps.rulesOf(grant.tenantId);
  return { tenantId: grant.tenantId, timeZone, view: viewLinked(appointment, deps.rules.changeNoticeMinutes, now) };
};

const settingsOf =
  ({ replicas }: AppointmentDeps) =>
  (tenantId: string) =>
    replicas.settings.find(tenantId, tenantId);

const pageOf = (deps: AppointmentDeps): LinkPage<ShownAppointment> => ({
  settingsOf: settingsOf(deps),
  open: (token, now) => open(deps, token, now),
  addressOf,
  show: appointmentHtml,
  dead,
});

const movePageOf = (deps: AppointmentDeps, call: LinkPageCall): LinkPage<ShownTimes> => ({
  settingsOf: settingsOf(deps),
  open: async (token, now) => ({ ...(await open(deps, token, now)), slots: await freeTimesByLink(deps, call) }),
  addressOf: moveAddressOf,
  show: moveHtml,
  dead,
});

/** `GET /appointments/:token`. Programs use `/public/appointments/:token`. */
export const getAppointmentPage =
  (deps: AppointmentDeps) =>
  (call: LinkPageCall): Promise<Reply> =>
    showLinkPage(pageOf(deps), call);

/** `POST /appointments/:token/confirm`. */
export const confirmOnPage =
  (deps: AppointmentDeps) =>
  (call: LinkPageCall<PageQuery>): Promise<Reply> =>
    takeLinkForm(pageOf(deps), call, () => confirmByLink(deps)(call), { done: 'CONFIRMED' });

/** `POST /appointments/:token/cancel`. */
export const cancelOnPage =
  (deps: AppointmentDeps) =>
  async (call: LinkPageCall<PageQuery>): Promise<Reply> => {
    const [reason] = typedIn(call.body, 'reason');
    const typed = { reason: reason ?? '' };
    const wanted: Joi.ValidationResult<CancelBody> = cancelByLinkBody.validate(reason === undefined ? {} : { reason });
    if (wanted.error !== undefined) return showLinkPage(pageOf(deps), call, { status: 422, fault: 'REASON', typed });
    return takeLinkForm(pageOf(deps), call, () => cancelByLink(deps)({ ...call, body: wanted.value }), { done: 'CANCELLED', typed });
  };

/** Shows the free times, or the appointment itself with the reason why it cannot be moved. */
const showTimes = async (deps: AppointmentDeps, call: LinkPageCall, shown: Shown = {}): Promise<Reply> => {
  try {
    return await showLinkPage(movePageOf(deps, call), call, shown);
  } catch (error) {
    return showLinkPage(pageOf(deps), call, toldRefusal(error));
  }
};

/** `GET /appointments/:token/move`. */
export const getMovePage =
  (deps: AppointmentDeps) =>
  (call: LinkPageCall): Promise<Reply> =>
    showTimes(deps, call);

/** A refusal that offers other times is about the time alone. */
const toldTime = (error: unknown): Shown =>
  isDomainError(error) && error.details.extra?.alternatives !== undefined ? { status: 409, fault: 'TAKEN' } : toldRefusal(error);

/** `POST /appointments/:token/move`: afterwards the page is that of the new time. */
export const moveOnPage =
  (deps: AppointmentDeps) =>
  async (call: LinkPageCall<PageQuery>): Promise<Reply> => {
    const [start = ''] = typedIn(call.body, 'start');
    const wanted: Joi.ValidationResult<MoveBody> = moveByLinkBody.validate({ scheduledStartAt: start });
    if (wanted.error !== undefined) return showTimes(deps, call, { status: 422, fault: 'TIME' });
    try {
      const { token } = await moveWithLink(deps, call, wanted.value);
      return await showLinkPage(pageOf(deps), { ...call, params: { token } }, { done: 'MOVED' });
    } catch (error) {
      return showTimes(deps, call, { ...toldTime(error), typed: { start } });
    }
  };
