import { STATE_REPORTS, type SentReport } from '@riparo/shared/contracts/reports.events';
import type { AcrossTenants, Found } from '@riparo/shared/persistence/across-tenants';
import { forEachFound } from '@riparo/shared/persistence/for-each-found';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { IdSource } from '@riparo/shared/runtime/ids';
import type { Logger } from 'pino';
import type { ZoneOf } from '../counting/up-to-date.js';
import { todayOf } from '../period.js';
import { lastBeat, nameOfDays, nextBeatAt, type Beat } from './beat.js';
import type { MakeReport } from './make-report.js';
import { isDue, skip, tell, type MadeReport, type ReportSchedule } from './report-schedule.js';
import type { ReportFiles, ReportSchedules } from './report-schedule.repository.js';

export interface SendReportsDeps {
  readonly reportSchedules: ReportSchedules;
  readonly dueSchedules: AcrossTenants;
  readonly reportFiles: ReportFiles;
  readonly makeReport: MakeReport;
  readonly zoneOf: ZoneOf;
  readonly ids: IdSource;
  readonly clock: Clock;
  readonly log: Logger;
}

interface Turn {
  readonly tenantId: string;
  readonly schedule: ReportSchedule;
  readonly beat: Beat;
  readonly timeZone: string;
  readonly now: Date;
}

const isState = (report: SentReport): boolean => STATE_REPORTS.some((each) => each === report);

/** `repairs-summary-2026-W09.csv`; a report of how things are now is named after today. */
const fileNameOf = ({ schedule, beat, timeZone, now }: Turn): string => {
  const days = isState(schedule.report) ? todayOf(timeZone, now).from : nameOfDays(schedule, beat.from);
  return `${schedule.report.replaceAll('/', '-')}-${days}.csv`;
};

/** Makes the CSV and keeps it. Nobody knows of it yet. */
const createKeep =
  ({ makeReport, reportFiles, ids }: SendReportsDeps) =>
  async (turn: Turn): Promise<MadeReport> => {
    const { tenantId, schedule, beat, timeZone, now } = turn;
    const { id: ownerId, report } = schedule;
    const days = isState(report) ? undefined : { from: beat.from, to: beat.to };
    const bytes = await makeReport(report, { tenantId, now, ...(days === undefined ? {} : { days }) });
    const fileId = ids.next();
    await reportFiles.put({ tenantId, fileId, ownerId }, { csv: { bytes, contentType: 'text/csv; charset=utf-8' } });
    const period = days === undefined ? {} : { period: { ...days, timeZone } };
    return { report, ...period, fileId, fileName: fileNameOf(turn), size: bytes.length };
  };

/**
 * The job that makes what is due: CSV, file, and then state and event in one write. Who dies before that write has told nobody,
 * and the report is made again; after it the event is published whatever happens. After a downtime only the newest days are told.
 */
export const createSendReports = (deps: SendReportsDeps, batch?: number) => {
  const { reportSchedules, dueSchedules, reportFiles, zoneOf, clock, log } = deps;
  const keep = createKeep(deps);

  const handle = async ({ tenantId, id }: Found): Promise<void> => {
    const now = clock.now();
    const inTenant = reportSchedules.in(tenantId);
    const schedule = await inTenant.find(id);
    if (schedule === undefined || !isDue(schedule, now)) return;
    const timeZone = await zoneOf(tenantId);
    const beat = lastBeat(schedule, timeZone, now);
    const nextAt = nextBeatAt(schedule, timeZone, now);
    if (schedule.made?.from === beat.from) {
      await inTenant.update(id, (state) => skip(state, beat.from, nextAt));
      return;
    }
    const report = await keep({ tenantId, schedule, beat, timeZone, now });
    const { every, hour } = schedule;
    const about = { made: { from: beat.from, at: now }, rhythm: { every, hour }, nextAt };
    const after = await inTenant.update(id, (state) => tell(state, report, about));
    // Another instance was first, or the schedule was changed meanwhile.
    if (after?.made?.fileId !== report.fileId) await reportFiles.remove(tenantId, report.fileId);
  };

  return (): Promise<void> => {
    const finding = { everywhere: dueSchedules, log, failure: 'could not make the report of a schedule', batch };
    return forEachFound(finding, { nextAt: { $lte: clock.now() } }, handle);
  };
};
