import type { Service } from '@riparo/shared/http/service';
import { at } from './days.js';
import type { Story } from './play.js';
import type { World } from './world.js';

/** What services do by the clock and the history shows. The other jobs clean up or repair, and there is nothing of that. */
const AT_NOON = ['sla-clock'];
const DAILY = [
  'quote-clock',
  'auto-close',
  'look-after-pickups',
  'appointment-reminders',
  'upkeep',
  'payment-clock',
  'finish-invoices',
  'review-service-plans',
  'send-reports',
];

/** Runs the jobs at fixed times of each working day. */
export const upkeepStory = async function* ({ days, settle }: World, services: readonly Service[]): Story {
  const jobs = services.flatMap((service) => service.jobs);
  const run = async (names: readonly string[]): Promise<void> => {
    for (const { name, run: work } of jobs) if (names.includes(name)) await work();
    await settle();
  };
  for (const day of days.work) {
    yield at(day, '13:00');
    await run(AT_NOON);
    yield at(day, '18:05');
    await run([...AT_NOON, ...DAILY]);
  }
};
