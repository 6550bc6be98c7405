import type { SentReport } from '@riparo/shared/contracts/reports.events';
import type { Call, Reply } from '@riparo/shared/http/route';
import { uuidSource } from '@riparo/shared/runtime/ids';
import Joi from 'joi';
import { getCashBook } from '../cash-book/get-cash-book.js';
import { dashboardQuery, getDashboard } from '../dashboard/get-dashboard.js';
import type { Dependencies } from '../dependencies.js';
import { documentQuery, getDocumentReport } from '../document-report/get-document-report.js';
import { equipmentQuery, getEquipmentReport } from '../equipment/get-equipment-report.js';
import { getOpenAmounts, openAmountsQuery } from '../open-amounts/get-open-amounts.js';
import { getPartsReport } from '../parts-report/get-parts-report.js';
import type { AskedPeriod } from '../period.js';
import { getQuoteReport } from '../quote-report/get-quote-report.js';
import { getRepairSummary } from '../repair-report/get-repair-summary.js';
import { getRepeatReport, repeatQuery } from '../repeat-report/get-repeat-report.js';
import { getTechnicianReport } from '../technician-report/get-technician-report.js';
import { periodQuery } from '../tenant-period.js';
import { getTicketReport } from '../ticket-report/get-ticket-report.js';

/** What is asked, and for whom. Without `days` the report tells how things are now. */
export interface ReportAsked {
  readonly tenantId: string;
  readonly now: Date;
  readonly days?: AskedPeriod;
}
type Make = (asked: ReportAsked) => Promise<Reply>;

/** Nobody asks: reports read of a call for whom, when and what. */
const callOf = <Q>({ tenantId, now }: ReportAsked, query: Q): Call<unknown, Q> => ({
  caller: { tenantId, userId: 'reports', role: 'SUPER_ADMIN', name: '', email: '', sessionId: '' },
  params: {},
  query,
  body: undefined,
  now,
  ids: uuidSource,
  requestId: '',
  ip: '',
  fromThisMachine: false,
});

/** Asks as `GET /reports/…?from&to&format=csv` does, with the defaults of its query. */
const asked =
  <Q extends object>(query: Joi.ObjectSchema<Q>, make: (call: Call<unknown, Q>) => Promise<Reply>): Make =>
  async (what) =>
    make(callOf(what, Joi.attempt({ ...what.days, format: 'csv' }, query)));

const makersOf = (deps: Dependencies): Readonly<Record<SentReport, Make>> => ({
  tickets: asked(periodQuery, getTicketReport(deps)),
  technicians: asked(periodQuery, getTechnicianReport(deps)),
  'repairs/summary': asked(periodQuery, getRepairSummary(deps)),
  payments: asked(periodQuery, getCashBook(deps)),
  revenue: asked(documentQuery, getDocumentReport(deps)),
  quotes: asked(periodQuery, getQuoteReport(deps)),
  parts: asked(periodQuery, getPartsReport(deps)),
  'repeat-repairs': asked(repeatQuery, getRepeatReport(deps)),
  equipment: asked(equipmentQuery, getEquipmentReport(deps)),
  'open-amounts': asked(openAmountsQuery, getOpenAmounts(deps)),
  dashboard: asked(dashboardQuery, getDashboard(deps)),
});

/** Makes a report as its route answers it in CSV: the same bytes. */
export type MakeReport = (report: SentReport, asked: ReportAsked) => Promise<Buffer>;

export const createMakeReport = (deps: Dependencies): MakeReport => {
  const makers = makersOf(deps);
  return async (report, what) => {
    const { body } = await makers[report](what);
    if (!Buffer.isBuffer(body)) throw new TypeError(`the report ${report} was not answered in CSV`);
    return body;
  };
};
