import Joi from 'joi';
import { defineEvent } from './event.js';
import { day, id, instant, text } from './fragments.js';

/** The reports that are sent by mail, as their paths name them: `repairs/summary` is `GET /reports/repairs/summary`. */
export const PERIOD_REPORTS = [
  'tickets',
  'technicians',
  'repairs/summary',
  'payments',
  'revenue',
  'quotes',
  'parts',
  'repeat-repairs',
  'equipment',
] as const;
/** These tell how things are now, whatever the period. */
export const STATE_REPORTS = ['open-amounts', 'dashboard'] as const;
export const SENT_REPORTS = [...PERIOD_REPORTS, ...STATE_REPORTS] as const;
export type SentReport = (typeof SENT_REPORTS)[number];

/** How often a report is sent. */
export const REPORT_RHYTHMS = ['DAY', 'WEEK', 'MONTH'] as const;
export type ReportRhythm = (typeof REPORT_RHYTHMS)[number];

export interface ReportReadyV1 {
  readonly schedule: { readonly id: string; readonly every: ReportRhythm };
  readonly report: SentReport;
  /** The days of the report: `from` belongs to it, `to` does not. Missing: it tells how things were at `at`. */
  readonly period?: { readonly from: string; readonly to: string; readonly timeZone: string };
  /** The CSV, for `GET /internal/reports/files/:id`; it is kept for 30 days. */
  readonly fileId: string;
  readonly fileName: string;
  /** Its bytes. */
  readonly size: number;
  /** Users who get it, if they still may read reports by then. */
  readonly recipients: readonly string[];
  /** ISO 8601 UTC: when it was made. */
  readonly at: string;
}

export const ReportReady = defineEvent<ReportReadyV1>(
  'riparo.reports.report-ready.v1',
  'The CSV of a report schedule was made: once for each period.',
  Joi.object<ReportReadyV1>({
    schedule: Joi.object({ id: id.required(), every: Joi.valid(...REPORT_RHYTHMS).required() })
      .unknown(true)
      .required(),
    report: Joi.valid(...SENT_REPORTS).required(),
    period: Joi.object({ from: day.required(), to: day.required(), timeZone: text.required() }).unknown(true),
    fileId: id.required(),
    fileName: text.required(),
    size: Joi.number().integer().min(0).required(),
    recipients: Joi.array().items(id).required(),
    at: instant.required(),
  }),
);
