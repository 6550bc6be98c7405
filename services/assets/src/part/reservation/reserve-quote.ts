import type { PublishedQuote } from '@riparo/shared/contracts/quotes.events';
import { isDomainError } from '@riparo/shared/errors/domain-error';
import { seededIds } from '@riparo/shared/runtime/ids';
import type { By } from '../stock/stock-change.js';
import type { FindRepair } from './find-repair.js';
import type { PlaceReservation } from './place-reservation.js';
import { isInWork } from './repair-work.js';
import { reserveQuoted, type Quoted } from './reserve-quoted.js';
import type { ReservationStore } from './reservation.store.js';

export interface ReserveQuoteDeps {
  readonly findRepair: FindRepair;
  readonly placeReservation: PlaceReservation;
  readonly reservations: ReservationStore;
}

/** What is quoted by part, of each price and VAT rate once, under the same ids each time. */
const quotedOf = ({ id, quoteVersion, lines }: PublishedQuote, at: Date): ReadonlyMap<string, readonly Quoted[]> => {
  const wanted = new Map<string, Map<string, Quoted>>();
  for (const { kind, partId, quantity, unitPrice, vatRate } of lines) {
    if (kind !== 'PART' || partId === undefined) continue;
    const key = `${partId} ${unitPrice.amount} ${unitPrice.currency} ${vatRate}`;
    const ofPart = wanted.get(partId) ?? new Map<string, Quoted>();
    const before = ofPart.get(key) ?? { id: seededIds(`quote ${id} ${quoteVersion} ${key}`, at).next(), quantity: 0, unitPrice, vatRate };
    wanted.set(partId, ofPart.set(key, { ...before, quantity: before.quantity + quantity }));
  }
  return new Map([...wanted].map(([partId, quoted]) => [partId, [...quoted.values()]]));
};

/** A line may name a part that this tenant does not have. */
const unlessMissing = (error: unknown): undefined => {
  if (isDomainError(error) && error.code === 'PART_NOT_FOUND') return undefined;
  throw error;
};

/** Reserves the parts of an accepted quote for its repair, while that is in work. */
export type ReserveQuote = (tenantId: string, quote: PublishedQuote, by: By) => Promise<void>;

export const createReserveQuote = ({ findRepair, placeReservation, reservations }: ReserveQuoteDeps): ReserveQuote => {
  const reserveOne = async (tenantId: string, partId: string, repairId: string, quoted: readonly Quoted[], by: By): Promise<void> => {
    const reservationIds = quoted.map(({ id }) => id);
    await placeReservation(
      tenantId,
      { partId, of: { repairId }, reservationIds },
      async (part) => {
        // The event may come twice, and the reservations may have been released since.
        const known = await Promise.all(reservationIds.map((id) => reservations.find(tenantId, id)));
        if (known.some((one) => one !== undefined)) return { state: part };
        return reserveQuoted(part, { repairId, quoted, used: await reservations.used(tenantId, partId, repairId) }, by);
      },
      by,
    ).catch(unlessMissing);
  };

  return async (tenantId, quote, by) => {
    const { repairId } = quote;
    const wanted = quotedOf(quote, by.at);
    if (repairId === undefined || wanted.size === 0) return;
    const repair = await findRepair(tenantId, repairId);
    if (repair === undefined || !isInWork(repair)) return;
    for (const [partId, quoted] of wanted) await reserveOne(tenantId, partId, repairId, quoted, by);
  };
};
