import type { Caller } from '@riparo/shared/contracts/caller';
import { isTechnician } from '@riparo/shared/contracts/roles';
import type { Replica } from '@riparo/shared/persistence/replica';
import type { Booking } from '../replica/booking.js';

/** No technician has more visits ahead than this. */
const MAX_VISITS = 1_000;

/**
 * The locations that a technician may read: those of visits that are booked with this technician and not over. Addresses and
 * ways to get in of everybody else are of no concern to technicians. `undefined` for other callers: roles and ownership
 * decide alone.
 */
export const visitedLocations = async (
  { bookings }: { readonly bookings: Replica<Booking> },
  { tenantId, role, userId }: Caller,
): Promise<readonly string[] | undefined> => {
  if (!isTechnician(role)) return undefined;
  const visits = await bookings.in(tenantId).list({ visitorId: userId }, { limit: MAX_VISITS });
  return [...new Set(visits.flatMap(({ visitedLocationId }) => visitedLocationId ?? []))];
};
