import type { Clock } from '@riparo/shared/runtime/clock';
import { HOUR_MS } from '@riparo/shared/time/units';
import type { WorkReport } from '../work-report.js';
import type { ReportFiles, WorkReports } from '../work-report.repository.js';

const BATCH = 100;

const names = ({ versions }: WorkReport, fileId: string): boolean =>
  versions.some(({ document, approval }) => {
    const signature = approval?.signature;
    return (
      document.fileId === fileId ||
      approval?.printed?.fileId === fileId ||
      (signature !== undefined && 'fileId' in signature && signature.fileId === fileId)
    );
  });

interface Deps {
  readonly workReports: WorkReports;
  readonly reportFiles: ReportFiles;
  readonly clock: Clock;
}

/** The job that removes files which no version names: a closing or an approval that was overtaken, or a crash, left them. */
export const createSweepReportFiles =
  ({ workReports, reportFiles, clock }: Deps) =>
  async (): Promise<void> => {
    const before = new Date(clock.now().getTime() - HOUR_MS);
    for (const { tenantId, fileId, ownerId = '' } of await reportFiles.findLoose(before, BATCH)) {
      const report = await workReports.in(tenantId).find(ownerId);
      if (report !== undefined && names(report, fileId)) await reportFiles.confirm(tenantId, fileId);
      else await reportFiles.remove(tenantId, fileId);
    }
  };
