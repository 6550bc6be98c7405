import { stale } from '../errors/common-errors.js';

/** The versions of an entity that `If-Match` names; the change is for one of them. None: the header names no version that there can be. */
export type IfMatch = readonly number[];

/** Whether a change may be made to this version. Without `If-Match` it may be made to any. */
export const allows = (ifMatch: IfMatch | undefined, version: number): boolean => ifMatch === undefined || ifMatch.includes(version);

/** Throws 412 with the version, unless `If-Match` names it. For places that must look at it themselves; `update` does so by itself. */
export const refuseStaleVersion = (ifMatch: IfMatch | undefined, version: number): void => {
  if (!allows(ifMatch, version)) throw stale(version);
};
