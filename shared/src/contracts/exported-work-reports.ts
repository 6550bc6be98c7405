import type { PublishedWorkReport } from './work-reports.events.js';

/** One item of `GET /internal/work-reports`: the report as events carry it, with the version that its newest event has or could have. */
export interface ExportedWorkReport {
  readonly workReport: PublishedWorkReport;
  readonly version: number;
}
