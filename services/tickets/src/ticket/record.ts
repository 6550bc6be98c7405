import type { DomainEvent } from '@riparo/shared/contracts/event';
import type { Role } from '@riparo/shared/contracts/roles';
import { compact, grown, settle, type Activity, type TicketDecision, type TicketState } from './ticket.js';
import { breachEntries, breachEvents, noticeBreaches, retimed, type TimeRules } from './timers.js';

/** Who changes a ticket and when, with ids made beforehand, so that a decision that runs twice decides the same. */
export interface Stamp {
  readonly at: Date;
  /** Missing: the system. */
  readonly byUserId?: string;
  readonly role?: Role;
  readonly activityIds: readonly string[];
}

/** No change writes more entries than this, two breaches that it notices included. */
const MAX_ENTRIES = 6;

interface Source {
  readonly caller?: { readonly userId: string; readonly role: Role };
  readonly now: Date;
  readonly ids: { next(): string };
}

/** From a call, or (without a caller) for something the system does by itself. */
export const stampOf = ({ caller, now, ids }: Source): Stamp => ({
  at: now,
  ...(caller === undefined ? {} : { byUserId: caller.userId, role: caller.role }),
  activityIds: Array.from({ length: MAX_ENTRIES }, () => ids.next()),
});

export type Entry = Pick<Activity, 'type' | 'body'> & Partial<Pick<Activity, 'isInternal' | 'metadata' | 'staffMetadata' | 'attachments'>>;

/** Entries without a name under them are by the system even when a person caused them. */
export const stamped = (entries: readonly Entry[], { at, byUserId, activityIds }: Stamp): readonly Activity[] =>
  entries.map((entry, index) => ({
    id: activityIds[index] as string,
    ...(byUserId === undefined ? {} : { authorUserId: byUserId }),
    isInternal: false,
    ...entry,
    createdAt: at,
  }));

const MAX_RECENT = 20;

const remembered = ({ recentChanges }: TicketState, [first]: readonly Activity[]): readonly string[] =>
  first === undefined ? recentChanges : [...recentChanges, first.id].slice(-MAX_RECENT);

/** True when this very change has been made before: its request ran again after a crash. */
export const isDone = ({ recentChanges }: TicketState, { activityIds: [first] }: Stamp): boolean =>
  first !== undefined && recentChanges.includes(first);

export interface Change {
  readonly state: Partial<TicketState>;
  readonly entries?: readonly Entry[];
  /** What has happened, told of the ticket as it is afterwards. */
  readonly events?: (after: TicketState) => readonly DomainEvent[];
}

/** Makes a change into a decision: breaches noticed first, clocks and derived fields brought in line, timeline written. */
export const record = (before: TicketState, change: Change, stamp: Stamp, rules: TimeRules): TicketDecision => {
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
  const after = settle(retimed({ ...noticed, ...change.state, ...written }, rules));
  return { state: after, append: { activities }, events: [...breachEvents(after, clocks), ...(change.events?.(after) ?? [])] };
};

/** When and by whom, for events. */
export const actor = ({ at, byUserId }: Stamp): { readonly at: string; readonly actorUserId?: string } => ({
  at: at.toISOString(),
  ...(byUserId === undefined ? {} : { actorUserId: byUserId }),
});
