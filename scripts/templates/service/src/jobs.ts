import type { Job } from '@riparo/shared/composition/jobs';
import type { Dependencies } from './dependencies.js';

/** What this service does by the clock: `{ name: 'sweep-notes', cron: '30 * * * *', run: createSweepNotes(deps) }`. */
export const jobs = (_deps: Dependencies): readonly Job[] => [];
