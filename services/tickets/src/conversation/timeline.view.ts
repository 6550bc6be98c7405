import type { Caller } from '@riparo/shared/contracts/caller';
import { compact } from '@riparo/shared/json/compact';
import { type Replicas, named } from '../replica/replicas.js';
import type { Activity } from './timeline.js';
import { isStaffCaller } from '../kernel/held.js';

/** The ticket or repair to which an entry belongs. */
export type ActivityOf = { readonly ticketId: string } | { readonly repairId: string };

export type ActivityView = ActivityOf & {
  readonly id: string;
  readonly type: Activity['type'];
  readonly author?: { readonly id: string; readonly name: string };
  readonly authorUserId?: string;
  readonly isInternal: boolean;
  readonly body: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly attachments?: Activity['attachments'];
  readonly createdAt: Date;
};

/** How many of the newest entries are sent with a ticket or repair. `GET …/activities` sends all, page by page. */
export const MAX_WITH_SUBJECT = 200;

/** The entries that the caller may read, in the order of the timeline. */
export const visibleActivities = (caller: Caller, activities: readonly Activity[]): readonly Activity[] =>
  isStaffCaller(caller) ? activities : activities.filter(({ isInternal }) => !isInternal);

/** Customers do not see which member of staff took or waived their payment. */
const authorFor = (caller: Caller, { type, authorUserId }: Activity): string | undefined =>
  type === 'PAYMENT' && !isStaffCaller(caller) ? undefined : authorUserId;

export const viewActivities = async (
  { users }: Pick<Replicas, 'users'>,
  caller: Caller,
  subject: ActivityOf,
  activities: readonly Activity[],
): Promise<readonly ActivityView[]> => {
  const authors = await users.findMany(
    caller.tenantId,
    activities.map((activity) => authorFor(caller, activity)),
  );
  return activities.map((activity) => {
    const { staffMetadata, metadata, ...shown } = activity;
    const authorUserId = authorFor(caller, activity);
    const all = isStaffCaller(caller) ? { ...metadata, ...staffMetadata } : (metadata ?? {});
    const name = authorUserId === undefined ? undefined : authors.get(authorUserId)?.name;
    return compact({
      ...shown,
      ...subject,
      authorUserId,
      author: named(authorUserId, name ?? (authorUserId === caller.userId ? caller.name : undefined)),
      metadata: Object.keys(all).length === 0 ? undefined : all,
    });
  });
};
