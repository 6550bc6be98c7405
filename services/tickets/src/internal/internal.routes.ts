import { get, type Route } from '@riparo/shared/http/route';
import { countOpenWork, countOpenWorkInput } from './count-open-work.js';
import { exportAppointments } from './export-appointments.js';
import { exportRepairs } from './export-repairs.js';
import { exportTickets } from './export-tickets.js';
import { getOneInput, getRepairInternally, getTicketInternally } from './get-one.js';
import { exportInput } from './page-by-id.js';
import type { AppointmentDeps } from '../appointment/dependencies.js';
import type { WorkDeps } from '../appointment/work.js';

export const internalRoutes = (deps: WorkDeps & Pick<AppointmentDeps, 'appointments'>): readonly Route[] => [
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
    '/internal/open-work/:customerId',
    'internal',
    'How much is still to be done for a customer.',
    countOpenWorkInput,
    countOpenWork(deps),
    { root: true },
  ),
];
