import type { AcrossTenants, Found } from '@riparo/shared/persistence/across-tenants';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Logger } from 'pino';

interface Deps {
  /** Finds what is due, over all tenants. */
  readonly everywhere: AcrossTenants;
  readonly clock: Clock;
  readonly log: Logger;
}

const BATCH = 200;

/**
 * Runs `handle` for every entity whose moment in `field` has come. A failure is logged, and the next run tries again,
 * because the moment is still stored. An entity that stays due after `handle` is not handled again in this run, so that
 * the loop ends.
 */
export const forEachDue = async (
  { everywhere, clock, log }: Deps,
  field: string,
  handle: (found: Found, now: Date) => Promise<void>,
): Promise<void> => {
  const handled = new Set<string>();
  for (;;) {
    const now = clock.now();
    const due = (await everywhere.find({ [field]: { $lte: now } }, BATCH)).filter(({ id }) => !handled.has(id));
    for (const found of due) {
      handled.add(found.id);
      await handle(found, now).catch((error: unknown) => log.warn({ err: error, id: found.id, field }, 'could not do what was due'));
    }
    if (due.length < BATCH) return;
  }
};
