import { operations, type Tag } from '@riparo/shared/http/route';

const REPORT_TAG: Tag = { name: 'Reports', about: 'Figures for managers, as JSON or CSV.' };

export const REPORT_OPERATIONS = operations(REPORT_TAG, {
  getTicketReport: {},
  getTechnicianReport: {},
  getRepairSummaryReport: {},
  getCompletedRepairsReport: {},
  getRefusedRepairsReport: {},
  getProductionCostReport: {},
  getRepairsByTechnicianReport: {},
  getEquipmentReport: {},
  getDashboard: {},
});
