import { createParkedDoor, type ParkedDoor, type ParkedView } from '@riparo/shared/composition/parked-door';
import type { Platform } from '@riparo/shared/composition/platform';
import type { ServiceName } from '@riparo/shared/contracts/topology';
import type { InternalClient } from '@riparo/shared/http/internal-client';

export type ParkedDoors = Readonly<Record<ServiceName, ParkedDoor>>;

const doorOf = (service: ServiceName, client: InternalClient): ParkedDoor => ({
  list: (tenantId) => client.get<readonly ParkedView[]>(`/internal/parked-events/${service}?${String(new URLSearchParams({ tenantId }))}`),
  replay: async (tenantId, id) => {
    await client.post(`/internal/parked-events/${service}/replay`, { tenantId, id }, id);
  },
});

/**
 * The parked events of every service. Each service reads its own: a broker gives nobody else the right to, and in one
 * process nobody else can open the database. Reports asks all the others anyway, so it answers for all of them.
 */
export const createParkedDoors = (
  platform: Platform,
  others: Readonly<Record<Exclude<ServiceName, 'reports'>, InternalClient>>,
): ParkedDoors => ({
  auth: doorOf('auth', others.auth),
  tickets: doorOf('tickets', others.tickets),
  assets: doorOf('assets', others.assets),
  billing: doorOf('billing', others.billing),
  notifications: doorOf('notifications', others.notifications),
  reports: createParkedDoor('reports', platform),
});
