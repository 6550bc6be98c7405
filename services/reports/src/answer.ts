import { toCsv, type Table } from '@riparo/shared/files/csv';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { PeriodQuery } from './tenant-period.js';

/** Whether CSV is wanted rather than JSON: the order in `Accept` decides, since no client of these sends weights. */
const wantsCsv = ({ accept = '', query }: Call<unknown, PeriodQuery>): boolean => {
  if (query.format !== undefined) return query.format === 'csv';
  const types = accept.split(',').map((type) => type.split(';', 1)[0]?.trim().toLowerCase());
  const csv = types.indexOf('text/csv');
  const json = types.findIndex((type) => type === 'application/json' || type === '*/*' || type === 'application/*');
  return csv >= 0 && (json < 0 || csv < json);
};

/** The report as JSON, or the table made from it as a CSV download. */
export const answer = <R extends object>(
  call: Call<unknown, PeriodQuery>,
  name: string,
  report: R,
  tableOf: (report: R) => Table,
): Reply =>
  wantsCsv(call)
    ? {
        status: 200,
        body: Buffer.from(toCsv(tableOf(report))),
        headers: { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': `attachment; filename="${name}.csv"`, Vary: 'Accept' },
      }
    : { ...ok(report), headers: { Vary: 'Accept' } };
