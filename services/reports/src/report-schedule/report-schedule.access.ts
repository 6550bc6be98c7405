import type { PublishedUser } from '@riparo/shared/contracts/auth.events';
import type { Caller } from '@riparo/shared/contracts/caller';
import { roleMay } from '@riparo/shared/contracts/permissions';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { ReportSchedule } from './report-schedule.js';
import { recipientsNotAllowed, scheduleNotFound } from './report-schedule.errors.js';

/** Administrators see the schedules of all, others their own. */
export const seesAll = ({ role }: Caller): boolean => role === 'ADMIN' || role === 'SUPER_ADMIN';

/** The schedule, or 404 when it is not the caller's to see and change. */
export const ownOf = (caller: Caller, schedule: ReportSchedule | undefined): ReportSchedule => {
  if (schedule === undefined || (!seesAll(caller) && schedule.ownerUserId !== caller.userId)) throw scheduleNotFound();
  return schedule;
};

const mayRead = (user: PublishedUser | undefined): boolean =>
  user !== undefined && !user.removed && user.status === 'ACTIVE' && roleMay(user.role, 'read:reports');

/** Every recipient may read reports, or 422. */
export const checkRecipients = async (
  users: Replica<PublishedUser>,
  { tenantId }: Caller,
  recipients: readonly string[],
): Promise<void> => {
  const known = await users.in(tenantId).findMany([...recipients]);
  const refused = recipients.flatMap((id, position) => (mayRead(known.get(id)) ? [] : [position]));
  if (refused.length > 0) throw recipientsNotAllowed(refused);
};
