import type { PublishedSettings } from '@riparo/shared/contracts/auth.events';
import { forbidden } from '@riparo/shared/errors/common-errors';
import { htmlReply } from '@riparo/shared/http/page';
import { typedIn } from '@riparo/shared/http/page-query';
import type { Reply } from '@riparo/shared/http/route';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { ReadPeriod } from '../tenant-period.js';
import { readFrame, type PageCall } from './frame.js';
import { pagePeriod, plusDays, slicesOf } from './page-period.js';
import { mayRead, readReports, REPORT_NAMES, type AskReport } from './report-data.js';
import { reportHtml } from './report-html.js';
import { reportWords } from './report-words.js';

export interface ReportPageDeps {
  readonly readPeriod: ReadPeriod;
  readonly settings: Replica<PublishedSettings>;
  readonly askReport: AskReport;
}

/** `GET /reports`: what the reports of the API say of a period, for people. */
export const showReportPage =
  ({ readPeriod, settings, askReport }: ReportPageDeps) =>
  async (call: PageCall): Promise<Reply> => {
    const { caller, now } = call;
    const { resolved, isRefused } = await pagePeriod(readPeriod, caller.tenantId, call.query, now);
    const { from, to } = resolved.period;
    const [frame, data, { period: today }] = await Promise.all([
      readFrame(settings, call),
      readReports(askReport, call, { from, to }),
      readPeriod(caller.tenantId, 'today', now),
    ]);
    const ago = (days: number): string => plusDays(today.from, 1 - days);
    const html = reportHtml({
      ...{ frame, data, from, until: plusDays(to, -1), today: today.from },
      slices: slicesOf(resolved, frame.language),
      fault: isRefused ? reportWords(frame.language).notAPeriod : '',
      quick: { today: ago(1), week: ago(7), month: ago(30), year: ago(365) },
    });
    return htmlReply(isRefused ? 422 : 200, html, { brand: frame.brand });
  };

/** `GET /reports/export`: what the page shows as CSV, as the API's report answers it. */
export const exportReportPage =
  ({ readPeriod, askReport }: ReportPageDeps) =>
  async (call: PageCall): Promise<Reply> => {
    const [name] = typedIn(call.query, 'report');
    const report = REPORT_NAMES.find((known) => known === name) ?? 'repairs';
    if (!mayRead(call.caller, report)) throw forbidden('Your role may not read failures.');
    const { resolved } = await pagePeriod(readPeriod, call.caller.tenantId, call.query, call.now);
    const { from, to } = resolved.period;
    return askReport(call, report, { from, to, format: 'csv' });
  };
