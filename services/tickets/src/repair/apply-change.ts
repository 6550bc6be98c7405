import { isCustomerRole } from '@riparo/shared/contracts/roles';
import type { RepairStatus } from '@riparo/shared/contracts/enums';
import type { DomainEvent } from '@riparo/shared/contracts/event';
import { REPAIR_STATUS_NAMES } from '@riparo/shared/contracts/enums';
import { RepairCollected, RepairCompleted, RepairReady, RepairRefused, RepairStatusChanged } from '@riparo/shared/contracts/repairs.events';
import { compact } from '@riparo/shared/json/compact';
import { actor, remembered, stamped, type Entry, type Stamp } from '../conversation/stamp.js';
import { grown } from '../conversation/timeline.js';
import { published, withDerived, type RepairDecision, type RepairState } from './repair.js';

export interface Change {
  readonly state: Partial<RepairState>;
  readonly entries?: readonly Entry[];
  /** What has happened, told of the repair as it is afterwards. */
  readonly events?: (after: RepairState) => readonly DomainEvent[];
}

/** Makes a change into a decision: derived fields brought in line, timeline written. */
export const applyChange = (before: RepairState, change: Change, stamp: Stamp): RepairDecision => {
  const activities = stamped(change.entries ?? [], stamp);
  const after = withDerived({
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

export const movedEvent = (from: RepairStatus, after: RepairState, stamp: Stamp, reason?: string): DomainEvent => {
  const byCustomer = stamp.role !== undefined && isCustomerRole(stamp.role) ? true : undefined;
  return RepairStatusChanged.with(compact({ repair: published(after), ...actor(stamp), from, to: after.status, reason, byCustomer }));
};

/** The fields that go with a new status; whether it is allowed has been asked before. */
export const movedTo = (to: RepairStatus, at: Date): Partial<RepairState> => {
  if (to === 'READY_FOR_PICKUP') return { status: to, readyAt: at };
  // What is over keeps no secret: the device is back with whoever knows its password.
  return to === 'CLOSED' ? { status: to, closedAt: at, devicePassword: undefined } : { status: to };
};

const ownEvent = { COMPLETED: RepairCompleted, REFUSED: RepairRefused, READY_FOR_PICKUP: RepairReady, CLOSED: RepairCollected } as const;

/** A change of status, and what has an event of its own besides: a repair can be closed without anything to collect. */
export const movedEvents = (from: RepairStatus, after: RepairState, stamp: Stamp, reason?: string): readonly DomainEvent[] => {
  const { status, collectedAt } = after;
  const own = status in ownEvent ? ownEvent[status as keyof typeof ownEvent] : undefined;
  const isOwn = own !== undefined && (status !== 'CLOSED' || collectedAt !== undefined);
  return [movedEvent(from, after, stamp, reason), ...(isOwn ? [own.with({ repair: published(after), ...actor(stamp) })] : [])];
};
