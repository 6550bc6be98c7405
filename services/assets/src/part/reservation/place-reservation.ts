import type { Decision } from '@riparo/shared/persistence/repository';
import type { Part } from '../part.js';
import type { ChangePart } from '../stock/change-part.js';
import type { By } from '../stock/stock-change.js';
import { release } from './decide-reservation.js';
import type { WorkGoesOn } from './open-work.js';
import type { Purpose } from './reservation.js';

interface Deps {
  readonly workGoesOn: WorkGoesOn;
  readonly changePart: ChangePart;
}

/**
 * Makes reservations in a part. The end of the work may pass by meanwhile: it releases what it finds, so reservations that
 * it did not find look themselves whether the work has ended. Answers `undefined` when it has; nothing is reserved then.
 */
export type PlaceReservation = (
  tenantId: string,
  placed: { readonly partId: string; readonly of: Purpose; readonly reservationIds: readonly string[] },
  prepare: (part: Part) => Decision<Part> | Promise<Decision<Part>>,
  by: By,
) => Promise<Part | undefined>;

export const createPlaceReservation =
  ({ workGoesOn, changePart }: Deps): PlaceReservation =>
  async (tenantId, { partId, of, reservationIds }, prepare, by) => {
    const part = await changePart(tenantId, partId, prepare);
    if (await workGoesOn(tenantId, of)) return part;
    await changePart(tenantId, partId, (now) => release(now, reservationIds, by));
    return undefined;
  };
