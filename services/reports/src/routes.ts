import { action, get, type Route } from '@riparo/shared/http/route';
import { getRebuild, startRebuild } from '@riparo/shared/rebuild/rebuild-calls';
import { getCashBook } from './cash-book/get-cash-book.js';
import { dashboardQuery, getDashboard } from './dashboard/get-dashboard.js';
import { documentQuery, getDocumentReport } from './document-report/get-document-report.js';
import type { Dependencies } from './dependencies.js';
import { exportEquipment, exportQuery } from './equipment/export-equipment.js';
import { equipmentQuery, getEquipmentReport } from './equipment/get-equipment-report.js';
import { knowledgeRoutes } from './knowledge/knowledge.routes.js';
import { getOpenAmounts, openAmountsQuery } from './open-amounts/get-open-amounts.js';
import { parkedEventRoutes } from './parked-event/parked-event.routes.js';
import { getPartsReport } from './parts-report/get-parts-report.js';
import { getQuoteReport } from './quote-report/get-quote-report.js';
import { getCompletedRepairs, getProductionCost, getRefusedRepairs } from './repair-report/get-repair-counts.js';
import { getRepairsByTechnician, getRepairSummary } from './repair-report/get-repair-summary.js';
import { getRepeatReport, repeatQuery } from './repeat-report/get-repeat-report.js';
import { getTechnicianReport } from './technician-report/get-technician-report.js';
import { periodQuery } from './tenant-period.js';
import { getTicketReport } from './ticket-report/get-ticket-report.js';
import { REBUILD_OPERATIONS } from './rebuild/rebuild.reference.js';
import { REPORT_OPERATIONS } from './report.reference.js';
import { reportPageRoutes } from './report-page/report-page.routes.js';
import { reportScheduleRoutes } from './report-schedule/report-schedule.routes.js';

const query = periodQuery;

/** Every endpoint of this service; each report answers JSON, or CSV for `Accept: text/csv`. */
export const routes = (deps: Dependencies): readonly Route[] => [
  get(
    '/reports/tickets',
    'read:reports',
    'Sums up the tickets of a period: totals, times, SLA, and who resolved what.',
    { query },
    getTicketReport(deps),
    REPORT_OPERATIONS.getTicketReport,
  ),
  get(
    '/reports/technicians',
    'read:reports',
    "Shows each technician's workload now, and their results in a period.",
    { query },
    getTechnicianReport(deps),
    REPORT_OPERATIONS.getTechnicianReport,
  ),
  get(
    '/reports/repairs/summary',
    'read:reports',
    'Sums up the repairs completed or refused in a period: counts, cost, revenue, and results by technician.',
    { query },
    getRepairSummary(deps),
    REPORT_OPERATIONS.getRepairSummaryReport,
  ),
  get(
    '/reports/repairs/completed',
    'read:reports',
    'Counts the repairs completed in a period, in total and by day.',
    { query },
    getCompletedRepairs(deps),
    REPORT_OPERATIONS.getCompletedRepairsReport,
  ),
  get(
    '/reports/repairs/refused',
    'read:reports',
    'Counts the repairs refused in a period, in total and by day.',
    { query },
    getRefusedRepairs(deps),
    REPORT_OPERATIONS.getRefusedRepairsReport,
  ),
  get(
    '/reports/repairs/production-cost',
    'read:reports',
    'Adds up what the repairs of a period cost the centre.',
    { query },
    getProductionCost(deps),
    REPORT_OPERATIONS.getProductionCostReport,
  ),
  get(
    '/reports/repairs/by-technician',
    'read:reports',
    'Counts the repairs that each technician completed or refused in a period, and shows how long they took.',
    { query },
    getRepairsByTechnician(deps),
    REPORT_OPERATIONS.getRepairsByTechnicianReport,
  ),
  get(
    '/reports/parts',
    'read:reports',
    'Shows the parts built in during a period, what they brought and what they cost.',
    { query },
    getPartsReport(deps),
    REPORT_OPERATIONS.getPartsReport,
  ),
  get(
    '/reports/quotes',
    'read:reports',
    'Shows what became of the quotes sent in a period, and how long customers took to answer.',
    { query },
    getQuoteReport(deps),
    REPORT_OPERATIONS.getQuoteReport,
  ),
  get(
    '/reports/repeat-repairs',
    'read:reports',
    'Shows how many of the repairs completed in a period came back, by who did them first.',
    { query: repeatQuery },
    getRepeatReport(deps),
    REPORT_OPERATIONS.getRepeatRepairReport,
  ),
  get(
    '/reports/open-amounts',
    'read:reports',
    'Shows what customers have left to pay for repairs, by its age.',
    { query: openAmountsQuery },
    getOpenAmounts(deps),
    REPORT_OPERATIONS.getOpenAmountsReport,
  ),
  get(
    '/reports/revenue',
    'read:reports',
    'Adds up the invoices, receipts and credit notes issued in a period: by kind, VAT rate, and day or month.',
    { query: documentQuery },
    getDocumentReport(deps),
    REPORT_OPERATIONS.getRevenueReport,
  ),
  get(
    '/reports/payments',
    'read:reports',
    'Adds up payments and refunds by day and method: the cash book.',
    { query },
    getCashBook(deps),
    REPORT_OPERATIONS.getCashBook,
  ),
  get(
    '/reports/equipment',
    'read:failure-statistics',
    'Shows which models fail most, how old they are by then, what is wrong with them, and what helped.',
    { query: equipmentQuery },
    getEquipmentReport(deps),
    REPORT_OPERATIONS.getEquipmentReport,
  ),
  get(
    '/reports/equipment/export.csv',
    'read:failure-statistics',
    'Exports failures by model for a manufacturer: no group of fewer than five, and nothing personal.',
    { query: exportQuery },
    exportEquipment(deps),
    REPORT_OPERATIONS.exportEquipment,
  ),
  get(
    '/reports/dashboard',
    'read:reports',
    "Shows today's figures in one call.",
    { query: dashboardQuery },
    getDashboard(deps),
    REPORT_OPERATIONS.getDashboard,
  ),
  get('/reports/rebuild', 'rebuild:copies', 'Shows the last rebuild.', {}, getRebuild(deps), REBUILD_OPERATIONS.getReportRebuild),
  action('/reports/rebuild', 'rebuild:copies', 'Rebuilds what reports are made from.', {}, startRebuild(deps), {
    ...REBUILD_OPERATIONS.startReportRebuild,
    success: 202,
  }),
  ...parkedEventRoutes(deps),
  ...reportPageRoutes(deps),
  ...reportScheduleRoutes(deps),
  ...knowledgeRoutes(deps),
];
