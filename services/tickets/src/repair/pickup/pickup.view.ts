import { compact } from '@riparo/shared/json/compact';
import type { Pickup } from './pickup.js';

/** Customers read when and how they were told, but not what the desk noted about it. */
export const shownPickup = (isStaff: boolean, { terms, notices, storageFee }: Pickup) =>
  compact({
    ...terms,
    storageFee,
    notices: notices.map(({ note, byUserId, result, sentAt, ...notice }) =>
      compact(isStaff ? { ...notice, result, sentAt, note, byUserId } : notice),
    ),
  });
