import type { Activity } from '../timeline.js';
import type { AttachmentDeps } from './deps.js';
import type { EntryRef } from './attachment.js';

type Deps = Pick<AttachmentDeps, 'tickets' | 'repairs'>;

const timelineOf = async (
  { tickets, repairs }: Deps,
  tenantId: string,
  { type, id }: EntryRef,
): Promise<readonly Activity[] | undefined> => {
  const whole = type === 'TICKET' ? await tickets.in(tenantId).findWhole(id) : await repairs.in(tenantId).findWhole(id);
  return whole?.activities;
};

/** Whether the entry that a file is promised to has come about. Reads the whole timeline, so it is asked only in doubt. */
export const holdsEntry = async (deps: Deps, tenantId: string, subject: EntryRef): Promise<boolean> =>
  (await timelineOf(deps, tenantId, subject))?.some(({ id }) => id === subject.activityId) === true;
