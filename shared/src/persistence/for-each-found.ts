import type { Document, Filter } from 'mongodb';
import type { Logger } from 'pino';
import type { AcrossTenants, Found } from './across-tenants.js';

interface Finding {
  /** Finds what a job looks for, over all tenants. */
  readonly everywhere: AcrossTenants;
  readonly log: Logger;
  /** What is logged of a failure. */
  readonly failure: string;
  /** How many are found at a time; default 200. */
  readonly batch?: number | undefined;
}

const BATCH = 200;

/**
 * Runs `handle` once for every entity that the filter finds. A failure is logged and stops nothing; the next run finds the
 * entity again. What the filter still finds after `handle` is left out from then on: a whole batch that fails hides nothing
 * behind it, and the loop ends.
 */
export const forEachFound = async (
  { everywhere, log, failure, batch = BATCH }: Finding,
  filter: Filter<Document>,
  handle: (found: Found) => Promise<unknown>,
): Promise<void> => {
  const handled = new Set<string>();
  const left: string[] = [];
  for (;;) {
    // Ids of entities are strings; the driver's type knows object ids only.
    const others = { ...filter, ...(left.length === 0 ? {} : { _id: { $nin: left } }) } as unknown as Filter<Document>;
    const found = await everywhere.find(others, batch);
    for (const each of found) {
      if (handled.has(each.id)) left.push(each.id);
      else {
        handled.add(each.id);
        await handle(each).catch((error: unknown) => log.warn({ err: error, ...each }, failure));
      }
    }
    if (found.length < batch) return;
  }
};
