import { isCustomerRole } from '@riparo/shared/contracts/roles';
import type { RepairStatus } from '@riparo/shared/contracts/enums';
import type { DomainEvent } from '@riparo/shared/contracts/event';
import { REPAIR_STATUS_NAMES } from '@riparo/shared/contracts/enums';
import {
  RepairCollected,
  RepairCompleted,
  RepairReady,
  RepairRefused,
  RepairStatusChanged,
  type RepairMoveCause,
} from '@riparo/shared/contracts/repairs.events';
import { compact } from '@riparo/shared/json/compact';
import { actor, remembered, stamped, type Entry, type Stamp } from '../conversation/stamp.js';
import { grown } from '../conversation/timeline.js';
import { isDeepStrictEqual } from 'node:util';
import { refundDue } from './repair.errors.js';
import { amountOverpaid, withDerived, type RepairDecision, type RepairState } from './repair.js';
import { published } from './published-repair.js';
import { shownToCustomers } from './repair.view.js';

export interface Change {
  readonly state: Partial<RepairState>;
  readonly entries?: readonly Entry[];
  /** The events of the change; they carry the repair after it. */
  readonly events?: (after: RepairState) => readonly DomainEvent[];
}

/** Makes a decision from a change: updates the derived fields and writes the timeline. */
export const applyChange = (before: RepairState, change: Change, stamp: Stamp): RepairDecision => {
  const activities = stamped(change.entries ?? [], stamp);
  const after = withDerived({
    ...before,
    ...change.state,
    timeline: grown(before.timeline, activities),
    recentChanges: remembered(before, activities),
  });
  // An internal note changes nothing that a customer reads, so the customer's version and time stay.
  const unseen = activities.every(({ isInternal }) => isInternal) && isDeepStrictEqual(shownToCustomers(before), shownToCustomers(after));
  return { state: after, append: { activities }, events: change.events?.(after) ?? [], unseen };
};

/** The entry for a change of status, with the status as customers read it. `said` replaces that text; customers read it too. */
export const movedEntry = (from: RepairStatus, to: RepairStatus, said?: string): Entry => ({
  type: 'STATUS_CHANGE',
  body: said ?? REPAIR_STATUS_NAMES[to],
  metadata: { from, to },
});

/** What a change of status says besides. */
export interface Said {
  readonly reason?: string | undefined;
  readonly cause?: RepairMoveCause;
}

export const movedEvent = (from: RepairStatus, after: RepairState, stamp: Stamp, said: Said = {}): DomainEvent => {
  const byCustomer = stamp.role !== undefined && isCustomerRole(stamp.role) ? true : undefined;
  return RepairStatusChanged.with(compact({ repair: published(after), ...actor(stamp), from, to: after.status, ...said, byCustomer }));
};

/** What was paid too much is given back before the repair closes: afterwards nobody looks for it. */
export const refuseOverpaid = (before: RepairState): void => {
  const overpaid = amountOverpaid(before);
  if (overpaid.amount > 0) throw refundDue(overpaid);
};

/** The fields that a new status sets. The caller has checked whether the status is allowed; no repair closes by any other way. */
export const movedTo = (before: RepairState, to: RepairStatus, at: Date): Partial<RepairState> => {
  if (to === 'CLOSED') refuseOverpaid(before);
  if (to === 'READY_FOR_PICKUP') return { status: to, readyAt: at };
  return to === 'CLOSED' ? { status: to, closedAt: at } : { status: to };
};

const ownEvent = { COMPLETED: RepairCompleted, REFUSED: RepairRefused, READY_FOR_PICKUP: RepairReady, CLOSED: RepairCollected } as const;

/**
 * The events of a change of status: RepairStatusChanged, and a second event where the status has one. A repair that
 * closes after a cancellation has nothing to collect, so there is no RepairCollected.
 */
export const movedEvents = (from: RepairStatus, after: RepairState, stamp: Stamp, said: Said = {}): readonly DomainEvent[] => {
  const { status, collectedAt } = after;
  const own = status in ownEvent ? ownEvent[status as keyof typeof ownEvent] : undefined;
  const isOwn = own !== undefined && (status !== 'CLOSED' || collectedAt !== undefined);
  return [movedEvent(from, after, stamp, said), ...(isOwn ? [own.with({ repair: published(after), ...actor(stamp) })] : [])];
};
