import { isDeepStrictEqual } from 'node:util';
import { LocationAdded, LocationRemoved, LocationUpdated, type PublishedLocation } from '@riparo/shared/contracts/assets.events';
import type { Decision, Entity } from '@riparo/shared/persistence/repository';

export interface LocationFields {
  readonly name: string;
  readonly addressLine1: string;
  readonly addressLine2?: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly country: string;
  readonly phone?: string;
  readonly accessInstructions?: string;
  readonly geo?: { readonly lat: number; readonly lng: number };
}

export interface Location extends Entity, LocationFields {
  readonly customerId: string;
  /** What was announced last; which one *is* primary, the customer's holdings say (holdings/holdings.ts). */
  readonly isPrimary: boolean;
}

/** Without phone and access instructions: how to get in is not for queues; who has to visit is told when they ask. */
export const publishLocation = (location: Location, removed = false): PublishedLocation => ({
  id: location.id,
  customerId: location.customerId,
  name: location.name,
  addressLine1: location.addressLine1,
  ...(location.addressLine2 === undefined ? {} : { addressLine2: location.addressLine2 }),
  city: location.city,
  state: location.state,
  postalCode: location.postalCode,
  country: location.country,
  ...(location.geo === undefined ? {} : { geo: location.geo }),
  isPrimary: location.isPrimary,
  removed,
});

export const locationAdded = (location: Location) => [LocationAdded.with({ location: publishLocation(location) })];

/** Fields that are given replace, `null` clears, the others stay. */
export type LocationEdit = { readonly [K in keyof LocationFields]?: LocationFields[K] | null };

const decide = (before: Location, after: Location): Decision<Location> =>
  isDeepStrictEqual(before, after)
    ? { state: before }
    : { state: after, events: [LocationUpdated.with({ location: publishLocation(after) })] };

export const editLocation = (location: Location, edit: LocationEdit): Decision<Location> => {
  const cleared = Object.fromEntries(Object.entries(edit).map(([field, value]) => [field, value ?? undefined]));
  return decide(location, { ...location, ...cleared });
};

/** Announces which one is primary now; nothing when that is what was announced before. */
export const announcePrimary = (location: Location, isPrimary: boolean): Decision<Location> => decide(location, { ...location, isPrimary });

export const removeLocation = (location: Location, now: Date): Decision<Location> => {
  const state = { ...location, isPrimary: false, deletedAt: now };
  return { state, events: [LocationRemoved.with({ location: publishLocation(state, true) })] };
};
