import { unavailable } from '@riparo/shared/errors/common-errors';
import { createKeyedQueue } from '@riparo/shared/concurrency/keyed-queue';
import { countNext, type CountDeps, type Step } from './count.js';
import type { Counting } from './counting.js';
import type { Subject } from './subject.js';

/** The time zone in which a tenant's days begin. */
export type ZoneOf = (tenantId: string) => Promise<string>;

/**
 * Adds up what is left of a subject, by days of a time zone, and answers how far it is. Sheets that were counted in an earlier
 * way than `since` lack what is asked for: then it is 503 until they are made.
 */
export type UpToDate = (tenantId: string, subject: Subject, timeZone: string, since: number) => Promise<Counting>;

/** 503, while the first sheets of a subject are made and that takes long. */
const sheetsBeingMade = () => unavailable('What this report is added up from', 10);

/** Batches that a reader waits for. */
const READERS_BATCHES = 20;
/** Batches of the job, so many at a time, between which readers have their turn. */
const JOBS_BATCHES = 40;
const AT_ONCE = 10;

interface Run {
  readonly now: Promise<Counting>;
  next?: Promise<Counting>;
}

/** Whether nothing is left, and how far it is. */
type CountSome = (tenantId: string, subject: Subject, timeZone: string, batches: number) => Promise<Step>;

/** Counts one after the other what belongs together: two runs in one process would only make the same batch twice. */
export const createCountSome = (deps: CountDeps): CountSome => {
  const queue = createKeyedQueue();
  return (tenantId, subject, timeZone, batches) =>
    queue.run(`${tenantId}\n${subject.name}`, async () => {
      for (let done = 1; ; done++) {
        const step = await countNext(deps, tenantId, subject, timeZone);
        if (step.isDone || done >= batches) return step;
      }
    });
};

/**
 * A report shows what its service has received. Readers who come while a run is under way share the next one, because the
 * present one may have looked before what they know of was there.
 */
export const createUpToDate = (countSome: CountSome): UpToDate => {
  const runs = new Map<string, Run>();

  const begin = (key: string, count: () => Promise<Counting>): Promise<Counting> => {
    const now = count();
    const run: Run = { now };
    runs.set(key, run);
    const end = (): void => {
      if (runs.get(key) === run && run.next === undefined) runs.delete(key);
    };
    now.then(end, end);
    return now;
  };

  const joinOrBegin = (key: string, count: () => Promise<Counting>): Promise<Counting> => {
    const run = runs.get(key);
    if (run === undefined) return begin(key, count);
    const again = () => begin(key, count);
    return (run.next ??= run.now.then(again, again));
  };

  return async (tenantId, subject, timeZone, since) => {
    const count = async () => (await countSome(tenantId, subject, timeZone, READERS_BATCHES)).counting;
    const counting = await joinOrBegin([tenantId, subject.name, timeZone].join('\n'), count);
    if (counting.after === undefined) return counting;
    // Until the new sheets are whole, the old ones are read.
    const { whole, wholeScheme = 1 } = counting;
    if (whole === undefined || wholeScheme < since) throw sheetsBeingMade();
    return { ...counting, making: whole };
  };
};

/** What a job does every few seconds, so that readers have little to add up. */
export const createCountAll = (
  { countings, clock }: CountDeps,
  countSome: CountSome,
  zoneOf: ZoneOf,
  subjects: readonly Subject[],
  tenantsOf: { everybody(): Promise<readonly string[]>; uncounted(subject: Subject): Promise<readonly string[]> },
): (() => Promise<void>) => {
  // Once for each process: sheets that no version before this one has made.
  let isBegun = false;
  const countFor = async (tenantId: string, subject: Subject): Promise<void> => {
    const timeZone = await zoneOf(tenantId);
    for (let done = 0; done < JOBS_BATCHES; done += AT_ONCE) if ((await countSome(tenantId, subject, timeZone, AT_ONCE)).isDone) return;
  };
  return async () => {
    const always = isBegun ? await countings.tenantsUnderWay(clock.now()) : await tenantsOf.everybody();
    const failures: unknown[] = [];
    for (const subject of subjects)
      for (const tenantId of new Set([...always, ...(await tenantsOf.uncounted(subject))]))
        try {
          await countFor(tenantId, subject);
        } catch (error) {
          // What cannot be counted holds up nothing else.
          failures.push(error);
        }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} kinds of sheets could not be brought up to date`);
    isBegun = true;
  };
};
