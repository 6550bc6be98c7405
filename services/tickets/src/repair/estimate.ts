import type { RepairStatus } from '@riparo/shared/contracts/enums';
import type { DomainEvent } from '@riparo/shared/contracts/event';
import { RepairEstimateChanged } from '@riparo/shared/contracts/repairs.events';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import { compact } from '@riparo/shared/json/compact';
import type { Changes } from '../conversation/entries.js';
import { actor, type Stamp } from '../conversation/stamp.js';
import { repairWorkEnded } from './repair.errors.js';
import { isInWork, published, type RepairState } from './repair.js';

interface Estimated {
  readonly state: Partial<RepairState>;
  readonly changes: Changes;
  readonly events: (after: RepairState) => readonly DomainEvent[];
}

const SAME: Estimated = { state: {}, changes: {}, events: () => [] };

/**
 * Changes the promised time of completion; `null` removes it. `statusFrom` is the old status when the same change also
 * moves the repair on.
 */
export const estimate = (before: RepairState, wanted: Date | null | undefined, stamp: Stamp, statusFrom?: RepairStatus): Estimated => {
  const [from, to] = [before.estimatedCompletionAt, wanted ?? undefined];
  if (wanted === undefined || from?.getTime() === to?.getTime()) return SAME;
  if (!isInWork(before.status)) throw repairWorkEnded(before.status);
  if (to !== undefined && to < stamp.at) throw invalidInput([{ path: 'estimatedCompletionAt', message: 'must not lie in the past' }]);
  return {
    state: { estimatedCompletionAt: to },
    changes: { estimatedCompletionAt: compact({ from, to }) },
    events: (after) => [
      RepairEstimateChanged.with(
        compact({ repair: published(after), ...actor(stamp), previousEstimatedCompletionAt: from?.toISOString(), statusFrom }),
      ),
    ],
  };
};
