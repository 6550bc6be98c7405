import type { DomainEvent } from '@riparo/shared/contracts/event';
import { withDerived, type TicketDecision, type TicketState } from './ticket.js';
import { remembered, stamped, type Entry, type Stamp } from '../conversation/stamp.js';
import { grown } from '../conversation/timeline.js';
import { compact } from '@riparo/shared/json/compact';
import { breachEntries, breachEvents, noticeBreaches, withDueTimes } from './sla/timers.js';
import type { TimeRules } from '../kernel/tenant-rules.js';

export interface Change {
  readonly state: Partial<TicketState>;
  readonly entries?: readonly Entry[];
  /** What has happened, told of the ticket as it is afterwards. */
  readonly events?: (after: TicketState) => readonly DomainEvent[];
}

/** Makes a change into a decision: breaches noticed first, clocks and derived fields brought in line, timeline written. */
export const applyChange = (before: TicketState, change: Change, stamp: Stamp, rules: TimeRules): TicketDecision => {
  const { state: noticed, clocks } = noticeBreaches(before, stamp.at);
  const made = stamped(change.entries ?? [], stamp);
  // After the change's own entries: by the first id a change is known again.
  const ids = stamp.activityIds.slice(made.length);
  const activities = [...made, ...stamped(breachEntries(clocks), { at: stamp.at, activityIds: ids })];
  const { responseBreachedAt, resolutionBreachedAt } = noticed.sla;
  const written = {
    // What the change says of the clocks was made from before: a breach noticed just now must not get lost under it.
    sla: compact({ ...(change.state.sla ?? noticed.sla), responseBreachedAt, resolutionBreachedAt }),
    timeline: grown(before.timeline, activities),
    recentChanges: remembered(before, made),
  };
  const after = withDerived(withDueTimes({ ...noticed, ...change.state, ...written }, rules));
  return { state: after, append: { activities }, events: [...breachEvents(after, clocks), ...(change.events?.(after) ?? [])] };
};
