import type Joi from 'joi';
import { bytes, one } from '@riparo/shared/http/reference/answer';
import { operations, type Described, type Tag } from '@riparo/shared/http/route';
import { cashBookAnswer } from './cash-book/cash-book.answer.js';
import { dashboardAnswer } from './dashboard/dashboard.answer.js';
import { documentReportAnswer } from './document-report/document-report.answer.js';
import { equipmentReportAnswer } from './equipment/equipment.answer.js';
import {
  completedRepairsAnswer,
  productionCostAnswer,
  refusedRepairsAnswer,
  repairsByTechnicianAnswer,
  repairSummaryAnswer,
} from './repair-report/repair-report.answer.js';
import { openAmountsAnswer } from './open-amounts/open-amounts.answer.js';
import { repeatReportAnswer } from './repeat-report/repeat-report.answer.js';
import { partsReportAnswer } from './parts-report/parts-report.answer.js';
import { quoteReportAnswer } from './quote-report/quote-report.answer.js';
import { technicianReportAnswer } from './technician-report/technician-report.answer.js';
import { ticketReportAnswer } from './ticket-report/ticket-report.answer.js';

const REPORTS: Tag = { name: 'Reports', about: 'Figures for whoever runs the centre, as JSON or CSV.' };

/** `answer.ts` */
const report = (schema: Joi.ObjectSchema): Described => ({
  answer: bytes(['text/csv'], one(schema)),
  headers: { 'Content-Disposition': 'The name of a CSV file.', Vary: '`Accept`, which chooses between JSON and CSV.' },
});

export const REPORT_OPERATIONS = operations(REPORTS, {
  getTicketReport: report(ticketReportAnswer),
  getTechnicianReport: report(technicianReportAnswer),
  getRepairSummaryReport: report(repairSummaryAnswer),
  getCompletedRepairsReport: report(completedRepairsAnswer),
  getRefusedRepairsReport: report(refusedRepairsAnswer),
  getProductionCostReport: report(productionCostAnswer),
  getRepairsByTechnicianReport: report(repairsByTechnicianAnswer),
  getPartsReport: report(partsReportAnswer),
  getQuoteReport: report(quoteReportAnswer),
  getRepeatRepairReport: report(repeatReportAnswer),
  getOpenAmountsReport: report(openAmountsAnswer),
  getRevenueReport: report(documentReportAnswer),
  getCashBook: report(cashBookAnswer),
  getEquipmentReport: report(equipmentReportAnswer),
  exportEquipment: { answer: bytes(['text/csv']), headers: { 'Content-Disposition': 'The name of the file.' } },
  getDashboard: report(dashboardAnswer),
});
