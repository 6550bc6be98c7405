import type { Caller } from '@riparo/shared/contracts/caller';
import { refuseStaleVersion, type IfMatch } from '@riparo/shared/persistence/if-match';
import type { Entity } from '@riparo/shared/persistence/repository';
import { isStaffCaller } from './held.js';

type Counted = Pick<Entity, 'version' | 'unseenWrites'>;

/** Counts the writes that customers can see: of 7 writes, 2 of them internal notes, 5. */
export const versionForCustomers = ({ version, unseenWrites = 0 }: Counted): number => version - unseenWrites;

/** The version as the caller counts it: what customers do not see does not move their `ETag`. */
export const shownVersion = (caller: Caller, found: Counted): number =>
  isStaffCaller(caller) ? found.version : versionForCustomers(found);

/** Refuses an `If-Match` that does not name the version which this caller would be shown now. */
export const refuseStale = (caller: Caller, ifMatch: IfMatch | undefined, found: Counted): void =>
  refuseStaleVersion(ifMatch, shownVersion(caller, found));
