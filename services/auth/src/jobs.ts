import type { Job } from '@riparo/shared/runtime/jobs';
import type { Deps } from './deps.js';

/** What auth does by the clock. */
export const jobs = ({ tasks, keys }: Pick<Deps, 'tasks' | 'keys'>): readonly Job[] => [
  { name: 'tasks', cron: '*/15 * * * * *', run: () => tasks.sweep() },
  { name: 'rotate-keys', cron: '17 3 * * *', run: () => keys.rotate() },
];
