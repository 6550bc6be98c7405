import { mapInTurns } from '@riparo/shared/concurrency/map-in-turns';
import type { Clock } from '@riparo/shared/runtime/clock';
import { createDifferences } from './contribution.js';
import {
  beginAnew,
  endAnew,
  firstCounting,
  isDueAgain,
  isOutdated,
  mayCount,
  openBatch,
  type Batch,
  type Counting,
  type Way,
} from './counting.js';
import type { CountingStore } from './counting.store.js';
import type { DayOf } from './days.js';
import type { SheetStore } from './sheet.store.js';
import type { Countable, Subject } from './subject.js';

export interface CountDeps {
  readonly countings: CountingStore;
  readonly sheets: SheetStore;
  readonly dayOfIn: (timeZone: string) => DayOf;
  readonly clock: Clock;
}

/** What one step has found: whether something may be left to do. */
export interface Step {
  readonly counting: Counting;
  readonly isDone: boolean;
}

const BATCH = 500;

/** Does what a batch says, or the rest of it. Whoever finds one does it: several at once do it once. */
const finish = async (
  { countings, sheets }: CountDeps,
  counting: Counting,
  { differences, counted, marks, notes }: Batch,
): Promise<void> => {
  await sheets.apply(counting, counting.batch, differences);
  await sheets.keepCounted(counting, counting.batch, counted);
  await countings.note(notes);
  await countings.unmark(marks);
  await countings.close(counting);
};

const makeBatch = async ({ sheets, dayOfIn }: CountDeps, counting: Counting, found: readonly Countable[]): Promise<Batch> => {
  const before = await sheets.countedWith(
    counting,
    found.map(({ id }) => id),
  );
  const differences = createDifferences();
  const dayOf = dayOfIn(counting.timeZone);
  const counted = await mapInTurns(found, (thing) => {
    const contribution = thing.contribution(dayOf);
    differences.replace(before.get(thing.id) ?? {}, contribution);
    return [thing.id, contribution] as const;
  });
  return {
    differences: differences.result(),
    counted,
    marks: found.flatMap(({ marks }) => marks),
    notes: found.flatMap(({ notes = [] }) => notes),
  };
};

const stored = async ({ countings, clock }: CountDeps, tenantId: string, { name }: Subject, way: Way): Promise<Counting> => {
  for (;;) {
    const found = await countings.find(tenantId, name);
    if (found !== undefined) return found;
    await countings.insert(firstCounting(tenantId, name, way, clock.now()));
  }
};

/** The last id of a page. */
const lastOf = (found: readonly Countable[]): string => found.reduce((last, { id }) => (id > last ? id : last), '');

const next = async (deps: CountDeps, counting: Counting, subject: Subject): Promise<Step> => {
  const { tenantId, after } = counting;
  const found = after === undefined ? await subject.uncounted(tenantId, BATCH) : await subject.page(tenantId, after, BATCH);
  if (found.length > 0) {
    const batch = await makeBatch(deps, counting, found);
    const opened = openBatch(counting, batch, after === undefined ? undefined : lastOf(found));
    if (await deps.countings.replace(counting, opened)) await finish(deps, opened, batch);
    return { counting: opened, isDone: false };
  }
  if (after === undefined) return { counting, isDone: true };
  const ended = endAnew(counting);
  if (await deps.countings.replace(counting, ended)) await deps.sheets.removeOlder(ended);
  return { counting: ended, isDone: false };
};

/**
 * Adds the next things up: one batch of those that are not counted as they are now. A batch is written down first, by
 * whoever is the first to write one after the last (`replace` wins once for each number), then done. After a crash at any
 * point whoever comes next finds the batch and does the rest; sheets and things say which batches they have. So any number
 * of processes may add up at the same time.
 */
export const countNext = async (deps: CountDeps, tenantId: string, subject: Subject, timeZone: string): Promise<Step> => {
  const way = { timeZone, scheme: subject.scheme };
  const counting = await stored(deps, tenantId, subject, way);
  if (counting.open !== undefined) {
    await finish(deps, counting, counting.open);
    return { counting, isDone: false };
  }
  if (!mayCount(counting, way)) return { counting, isDone: true };
  if (isOutdated(counting, way) || isDueAgain(counting, deps.clock.now())) {
    await deps.countings.replace(counting, beginAnew(counting, way, deps.clock.now()));
    return { counting, isDone: false };
  }
  return next(deps, counting, subject);
};
