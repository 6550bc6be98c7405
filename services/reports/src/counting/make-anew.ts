import { countNext, type CountDeps } from './count.js';
import { beginAnew, mayCount } from './counting.js';
import type { Subject } from './subject.js';
import type { ZoneOf } from './up-to-date.js';

/**
 * Makes the sheets of all subjects anew, one after the other and some batches at a time. `after` is where the last call
 * has come to (`<subject> <steps>`); an answer without `last` is the end. `count` is of subjects that are done.
 */
export type MakeAnew = (
  tenantId: string,
  after: string | undefined,
) => Promise<{ readonly count: number; readonly last: string | undefined }>;

const BATCHES = 20;

export const createMakeAnew =
  (deps: CountDeps, zoneOf: ZoneOf, subjects: readonly Subject[]): MakeAnew =>
  async (tenantId, after) => {
    const [name, steps = '0'] = after?.split(' ') ?? [subjects[0]?.name, '-'];
    const index = subjects.findIndex((subject) => subject.name === name);
    const subject = subjects[index];
    if (subject === undefined) return { count: 0, last: undefined };
    const next = subjects[index + 1];
    const nextOne = next === undefined ? 'end' : `${next.name} -`;
    const way = { timeZone: await zoneOf(tenantId), scheme: subject.scheme };
    if (steps === '-') {
      const counting = await deps.countings.find(tenantId, subject.name);
      // A newer version counts in another way. What was restored is marked, so that it counts that by itself.
      if (counting !== undefined && !mayCount(counting, way)) return { count: 0, last: nextOne };
      // While a batch is under way this loses; then it is asked again.
      const isBegun = counting === undefined || (await deps.countings.replace(counting, beginAnew(counting, way, deps.clock.now())));
      if (!isBegun) await countNext(deps, tenantId, subject, way.timeZone);
      return { count: 0, last: isBegun ? `${subject.name} 0` : `${subject.name} -` };
    }
    for (let done = 0; done < BATCHES; done++)
      if ((await countNext(deps, tenantId, subject, way.timeZone)).isDone) return { count: 1, last: nextOne };
    return { count: 0, last: `${subject.name} ${Number(steps) + BATCHES}` };
  };
