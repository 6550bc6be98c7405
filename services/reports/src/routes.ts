import { get, type Route } from '@riparo/shared/http/route';
import { dashboardQuery, getDashboard } from './dashboard/get-dashboard.js';
import type { Dependencies } from './dependencies.js';
import { equipmentQuery, getEquipmentReport } from './equipment/get-equipment-report.js';
import { getCompletedRepairs, getProductionCost, getRefusedRepairs } from './repair-report/get-repair-counts.js';
import { getRepairsByTechnician, getRepairSummary } from './repair-report/get-repair-summary.js';
import { getTechnicianReport } from './technician-report/get-technician-report.js';
import { periodQuery } from './tenant-period.js';
import { getTicketReport } from './ticket-report/get-ticket-report.js';
import { REPORT_OPERATIONS } from './report.reference.js';

const query = periodQuery;

/** Every endpoint of this service; each answers JSON, or CSV for `Accept: text/csv`. */
export const routes = (deps: Dependencies): readonly Route[] => [
  get(
    '/reports/tickets',
    'read:reports',
    'Tickets of a period: totals, times, SLA, who resolved what.',
    { query },
    getTicketReport(deps),
    REPORT_OPERATIONS.getTicketReport,
  ),
  get(
    '/reports/technicians',
    'read:reports',
    'Workload and results per technician.',
    { query },
    getTechnicianReport(deps),
    REPORT_OPERATIONS.getTechnicianReport,
  ),
  get(
    '/reports/repairs/summary',
    'read:reports',
    'Repairs of a period by the day of their outcome: completed, refused, cost, revenue, by technician.',
    { query },
    getRepairSummary(deps),
    REPORT_OPERATIONS.getRepairSummaryReport,
  ),
  get(
    '/reports/repairs/completed',
    'read:reports',
    'Repairs completed in a period, and by day.',
    { query },
    getCompletedRepairs(deps),
    REPORT_OPERATIONS.getCompletedRepairsReport,
  ),
  get(
    '/reports/repairs/refused',
    'read:reports',
    'Repairs refused in a period, and by day.',
    { query },
    getRefusedRepairs(deps),
    REPORT_OPERATIONS.getRefusedRepairsReport,
  ),
  get(
    '/reports/repairs/production-cost',
    'read:reports',
    'What the repairs of a period cost the centre.',
    { query },
    getProductionCost(deps),
    REPORT_OPERATIONS.getProductionCostReport,
  ),
  get(
    '/reports/repairs/by-technician',
    'read:reports',
    'Repairs processed by each technician.',
    { query },
    getRepairsByTechnician(deps),
    REPORT_OPERATIONS.getRepairsByTechnicianReport,
  ),
  get(
    '/reports/equipment',
    'read:failure-statistics',
    'Failures per brand and model: how many, how old, of what, what helped.',
    { query: equipmentQuery },
    getEquipmentReport(deps),
    REPORT_OPERATIONS.getEquipmentReport,
  ),
  get(
    '/reports/dashboard',
    'read:reports',
    "Today's numbers in one call.",
    { query: dashboardQuery },
    getDashboard(deps),
    REPORT_OPERATIONS.getDashboard,
  ),
];
