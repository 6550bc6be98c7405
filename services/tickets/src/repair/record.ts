import type { RepairStatus } from '@riparo/shared/contracts/enums';
import type { DomainEvent } from '@riparo/shared/contracts/event';
import { REPAIR_STATUS_NAMES } from '@riparo/shared/contracts/enums';
import { RepairStatusChanged } from '@riparo/shared/contracts/repairs.events';
import { compact } from '../compact.js';
import { actor, remembered, stamped, type Entry, type Stamp } from '../timeline/stamp.js';
import { grown } from '../timeline/timeline.js';
import { published, settle, type RepairDecision, type RepairState } from './repair.js';

export interface Change {
  readonly state: Partial<RepairState>;
  readonly entries?: readonly Entry[];
  /** What has happened, told of the repair as it is afterwards. */
  readonly events?: (after: RepairState) => readonly DomainEvent[];
}

/** Makes a change into a decision: derived fields brought in line, timeline written. */
export const record = (before: RepairState, change: Change, stamp: Stamp): RepairDecision => {
  const activities = stamped(change.entries ?? [], stamp);
  const after = settle({
    ...before,
    ...change.state,
    timeline: grown(before.timeline, activities),
    recentChanges: remembered(before, activities),
  });
  return { state: after, append: { activities }, events: change.events?.(after) ?? [] };
};

/** The timeline's line for a change of status, in the words that customers read; `said` is for them too. */
export const movedEntry = (from: RepairStatus, to: RepairStatus, said?: string): Entry => ({
  type: 'STATUS_CHANGE',
  body: said ?? REPAIR_STATUS_NAMES[to],
  metadata: { from, to },
});

export const movedEvent = (from: RepairStatus, after: RepairState, stamp: Stamp, reason?: string): DomainEvent =>
  RepairStatusChanged.with(compact({ repair: published(after), ...actor(stamp), from, to: after.status, reason }));
