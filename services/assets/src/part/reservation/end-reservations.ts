import type { PublishedPartUse } from '@riparo/shared/contracts/repair-outcome';
import type { PublishedRepair } from '@riparo/shared/contracts/repairs.events';
import { seededIds } from '@riparo/shared/runtime/ids';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Part } from '../part.js';
import type { ChangePart } from '../stock/change-part.js';
import type { LedgerStore } from '../stock/ledger.store.js';
import type { By } from '../stock/stock-change.js';
import { endOfRepair, type MovementIdsOf } from './decide-reservation.js';
import { isInWork } from './repair-work.js';
import type { Reservation } from './reservation.js';
import type { ReservationStore } from './reservation.store.js';

/** One repair has fewer different parts. */
const MAX_PARTS = 1_000;

export interface EndReservationsDeps {
  readonly parts: Repository<Part>;
  readonly changePart: ChangePart;
  readonly reservations: ReservationStore;
  readonly ledger: LedgerStore;
}

const movementIdsOf: MovementIdsOf = ({ id, createdAt }) => seededIds(`consume ${id}`, createdAt);

/** Ends what is reserved for a repair whose work is over; there is nothing to do the second time. */
export type EndReservations = (tenantId: string, repair: PublishedRepair, by: By) => Promise<void>;

const movesPieces = ({ used, unused }: PublishedPartUse): boolean => used > 0 || unused === 'SCRAP';

/**
 * Somebody may release a reservation after the technician has named it, while the news of it is on its way. Its pieces are in the
 * device all the same. `used` says that a reservation has taken part in the end of its repair.
 */
const createFindReleasedEarly =
  ({ reservations, ledger }: Pick<EndReservationsDeps, 'reservations' | 'ledger'>) =>
  async (tenantId: string, partId: string, repairId: string, uses: readonly PublishedPartUse[]): Promise<readonly Reservation[]> => {
    const named = uses.filter((use) => use.partId === partId && movesPieces(use));
    const found = await Promise.all(named.map(({ reservationId }) => reservations.find(tenantId, reservationId)));
    const early = found.flatMap((one) => {
      if (one?.state !== 'RELEASED' || one.used !== undefined || one.partId !== partId || one.repairId !== repairId) return [];
      const { partId: _part, ...reservation } = one;
      return [{ reservation, movementId: movementIdsOf(reservation).next() }];
    });
    const known = await ledger.known(
      tenantId,
      early.map(({ movementId }) => movementId),
    );
    return early.filter(({ movementId }) => !known.has(movementId)).map(({ reservation }) => reservation);
  };

/**
 * COMPLETED: what the outcome names is consumed and the rest released. REFUSED and CANCELED release all. The state of the
 * repair decides and not the event, so that any later event makes good for one that was parked.
 */
export const createEndReservations = ({ parts, changePart, ...stores }: EndReservationsDeps): EndReservations => {
  const findReleasedEarly = createFindReleasedEarly(stores);
  return async (tenantId, repair, by) => {
    if (isInWork(repair)) return;
    const { id: repairId, outcome } = repair;
    const uses: readonly PublishedPartUse[] = outcome?.type === 'COMPLETED' ? (outcome.parts ?? []) : [];
    const named = [...new Set(uses.map(({ partId }) => partId))];
    const concerned = await parts
      .in(tenantId)
      .list({ $or: [{ 'reservations.repairId': repairId }, { id: { $in: named } }] }, { limit: MAX_PARTS });
    for (const { id } of concerned)
      await changePart(tenantId, id, async (part) => {
        const releasedEarly = await findReleasedEarly(tenantId, id, repairId, uses);
        return endOfRepair(part, { repairId, uses, releasedEarly, movementIdsOf }, by);
      });
  };
};
