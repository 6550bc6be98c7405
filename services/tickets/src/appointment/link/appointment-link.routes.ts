import { langQuery } from '@riparo/shared/http/page';
import { action, get, type Route } from '@riparo/shared/http/route';
import { APPOINTMENT_OPERATIONS } from '../appointment.reference.js';
import type { AppointmentDeps } from '../dependencies.js';
import { appointmentLinkParams, cancelByLink, cancelByLinkBody, confirmByLink, getAppointmentLink } from './appointment-link.js';
import {
  appointmentPageParams,
  cancelOnPage,
  cancelPageForm,
  confirmOnPage,
  confirmPageForm,
  getAppointmentPage,
  getMovePage,
  moveOnPage,
  movePageForm,
} from './appointment-page.js';
import { listSlotsByLink, moveByLink, moveByLinkBody } from './move-by-link.js';

/** For whoever holds the link of a mail. */
const linkRoutes = (deps: AppointmentDeps): readonly Route[] => [
  get(
    '/public/appointments/:token',
    'public',
    'Returns the appointment that a link in a mail is for.',
    { params: appointmentLinkParams },
    getAppointmentLink(deps),
    APPOINTMENT_OPERATIONS.getAppointmentLink,
  ),
  action(
    '/public/appointments/:token/confirm',
    'public',
    'Confirms the appointment without signing in.',
    { params: appointmentLinkParams },
    confirmByLink(deps),
    APPOINTMENT_OPERATIONS.confirmAppointmentByLink,
  ),
  action(
    '/public/appointments/:token/cancel',
    'public',
    'Cancels the appointment without signing in, up to a set time before it starts.',
    { params: appointmentLinkParams, body: cancelByLinkBody },
    cancelByLink(deps),
    APPOINTMENT_OPERATIONS.cancelAppointmentByLink,
  ),
  get(
    '/public/appointments/:token/slots',
    'public',
    'Lists free times of the next two weeks to which the appointment can be moved, without signing in.',
    { params: appointmentLinkParams },
    listSlotsByLink(deps),
    APPOINTMENT_OPERATIONS.listAppointmentSlotsByLink,
  ),
  action(
    '/public/appointments/:token/move',
    'public',
    'Moves the appointment without signing in, up to a set time before it starts; the answer has the token of its new link.',
    { params: appointmentLinkParams, body: moveByLinkBody },
    moveByLink(deps),
    APPOINTMENT_OPERATIONS.moveAppointmentByLink,
  ),
];

/** The page that the link opens. */
const pageRoutes = (deps: AppointmentDeps): readonly Route[] => [
  get(
    '/appointments/:token',
    'public',
    'Shows an appointment as a web page on which the customer confirms, moves or cancels it; mails lead there.',
    { params: appointmentPageParams, query: langQuery },
    getAppointmentPage(deps),
    { ...APPOINTMENT_OPERATIONS.getAppointmentPage, page: true },
  ),
  action(
    '/appointments/:token/confirm',
    'public',
    'Takes the form of that page that confirms.',
    { params: appointmentPageParams, query: langQuery, body: confirmPageForm },
    confirmOnPage(deps),
    { ...APPOINTMENT_OPERATIONS.confirmAppointmentOnPage, page: true },
  ),
  action(
    '/appointments/:token/cancel',
    'public',
    'Takes the form of that page that cancels.',
    { params: appointmentPageParams, query: langQuery, body: cancelPageForm },
    cancelOnPage(deps),
    { ...APPOINTMENT_OPERATIONS.cancelAppointmentOnPage, page: true },
  ),
  get(
    '/appointments/:token/move',
    'public',
    'Shows the free times to which the appointment can be moved as a web page.',
    { params: appointmentPageParams, query: langQuery },
    getMovePage(deps),
    { ...APPOINTMENT_OPERATIONS.getAppointmentMovePage, page: true },
  ),
  action(
    '/appointments/:token/move',
    'public',
    'Takes the form of that page with the new time.',
    { params: appointmentPageParams, query: langQuery, body: movePageForm },
    moveOnPage(deps),
    { ...APPOINTMENT_OPERATIONS.moveAppointmentOnPage, page: true },
  ),
];

export const appointmentLinkRoutes = (deps: AppointmentDeps): readonly Route[] => [...linkRoutes(deps), ...pageRoutes(deps)];
