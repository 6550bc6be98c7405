import type { Role } from '@riparo/shared/contracts/roles';
import type { Activity } from './timeline.js';

/** Who changes a ticket or a repair and when, with ids made beforehand, so that a decision that runs twice decides the same. */
export interface Stamp {
  readonly at: Date;
  /** Missing: the system. */
  readonly byUserId?: string;
  readonly role?: Role;
  readonly activityIds: readonly string[];
}

/** No change writes more entries than this, two breaches that a ticket notices included. */
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

/** What is changed so that a request that runs again after a crash finds that it has been done. */
export interface Remembering {
  /** The first entries of the last changes. */
  readonly recentChanges: readonly string[];
}

const MAX_RECENT = 20;

export const remembered = ({ recentChanges }: Remembering, [first]: readonly Activity[]): readonly string[] =>
  first === undefined ? recentChanges : [...recentChanges, first.id].slice(-MAX_RECENT);

/** True when this very change has been made before: its request ran again after a crash. */
export const isDone = ({ recentChanges }: Remembering, { activityIds: [first] }: Stamp): boolean =>
  first !== undefined && recentChanges.includes(first);

/** When and by whom, for events. */
export const actor = ({ at, byUserId }: Stamp): { readonly at: string; readonly actorUserId?: string } => ({
  at: at.toISOString(),
  ...(byUserId === undefined ? {} : { actorUserId: byUserId }),
});
