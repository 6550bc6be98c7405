import { countNext, type CountDeps } from './count.js';
import { beginAnew } from './counting.js';
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
    const timeZone = await zoneOf(tenantId);
    if (steps === '-') {
      const counting = await deps.countings.find(tenantId, subject.name);
      // While a batch is under way this loses; then it is asked again.
      const isBegun =
        counting === undefined ||
        (await deps.countings.replace(counting, beginAnew(counting, { timeZone, scheme: subject.scheme }, deps.clock.now())));
      if (!isBegun) await countNext(deps, tenantId, subject, timeZone);
      return { count: 0, last: isBegun ? `${subject.name} 0` : `${subject.name} -` };
    }
    for (let done = 0; done < BATCHES; done++) {
      if (!(await countNext(deps, tenantId, subject, timeZone)).isDone) continue;
      const next = subjects[index + 1];
      return { count: 1, last: next === undefined ? 'end' : `${next.name} -` };
    }
    return { count: 0, last: `${subject.name} ${Number(steps) + BATCHES}` };
  };
