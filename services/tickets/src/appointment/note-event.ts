import type { EventEnvelope } from '@riparo/shared/contracts/event';
import { seededIds } from '@riparo/shared/runtime/ids';
import { isDone, stampOf, type Entry, type Stamp } from '../conversation/stamp.js';
import { MAX_ACTIVITIES, type Activity, type TimelineSize } from '../conversation/timeline.js';
import { applyChange } from '../ticket/apply-change.js';
import type { TicketDeps } from '../ticket/dependencies.js';
import { stirred } from '../ticket/reply/decide-reply.js';

export type NoteDeps = Pick<TicketDeps, 'tickets' | 'rulesOf'>;

/**
 * Own events may write 500 entries more than people may: their entries still find room in a full timeline. The limit
 * keeps a document from growing without end when somebody moves an appointment all day.
 */
const MAX_NOTED = MAX_ACTIVITIES + 500;

/** The entry's id is made from the event's id, so that an event that arrives twice is written once. */
export const eventStamp = ({ id, tenantid, time, data }: EventEnvelope<{ readonly actorUserId?: string }>): Stamp => {
  const at = new Date(time);
  return {
    ...stampOf({ now: at, ids: seededIds(`${tenantid}:${id}`, at) }),
    ...(data.actorUserId === undefined ? {} : { byUserId: data.actorUserId }),
  };
};

export const isNoted = ({ activities }: { readonly activities: readonly Activity[] }, { activityIds: [first] }: Stamp): boolean =>
  activities.some(({ id }) => id === first);

export const isFull = ({ timeline }: { readonly timeline: TimelineSize }): boolean => timeline.count >= MAX_NOTED;

/** Writes the entry of an own event into the timeline of a ticket. An assignee who set out, began or reported is not silent. */
export const noteOnTicket = async (
  { tickets, rulesOf }: NoteDeps,
  tenantId: string,
  ticketId: string,
  entry: Entry,
  stamp: Stamp,
): Promise<void> => {
  const inTenant = tickets.in(tenantId);
  const whole = await inTenant.findWhole(ticketId);
  if (whole === undefined || isFull(whole) || isNoted(whole, stamp)) return;
  const rules = await rulesOf(tenantId);
  await inTenant.update(ticketId, (before) =>
    isDone(before, stamp) ? { state: before } : applyChange(before, { state: stirred(before, stamp), entries: [entry] }, stamp, rules),
  );
};
