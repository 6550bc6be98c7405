import type { Role } from '@riparo/shared/contracts/roles';
import type { Activity } from './timeline.js';

/**
 * Who makes a change and when, with ids for its entries. The ids are made beforehand, so that a decision that runs
 * twice returns the same.
 */
export interface Stamp {
  readonly at: Date;
  /** Missing: the system. */
  readonly byUserId?: string;
  readonly role?: Role;
  readonly activityIds: readonly string[];
}

/** Limit of entries of one change, including the two breaches that it may notice. */
const MAX_ENTRIES = 6;

interface Source {
  readonly caller?: { readonly userId: string; readonly role: Role };
  readonly now: Date;
  readonly ids: { next(): string };
}

/** The stamp of a call; without a caller, the stamp of a change by the system. */
export const stampOf = ({ caller, now, ids }: Source): Stamp => ({
  at: now,
  ...(caller === undefined ? {} : { byUserId: caller.userId, role: caller.role }),
  activityIds: Array.from({ length: MAX_ENTRIES }, () => ids.next()),
});

export type Entry = Pick<Activity, 'type' | 'body'> & Partial<Pick<Activity, 'isInternal' | 'metadata' | 'staffMetadata' | 'attachments'>>;

/** Entries without `byUserId` are by the system, even when a person caused them. */
export const stamped = (entries: readonly Entry[], { at, byUserId, activityIds }: Stamp): readonly Activity[] =>
  entries.map((entry, index) => ({
    id: activityIds[index] as string,
    ...(byUserId === undefined ? {} : { authorUserId: byUserId }),
    isInternal: false,
    ...entry,
    createdAt: at,
  }));

/** Fields by which a repeated request recognises that its change was made before a crash. */
export interface Remembering {
  /** Ids of the first entries of the last 20 changes. */
  readonly recentChanges: readonly string[];
}

const MAX_RECENT = 20;

export const remembered = ({ recentChanges }: Remembering, [first]: readonly Activity[]): readonly string[] =>
  first === undefined ? recentChanges : [...recentChanges, first.id].slice(-MAX_RECENT);

/** True when this change was made before: its request runs again after a crash. */
export const isDone = ({ recentChanges }: Remembering, { activityIds: [first] }: Stamp): boolean =>
  first !== undefined && recentChanges.includes(first);

/** Time and user of the change, in the form of events. */
export const actor = ({ at, byUserId }: Stamp): { readonly at: string; readonly actorUserId?: string } => ({
  at: at.toISOString(),
  ...(byUserId === undefined ? {} : { actorUserId: byUserId }),
});
