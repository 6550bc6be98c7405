import { unavailable } from '@riparo/shared/errors/common-errors';
import { countNext, type CountDeps } from './count.js';
import type { Counting } from './counting.js';
import type { Subject } from './subject.js';

/** The time zone in which a tenant's days begin. */
export type ZoneOf = (tenantId: string) => Promise<string>;

/** Adds up what is left of a subject, by days of a time zone, and answers how far it is. */
export type UpToDate = (tenantId: string, subject: Subject, timeZone: string) => Promise<Counting>;

/** 503, while the first sheets of a subject are made and that takes long. */
const sheetsBeingMade = () => unavailable('What this report is added up from', 10);

/** Batches that a reader waits for. */
const READERS_BATCHES = 20;
/** Batches of one run of the job. A run is short, so that a service can stop between two of them. */
const JOBS_BATCHES = 40;

interface Run {
  readonly now: Promise<Counting>;
  next?: Promise<Counting>;
}

const countAll = async (deps: CountDeps, tenantId: string, subject: Subject, timeZone: string, batches: number): Promise<Counting> => {
  for (let done = 0; ; done++) {
    const { counting, isDone } = await countNext(deps, tenantId, subject, timeZone);
    if (isDone || done >= batches) return counting;
  }
};

/**
 * A report shows what its service has received. Readers who come while a run is under way share the next one, because the
 * present one may have looked before what they know of was there.
 */
export const createUpToDate = (deps: CountDeps): UpToDate => {
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

  return async (tenantId, subject, timeZone) => {
    const count = () => countAll(deps, tenantId, subject, timeZone, READERS_BATCHES);
    const counting = await joinOrBegin([tenantId, subject.name, timeZone].join('\n'), count);
    if (counting.after === undefined) return counting;
    // Until the new sheets are whole, the old ones are read.
    if (counting.whole === undefined) throw sheetsBeingMade();
    return { ...counting, making: counting.whole };
  };
};

/** What a job does every few seconds, so that readers have little to add up. */
export const createCountAll = (
  deps: CountDeps,
  zoneOf: ZoneOf,
  subjects: readonly Subject[],
  tenantsOf: { everybody(): Promise<readonly string[]>; uncounted(subject: Subject): Promise<readonly string[]> },
): (() => Promise<void>) => {
  // Once for each process: sheets that no version before this one has made.
  let isBegun = false;
  return async () => {
    const always = isBegun ? await deps.countings.tenantsUnderWay(deps.clock.now()) : await tenantsOf.everybody();
    for (const subject of subjects)
      for (const tenantId of new Set([...always, ...(await tenantsOf.uncounted(subject))]))
        await countAll(deps, tenantId, subject, await zoneOf(tenantId), JOBS_BATCHES);
    isBegun = true;
  };
};
