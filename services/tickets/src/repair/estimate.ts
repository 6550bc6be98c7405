import type { RepairStatus } from '@riparo/shared/contracts/enums';
import type { DomainEvent } from '@riparo/shared/contracts/event';
import { RepairEstimateChanged } from '@riparo/shared/contracts/repairs.events';
import { compact } from '@riparo/shared/json/compact';
import type { DayOrInstant } from '@riparo/shared/time/local-day';
import type { Changes } from '../conversation/entries.js';
import { actor, type Stamp } from '../conversation/stamp.js';
import { readPromise, type PromiseRules } from '../kernel/promise.js';
import { repairWorkEnded } from './repair.errors.js';
import { isInWork, type RepairState } from './repair.js';
import { published } from './published-repair.js';

interface Estimated {
  readonly state: Partial<RepairState>;
  readonly changes: Changes;
  readonly events: (after: RepairState) => readonly DomainEvent[];
}

const SAME: Estimated = { state: {}, changes: {}, events: () => [] };

/**
 * What is promised already. The moment that a promised day stands for is the same promise, so that a client which sends
 * back what it has read makes no hour of a day.
 */
const isPromised = ({ estimatedCompletionAt: at, estimatedCompletionDay: day }: RepairState, wanted: DayOrInstant | null): boolean => {
  if (wanted === null) return at === undefined;
  return typeof wanted === 'string' ? wanted === day : wanted.getTime() === at?.getTime();
};

/**
 * Changes the time by which a repair is promised; `null` removes it. `statusFrom` is the old status when the same change
 * also moves the repair on.
 */
export const estimate = (
  before: RepairState,
  wanted: DayOrInstant | null | undefined,
  stamp: Stamp,
  rules: PromiseRules,
  statusFrom?: RepairStatus,
): Estimated => {
  if (wanted === undefined || isPromised(before, wanted)) return SAME;
  if (!isInWork(before.status)) throw repairWorkEnded(before.status);
  const { estimatedCompletionAt: previousAt, estimatedCompletionDay: previousDay } = before;
  const promised = wanted === null ? undefined : readPromise('estimatedCompletionAt', wanted, rules, stamp.at);
  return {
    state: { estimatedCompletionAt: promised?.at, estimatedCompletionDay: promised?.day },
    changes: { estimatedCompletionAt: compact({ from: previousDay ?? previousAt, to: promised?.day ?? promised?.at }) },
    events: (after) => [
      RepairEstimateChanged.with(
        compact({
          repair: published(after),
          ...actor(stamp),
          previousEstimatedCompletionAt: previousAt?.toISOString(),
          previousEstimatedCompletionDay: previousDay,
          statusFrom,
        }),
      ),
    ],
  };
};
