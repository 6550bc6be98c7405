import { get, type Route } from '@riparo/shared/http/route';
import { exportInput } from '@riparo/shared/rebuild/export-page';
import { countOpenWork, countOpenWorkInput } from './count-open-work.js';
import { exportAppointments } from './export-appointments.js';
import { exportRepairs } from './export-repairs.js';
import { exportTickets } from './export-tickets.js';
import { exportWorkReports } from './export-work-reports.js';
import { getOneInput, getRepairInternally, getTicketInternally, getWorkReportInternally, listWorkReportsInternally } from './get-one.js';
import { mailRoutes, type MailDeps } from './mail/mail.routes.js';
import type { AppointmentDeps } from '../appointment/dependencies.js';
import type { WorkDeps } from '../appointment/work.js';
import type { WorkReports } from '../work-report/work-report.repository.js';

type Deps = WorkDeps & MailDeps & Pick<AppointmentDeps, 'appointments'> & { readonly workReports: WorkReports };

export const internalRoutes = (deps: Deps): readonly Route[] => [
  ...mailRoutes(deps),
  get(
    '/internal/tickets',
    'internal',
    'Every ticket with its steps, for services that make their copies anew.',
    exportInput,
    exportTickets(deps),
    { root: true },
  ),
  get(
    '/internal/repairs',
    'internal',
    'Every repair with its steps, for services that make their copies anew.',
    exportInput,
    exportRepairs(deps),
    { root: true },
  ),
  get(
    '/internal/tickets/:id/work-reports',
    'internal',
    'The work reports of a ticket as events carry them.',
    getOneInput,
    listWorkReportsInternally(deps),
    { root: true },
  ),
  get('/internal/tickets/:id', 'internal', 'A ticket as events carry it.', getOneInput, getTicketInternally(deps), { root: true }),
  get('/internal/repairs/:id', 'internal', 'A repair as events carry it.', getOneInput, getRepairInternally(deps), { root: true }),
  get(
    '/internal/appointments',
    'internal',
    'Every appointment with its events, for services that make their copies anew.',
    exportInput,
    exportAppointments(deps),
    { root: true },
  ),
  get(
    '/internal/work-reports',
    'internal',
    'Every work report, for services that make their copies anew.',
    exportInput,
    exportWorkReports(deps),
    { root: true },
  ),
  get('/internal/work-reports/:id', 'internal', 'A work report as events carry it.', getOneInput, getWorkReportInternally(deps), {
    root: true,
  }),
  get(
    '/internal/open-work/:customerId',
    'internal',
    'How much is still to be done for a customer.',
    countOpenWorkInput,
    countOpenWork(deps),
    { root: true },
  ),
];
