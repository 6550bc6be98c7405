import type { Job } from '@riparo/shared/composition/jobs';
import { runReminders } from './appointment/reminder/remind.js';
import { runAutoClose, runSilence, runSlaClock } from './assignment/run-clocks.js';
import type { Dependencies } from './dependencies.js';

/** The jobs of the tickets service. */
export const jobs = (deps: Dependencies): readonly Job[] => {
  const { clocks, clockCron: cron } = deps;
  return [
    { name: 'reconcile-places', cron: '* * * * *', run: deps.reconcilePlaces },
    { name: 'sla-clock', cron, run: runSlaClock(clocks) },
    { name: 'silence', cron, run: runSilence(clocks) },
    { name: 'auto-close', cron, run: runAutoClose(clocks) },
    { name: 'tend-attachments', cron: '15 */10 * * * *', run: deps.tendAttachments },
    { name: 'forget-device-passwords', cron: '7 11 * * * *', run: deps.forgetDevicePasswords },
    { name: 'look-after-pickups', cron, run: deps.lookAfterPickups },
    { name: 'upkeep', cron, run: () => deps.work.run() },
    { name: 'renew-words', cron, run: deps.renewWords },
    { name: 'appointment-reminders', cron, run: runReminders(deps.reminders) },
    { name: 'sweep-work-report-files', cron: '45 */10 * * * *', run: deps.sweepReportFiles },
    { name: 'work-of-leavers', cron: '30 */5 * * * *', run: deps.giveBackFromLeavers },
  ];
};
