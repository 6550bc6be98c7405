import type { ReportReadyV1 } from '@riparo/shared/contracts/reports.events';
import { compact } from '@riparo/shared/json/compact';
import { DAY_MS } from '@riparo/shared/time/units';
import type { NoticesOf } from './ticket-notices.js';

/** The last day of a period, whose `to` no longer belongs to it; missing where it is a single day. */
const lastDayOf = ({ from, to }: NonNullable<ReportReadyV1['period']>): string | undefined => {
  const last = new Date(Date.parse(to) - DAY_MS).toISOString().slice(0, 10);
  return last === from ? undefined : last;
};

/** Everybody whom the schedule names gets the CSV, and the way to the report. */
export const notifyReportReady: NoticesOf<ReportReadyV1> = ({ data: { report, period, fileId, fileName, size, recipients, at } }) => {
  const lastDay = period && lastDayOf(period);
  const data = compact({
    report,
    firstDay: period?.from,
    lastDay,
    madeAt: at,
    fileId,
    fileName,
    fileSize: size,
    path: period === undefined ? `/reports/${report}` : `/reports/${report}?from=${period.from}&to=${period.to}`,
    publicPath: period === undefined ? '/reports' : `/reports?from=${period.from}&until=${lastDay ?? period.from}`,
  });
  return [{ purpose: 'recipients', template: 'report-ready', targets: recipients.map((userId) => ({ kind: 'user', userId })), data }];
};
