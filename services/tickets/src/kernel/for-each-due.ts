import type { AcrossTenants, Found } from '@riparo/shared/persistence/across-tenants';
import { forEachFound } from '@riparo/shared/persistence/for-each-found';
import type { Clock } from '@riparo/shared/runtime/clock';
import type { Logger } from 'pino';

interface Deps {
  /** Finds what is due, over all tenants. */
  readonly everywhere: AcrossTenants;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Runs `handle` for every entity whose moment in `field` has come. What fails stays due, and the next run tries it again. */
export const forEachDue = (
  { everywhere, clock, log }: Deps,
  field: string,
  handle: (found: Found, now: Date) => Promise<void>,
): Promise<void> =>
  forEachFound({ everywhere, log, failure: `could not do what was due (${field})` }, { [field]: { $lte: clock.now() } }, (found) =>
    handle(found, clock.now()),
  );
