import type { Catalog } from '../storage/catalog.js';
import { MongoError } from '../errors.js';
import { idPrefix, type Store, successor } from '../storage/store.js';
import { atOnce, type Job, PAUSE } from '../stretch.js';

const KEYS_AT_ONCE = 500;

/** What of the engine this needs. */
interface Reclaimed {
  store: Store;
  catalog: Catalog;
  write<T>(job: () => Job<T>): Promise<T>;
  reclaimSoon(): void;
}

/** Deletes the records and index entries of what was dropped, giving way to other writes after every few hundred. */
export async function reclaim(engine: Reclaimed): Promise<void> {
  while (engine.catalog.garbage()) {
    try {
      await engine.write(() => reclaimOne(engine));
    } catch (error) {
      if (error instanceof MongoError) return;
      throw error;
    }
  }
}

function* reclaimOne(engine: Reclaimed): Job<void> {
  const item = engine.catalog.garbage();
  if (!item) return;
  const table = item.kind === 'records' ? engine.store.records : engine.store.index;
  const start = idPrefix(item.id);
  for (;;) {
    const keys = [...table.getKeys({ start, end: successor(start), limit: KEYS_AT_ONCE })];
    for (const key of keys) table.removeSync(key);
    if (keys.length < KEYS_AT_ONCE) break;
    yield PAUSE;
  }
  engine.store.meta.removeSync(item.key);
}

/** What an operation left that a crash interrupted, such as the half-written result of an $out. */
export async function dropTemporary(engine: Reclaimed): Promise<void> {
  const { catalog } = engine;
  const left = catalog.databaseNames().flatMap((db) => catalog.collections(db).filter(({ options }) => options.get('temp') === true));
  if (left.length === 0) return;
  await engine.write(() =>
    atOnce(() => {
      for (const collection of left) catalog.drop(collection);
    }),
  );
  engine.reclaimSoon();
}
