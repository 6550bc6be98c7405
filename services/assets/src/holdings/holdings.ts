import type { Entity } from '@riparo/shared/persistence/repository';

/**
 * One document per customer (its id is the customer's) through which everything passes that must hold over several
 * locations, devices and plans of that customer: exactly one primary location, no device at a location that is being
 * removed, no plan with more devices than it covers. A command reads what it needs, decides, and writes the holdings
 * under their version; whoever was overtaken looks again. What follows from the holdings (the announced `isPrimary`, the
 * removal of a location's document) is brought about afterwards, by the command or, after a crash, by the sweeper.
 */
export interface Holdings extends Entity {
  readonly primaryLocationId?: string;
  /** Their removal is decided; their documents follow. */
  readonly removedLocationIds: readonly string[];
  /** Devices on their way to a place or into a plan: decided, but perhaps not yet written. */
  readonly arrivals: readonly Arrival[];
  /** Since when something may have to follow; unset when all has. */
  readonly unsettledSince?: Date;
}

export interface Arrival {
  readonly assetId: string;
  /** The device's version when it was decided, 0 for a new one: a higher one shows that it has arrived. */
  readonly assetVersion: number;
  readonly locationId: string;
  readonly servicePlanId?: string;
  readonly at: Date;
}

/** After this long an arrival that never came belongs to a command that died; in milliseconds. */
export const ARRIVAL_TIMEOUT_MS = 60_000;

export const emptyHoldings = (customerId: string) => ({ id: customerId, removedLocationIds: [], arrivals: [] });

/** What the rules need to know of a device. */
export interface Placed {
  readonly id: string;
  readonly version: number;
}

/** Arrivals that may still come; the others are written down already, or dead. */
export const pendingArrivals = (holdings: Holdings, written: readonly Placed[], now: Date): readonly Arrival[] => {
  const versions = new Map(written.map(({ id, version }) => [id, version]));
  return holdings.arrivals.filter(
    ({ assetId, assetVersion, at }) => (versions.get(assetId) ?? 0) <= assetVersion && now.getTime() - at.getTime() < ARRIVAL_TIMEOUT_MS,
  );
};

/** A new arrival of a device replaces its earlier one. */
export const expectArrival = (holdings: Holdings, arrival: Arrival): Holdings => ({
  ...holdings,
  arrivals: [...holdings.arrivals.filter(({ assetId }) => assetId !== arrival.assetId), arrival],
});

export const forgetArrivals = (holdings: Holdings, assetIds: readonly string[]): Holdings => ({
  ...holdings,
  arrivals: holdings.arrivals.filter(({ assetId }) => !assetIds.includes(assetId)),
});

export const markUnfinished = (holdings: Holdings, now: Date): Holdings => ({
  ...holdings,
  unsettledSince: holdings.unsettledSince ?? now,
});

export const makePrimary = (holdings: Holdings, locationId: string, now: Date): Holdings => ({
  ...markUnfinished(holdings, now),
  primaryLocationId: locationId,
});

export const decideRemoval = (holdings: Holdings, locationId: string, now: Date): Holdings => ({
  ...markUnfinished(holdings, now),
  removedLocationIds: [...holdings.removedLocationIds.filter((id) => id !== locationId), locationId],
});

/**
 * Exactly one whenever there is any: the chosen one, or the oldest where the choice is not (or no longer) there. `live`
 * are the ids of the locations whose documents are not removed, in order of creation.
 */
export const primaryOf = (holdings: Holdings | undefined, live: readonly string[]): string | undefined => {
  const standing = live.filter((id) => holdings?.removedLocationIds.includes(id) !== true);
  return standing.find((id) => id === holdings?.primaryLocationId) ?? standing[0];
};
