import type { PriceLine } from '@riparo/shared/contracts/price-lines';
import type { PublishedQuote } from '@riparo/shared/contracts/quotes.events';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { seededIds } from '@riparo/shared/runtime/ids';
import type { By } from '../stock/stock-change.js';
import { reserveQuoted, type Quoted } from './decide-reservation.js';
import type { FindRepair } from './find-repair.js';
import type { PlaceReservation } from './place-reservation.js';
import { isInWork } from './repair-work.js';
import type { ReservationStore } from './reservation.store.js';

export interface ReserveQuoteDeps {
  readonly findRepair: FindRepair;
  readonly placeReservation: PlaceReservation;
  readonly reservations: ReservationStore;
}

/** Pieces by part; where a part is in several lines, the first one says its price. */
const wantedOf = (lines: readonly PriceLine[]): ReadonlyMap<string, Pick<PriceLine, 'quantity' | 'unitPrice'>> => {
  const wanted = new Map<string, Pick<PriceLine, 'quantity' | 'unitPrice'>>();
  for (const { kind, partId, quantity, unitPrice } of lines) {
    if (kind !== 'PART' || partId === undefined) continue;
    const before = wanted.get(partId);
    wanted.set(partId, { quantity: quantity + (before?.quantity ?? 0), unitPrice: before?.unitPrice ?? unitPrice });
  }
  return wanted;
};

/** A line may name a part that this tenant does not have. */
const unlessMissing = (error: unknown): undefined => {
  if (isDomainError(error) && error.code === 'PART_NOT_FOUND') return undefined;
  throw error;
};

/** Reserves the parts of an accepted quote for its repair, while that is in work. */
export type ReserveQuote = (tenantId: string, quote: PublishedQuote, by: By) => Promise<void>;

export const createReserveQuote = ({ findRepair, placeReservation, reservations }: ReserveQuoteDeps): ReserveQuote => {
  const reserveOne = async (tenantId: string, partId: string, quoted: Quoted, by: By): Promise<void> => {
    const { id, repairId } = quoted;
    await placeReservation(
      tenantId,
      { partId, repairId, reservationId: id },
      async (part) => {
        // The event may come twice, and the reservation may have been released since.
        if ((await reservations.find(tenantId, id)) !== undefined) return { state: part };
        return reserveQuoted(part, quoted, await reservations.used(tenantId, partId, repairId), by);
      },
      by,
    ).catch(unlessMissing);
  };

  return async (tenantId, { id, quoteVersion, repairId, lines }, by) => {
    const wanted = wantedOf(lines);
    if (repairId === undefined || wanted.size === 0) return;
    const repair = await findRepair(tenantId, repairId);
    if (repair === undefined || !isInWork(repair)) return;
    for (const [partId, line] of wanted) {
      const reservationId = seededIds(`quote ${id} ${quoteVersion} ${partId}`, by.at).next();
      await reserveOne(tenantId, partId, { ...line, id: reservationId, repairId }, by);
    }
  };
};
