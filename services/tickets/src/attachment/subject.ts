import type { AttachmentDeps } from './deps.js';
import type { Subject } from './attachment.js';

/** Whether the entry that a file is promised to has come about. Reads the whole timeline, so it is asked only in doubt. */
export const holdsEntry = async ({ tickets }: Pick<AttachmentDeps, 'tickets'>, tenantId: string, subject: Subject): Promise<boolean> => {
  const ticket = await tickets.in(tenantId).findWhole(subject.id);
  return ticket?.activities.some(({ id }) => id === subject.activityId) === true;
};
