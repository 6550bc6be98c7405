import type { Document, Filter } from 'mongodb';
import type { Logger } from 'pino';
import type { AcrossTenants, Found } from '@riparo/shared/persistence/across-tenants';

interface Deps {
  readonly entries: AcrossTenants;
  readonly log: Logger;
}

const BATCH = 100;

/**
 * Finishes what a crash has left, of all tenants. An entry that fails is logged, and it neither stops the others nor takes their
 * place in the batch: each is tried once in a run. The next run tries it again.
 */
export const finishEach = async (
  { entries, log }: Deps,
  unfinished: Filter<Document>,
  finish: (found: Found) => Promise<unknown>,
): Promise<void> => {
  const tried = new Set<string>();
  for (;;) {
    // Ids of entities are strings; the driver's type knows object ids only.
    const untried = { ...unfinished, _id: { $nin: [...tried] } } as unknown as Filter<Document>;
    const batch = await entries.find(untried, BATCH);
    for (const found of batch) {
      tried.add(found.id);
      await finish(found).catch((error: unknown) => log.warn({ err: error, ...found }, 'could not finish what a crash has left'));
    }
    if (batch.length < BATCH) return;
  }
};
