import type { Decision } from '@riparo/shared/persistence/repository';
import type { Replicas } from '../../replica/replicas.js';
import type { Part } from '../part.js';
import type { ChangePart } from '../stock/change-part.js';
import type { By } from '../stock/stock-change.js';
import { release } from './decide-reservation.js';
import { isInWork } from './repair-work.js';

interface Deps extends Pick<Replicas, 'repairs'> {
  readonly changePart: ChangePart;
}

/**
 * Makes reservations in a part. The end of the repair may pass by meanwhile: it releases what it finds, so reservations that
 * it did not find look themselves whether the repair has ended. Answers `undefined` when it has; nothing is reserved then.
 */
export type PlaceReservation = (
  tenantId: string,
  of: { readonly partId: string; readonly repairId: string; readonly reservationIds: readonly string[] },
  prepare: (part: Part) => Decision<Part> | Promise<Decision<Part>>,
  by: By,
) => Promise<Part | undefined>;

export const createPlaceReservation =
  ({ repairs, changePart }: Deps): PlaceReservation =>
  async (tenantId, { partId, repairId, reservationIds }, prepare, by) => {
    const part = await changePart(tenantId, partId, prepare);
    const repair = await repairs.in(tenantId).find(repairId);
    if (repair === undefined || isInWork(repair)) return part;
    await changePart(tenantId, partId, (now) => release(now, reservationIds, by));
    return undefined;
  };
