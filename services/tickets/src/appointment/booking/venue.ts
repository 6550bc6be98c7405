import type { PublishedLocation } from '@riparo/shared/contracts/assets.events';
import type { PublishedAppointmentLocation } from '@riparo/shared/contracts/appointments.events';
import type { AppointmentType } from '@riparo/shared/contracts/enums';
import { invalidInput } from '@riparo/shared/errors/common-errors';
import type { Site } from '../slot/slot.js';
import type { TicketDeps } from '../../ticket/dependencies.js';
import { locationNotFound } from '../../kernel/customer-and-device.errors.js';

export interface Venue {
  readonly location?: PublishedAppointmentLocation;
  readonly place?: Site;
}

/** The site of a location. Journeys to it can be computed when the location has coordinates. */
export const placeOf = ({ id, geo }: PublishedLocation): Site => ({
  key: id,
  ...(geo === undefined ? {} : { point: { lat: geo.lat, lng: geo.lng } }),
});

const addressOf = ({ addressLine1, addressLine2, postalCode, city, state, country }: PublishedLocation): string =>
  [addressLine1, addressLine2, [postalCode, city, state].filter((part) => part !== '').join(' '), country]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');

/** The site of an on-site visit: the named location, or else that of the work. The location must belong to this customer. */
export const venueOf = async (
  { assetLookup }: Pick<TicketDeps, 'assetLookup'>,
  tenantId: string,
  customerId: string,
  type: AppointmentType,
  locationId: string | undefined,
): Promise<Venue> => {
  if (locationId === undefined) {
    if (type !== 'ONSITE_VISIT') return {};
    throw invalidInput([{ path: 'locationId', message: 'is required for a visit: nothing says where it goes' }]);
  }
  const location = await assetLookup.location(tenantId, locationId);
  if (location?.customerId !== customerId || location.removed) throw locationNotFound();
  if (type !== 'ONSITE_VISIT') return {};
  return { location: { id: location.id, name: location.name, address: addressOf(location) }, place: placeOf(location) };
};
