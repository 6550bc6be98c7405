import type { Clock } from '@riparo/shared/runtime/clock';
import { DAY_MS } from '@riparo/shared/time/units';
import type { ReportFiles } from './report-schedule.repository.js';

/** Mails are tried for a day; administrators may try them again for some weeks. */
const KEPT_MS = 30 * DAY_MS;
const BATCH = 100;

/** The job that removes CSVs after 30 days. */
export const createSweepReportFiles =
  ({ reportFiles, clock }: { readonly reportFiles: ReportFiles; readonly clock: Clock }) =>
  async (): Promise<void> => {
    const before = new Date(clock.now().getTime() - KEPT_MS);
    for (;;) {
      const old = await reportFiles.findLoose(before, BATCH);
      for (const { tenantId, fileId } of old) await reportFiles.remove(tenantId, fileId);
      if (old.length < BATCH) return;
    }
  };
