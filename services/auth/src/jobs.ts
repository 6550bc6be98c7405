import type { Job } from '@riparo/shared/composition/jobs';
import type { Dependencies } from './dependencies.js';

/** What this service does by the clock. */
export const jobs = ({
  tasks,
  customerTasks,
  settingsTasks,
  forgotten,
  renewWords,
  keys,
  auditRetention,
}: Dependencies): readonly Job[] => [
  { name: 'tasks', cron: '*/15 * * * * *', run: () => tasks.sweep() },
  { name: 'customer-tasks', cron: '*/15 * * * * *', run: () => customerTasks.sweep() },
  { name: 'settings-tasks', cron: '*/15 * * * * *', run: () => settingsTasks.sweep() },
  { name: 'forgotten-passwords', cron: '*/15 * * * * *', run: () => forgotten.sweep() },
  { name: 'renew-words', cron: '*/5 * * * * *', run: renewWords },
  { name: 'audit-retention', cron: '43 2 * * *', run: () => auditRetention.sweep() },
  { name: 'rotate-keys', cron: '17 3 * * *', run: () => keys.rotate() },
];
