import { get, type Route } from '@riparo/shared/http/route';
import { dashboardQuery, getDashboard } from './dashboard/get-dashboard.js';
import type { Store } from './store.js';
import { getTechnicianReport } from './technician-report/get-technician-report.js';
import { periodQuery } from './tenant-period.js';
import { getTicketReport } from './ticket-report/get-ticket-report.js';

const query = periodQuery;

/** Every endpoint of this service; each answers JSON, or CSV for `Accept: text/csv`. */
export const createRoutes = (store: Store): readonly Route[] => [
  get('/reports/tickets', 'read:reports', 'Tickets of a period: totals, times, SLA, who resolved what.', { query }, getTicketReport(store)),
  get('/reports/technicians', 'read:reports', 'Workload and results per technician.', { query }, getTechnicianReport(store)),
  get('/reports/dashboard', 'read:reports', "Today's numbers in one call.", { query: dashboardQuery }, getDashboard(store)),
];
