import type { Job } from '@riparo/shared/runtime/jobs';
import type { Deps } from './deps.js';

/** What auth does by the clock. */
export const jobs = ({ tasks, forgotten, keys }: Pick<Deps, 'tasks' | 'forgotten' | 'keys'>): readonly Job[] => [
  { name: 'tasks', cron: '*/15 * * * * *', run: () => tasks.sweep() },
  { name: 'forgotten-passwords', cron: '*/15 * * * * *', run: () => forgotten.sweep() },
  { name: 'rotate-keys', cron: '17 3 * * *', run: () => keys.rotate() },
];
