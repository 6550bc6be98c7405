import type { Job } from '@riparo/shared/composition/jobs';
import type { Dependencies } from './dependencies.js';
import { createMakeReport } from './report-schedule/make-report.js';
import { createSendReports } from './report-schedule/send-reports.js';
import { createSweepReportFiles } from './report-schedule/sweep-report-files.js';

/** What this service does by the clock. */
export const jobs = (deps: Dependencies): readonly Job[] => [
  { name: 'renew-keys', cron: '*/5 * * * * *', run: deps.renewKeys },
  { name: 'add-up', cron: '*/15 * * * * *', run: deps.addUp },
  { name: 'rebuild', cron: '*/2 * * * * *', run: deps.rebuild },
  { name: 'send-reports', cron: '* * * * *', run: createSendReports({ ...deps, makeReport: createMakeReport(deps) }) },
  { name: 'sweep-report-files', cron: '35 23 * * * *', run: createSweepReportFiles(deps) },
];
