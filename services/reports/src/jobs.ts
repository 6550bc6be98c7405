import type { Job } from '@riparo/shared/composition/jobs';
import type { Dependencies } from './dependencies.js';

/** What this service does by the clock. */
export const jobs = ({ renewKeys, addUp, rebuild }: Dependencies): readonly Job[] => [
  { name: 'renew-keys', cron: '*/5 * * * * *', run: renewKeys },
  { name: 'add-up', cron: '*/15 * * * * *', run: addUp },
  { name: 'rebuild', cron: '*/2 * * * * *', run: rebuild },
];
