import type { DomainEvent } from '@riparo/shared/contracts/event';
import { withDerived, type TicketDecision, type TicketState } from './ticket.js';
import { remembered, stamped, type Entry, type Stamp } from '../conversation/stamp.js';
import { grown } from '../conversation/timeline.js';
import { compact } from '@riparo/shared/json/compact';
import { breachEntries, breachEvents, noticeBreaches, withDueTimes } from './sla/timers.js';
import type { TimeRules } from '../kernel/tenant-rules.js';
import { isDeepStrictEqual } from 'node:util';
import { shownToCustomers } from './ticket.view.js';

export interface Change {
  readonly state: Partial<TicketState>;
  readonly entries?: readonly Entry[];
  /** The events of the change; they carry the ticket after it. */
  readonly events?: (after: TicketState) => readonly DomainEvent[];
}

/** Makes a decision from a change: notices breaches first, then updates clocks and derived fields, and writes the timeline. */
export const applyChange = (before: TicketState, change: Change, stamp: Stamp, rules: TimeRules): TicketDecision => {
  const { state: noticed, clocks } = noticeBreaches(before, stamp.at);
  const made = stamped(change.entries ?? [], stamp);
  // The change's own entries come first: the change is recognised by the id of its first entry.
  const ids = stamp.activityIds.slice(made.length);
  const activities = [...made, ...stamped(breachEntries(clocks), { at: stamp.at, activityIds: ids })];
  const { responseBreachedAt, resolutionBreachedAt } = noticed.sla;
  const written = {
    // The change was computed from the ticket before this breach was noticed; the breach must not be lost.
    sla: compact({ ...(change.state.sla ?? noticed.sla), responseBreachedAt, resolutionBreachedAt }),
    timeline: grown(before.timeline, activities),
    recentChanges: remembered(before, made),
  };
  const after = withDerived(withDueTimes({ ...noticed, ...change.state, ...written }, rules));
  // SLA warnings and internal notes change nothing that a customer reads, so the customer's version and time stay.
  const unseen = activities.every(({ isInternal }) => isInternal) && isDeepStrictEqual(shownToCustomers(before), shownToCustomers(after));
  const events = [...breachEvents(after, clocks), ...(change.events?.(after) ?? [])];
  return { state: after, append: { activities }, events, unseen };
};
