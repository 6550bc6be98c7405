import type { PublishedPartUse } from '@riparo/shared/contracts/repair-outcome';
import { seededIds } from '@riparo/shared/runtime/ids';
import type { Repository } from '@riparo/shared/persistence/repository';
import type { Part } from '../part.js';
import type { ChangePart } from '../stock/change-part.js';
import type { LedgerStore } from '../stock/ledger.store.js';
import type { By } from '../stock/stock-change.js';
import { endOfWork, type MovementIdsOf } from './decide-reservation.js';
import { inPart, isFor, type Purpose, type Reservation } from './reservation.js';
import type { ReservationStore } from './reservation.store.js';

/** One repair or report has fewer different parts. */
const MAX_PARTS = 1_000;

export interface EndReservationsDeps {
  readonly parts: Repository<Part>;
  readonly changePart: ChangePart;
  readonly reservations: ReservationStore;
  readonly ledger: LedgerStore;
}

const movementIdsOf: MovementIdsOf = ({ id, createdAt }) => seededIds(`consume ${id}`, createdAt);

/** Consumes what the uses name of the reservations for work that is over, and releases the rest; there is nothing to do the second time. */
export type EndReservations = (tenantId: string, of: Purpose, uses: readonly PublishedPartUse[], by: By) => Promise<void>;

const movesPieces = ({ used, unused }: PublishedPartUse): boolean => used > 0 || unused === 'SCRAP';

/**
 * Somebody may release a reservation after the technician has named it, while the news of it is on its way. Its pieces are in the
 * device all the same. `used` says that a reservation has taken part in the end of its work.
 */
const createFindReleasedEarly =
  ({ reservations, ledger }: Pick<EndReservationsDeps, 'reservations' | 'ledger'>) =>
  async (tenantId: string, partId: string, of: Purpose, uses: readonly PublishedPartUse[]): Promise<readonly Reservation[]> => {
    const named = uses.filter((use) => use.partId === partId && movesPieces(use));
    const found = await Promise.all(named.map(({ reservationId }) => reservations.find(tenantId, reservationId)));
    const early = found.flatMap((one) => {
      if (one?.state !== 'RELEASED' || one.used !== undefined || one.partId !== partId || !isFor(one, of)) return [];
      const { partId: _part, ...reservation } = one;
      return [{ reservation, movementId: movementIdsOf(reservation).next() }];
    });
    const known = await ledger.known(
      tenantId,
      early.map(({ movementId }) => movementId),
    );
    return early.filter(({ movementId }) => !known.has(movementId)).map(({ reservation }) => reservation);
  };

export const createEndReservations = ({ parts, changePart, ...stores }: EndReservationsDeps): EndReservations => {
  const findReleasedEarly = createFindReleasedEarly(stores);
  return async (tenantId, of, uses, by) => {
    const named = [...new Set(uses.map(({ partId }) => partId))];
    const concerned = await parts.in(tenantId).list({ $or: [inPart(of), { id: { $in: named } }] }, { limit: MAX_PARTS });
    for (const { id } of concerned)
      await changePart(tenantId, id, async (part) => {
        const releasedEarly = await findReleasedEarly(tenantId, id, of, uses);
        return endOfWork(part, { of, uses, releasedEarly, movementIdsOf }, by);
      });
  };
};
