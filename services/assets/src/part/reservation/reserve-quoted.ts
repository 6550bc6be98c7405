import type { Money } from '@riparo/shared/contracts/money';
import type { Decision } from '@riparo/shared/persistence/repository';
import type { Part } from '../part.js';
import { balanceStock } from '../stock/balance-stock.js';
import { withReservations, type By } from '../stock/stock-change.js';
import { add } from './decide-reservation.js';
import { vatRateOf, type Reservation } from './reservation.js';

/** What an accepted quote promises of a part at one price and VAT rate. */
export interface Quoted {
  /** Of the reservation that is made for it. */
  readonly id: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly vatRate: number;
}

/** A promised price with what was found for it so far. */
interface Promised extends Quoted {
  /** Pieces that are still to be found. */
  missing: number;
  /** Pieces that come from reservations at another price, and whether all of them lie on the shelf. */
  moved: number;
  onShelf: boolean;
}

/** A reservation that the repair has already, with its quoted price. */
interface Priced {
  reservation: Reservation;
  /** Pieces beyond what is quoted at that price. */
  spare: number;
}

const find = (promised: Promised, pieces: number): number => {
  const found = Math.min(promised.missing, pieces);
  promised.missing -= found;
  return found;
};

const isAt = (part: Part, reservation: Reservation, { unitPrice, vatRate }: Quoted): boolean =>
  reservation.unitPrice.amount === unitPrice.amount &&
  reservation.unitPrice.currency === unitPrice.currency &&
  vatRateOf(part, reservation) === vatRate;

/** What is reserved at a quoted price already keeps it; the others take the prices that still miss pieces, in order. */
const price = (part: Part, theirs: readonly Reservation[], promises: readonly [Promised, ...Promised[]]): readonly Priced[] => {
  const keeps = (one: Reservation): boolean => promises.some((each) => isAt(part, one, each));
  return [...theirs.filter(keeps), ...theirs.filter((one) => !keeps(one))].map((one) => {
    const own = promises.filter((each) => isAt(part, one, each));
    const missing = promises.filter((each) => each.missing > 0);
    const at = own.find((each) => missing.includes(each)) ?? missing[0] ?? own[0] ?? promises[0];
    const { unitPrice, vatRate } = at;
    return {
      reservation: { ...one, unitPrice, priceAgreed: true, vatRate, charge: 'BILLED' },
      spare: one.quantity - find(at, one.quantity),
    };
  });
};

/** Three are reserved, two are quoted at one price and one at another: one piece moves to a reservation at the other price. */
const moveSpare = (priced: readonly Priced[], promises: readonly Promised[]): void => {
  for (const promised of promises)
    for (const one of priced) {
      const pieces = find(promised, one.spare);
      if (pieces === 0) continue;
      one.spare -= pieces;
      one.reservation = { ...one.reservation, quantity: one.reservation.quantity - pieces };
      promised.moved += pieces;
      promised.onShelf &&= one.reservation.state === 'RESERVED';
    }
};

/** What a quote promises of a part to a repair. `used` are pieces that were built in before. */
export interface QuotedPart {
  readonly repairId: string;
  readonly quoted: readonly Quoted[];
  readonly used: number;
}

/**
 * Reserves what the repair does not have already, one reservation for each price, and gives what it has the quoted prices. A part
 * that is no longer offered is reserved too: the customer was promised it.
 */
export const reserveQuoted = (part: Part, { repairId, quoted, used }: QuotedPart, by: By): Decision<Part> => {
  const [first, ...others] = quoted.map((each): Promised => ({ ...each, missing: each.quantity, moved: 0, onShelf: true }));
  if (first === undefined) return { state: part };
  const promises = [first, ...others] as const;
  promises.reduce((left, promised) => left - find(promised, left), used);
  const theirs = part.reservations.filter((one) => one.repairId === repairId);
  const priced = price(part, theirs, promises);
  moveSpare(priced, promises);
  const known = new Map(priced.map(({ reservation }) => [reservation.id, reservation]));
  const repriced = part.reservations.map((one) => known.get(one.id) ?? one);
  return balanceStock(
    part,
    (begun) =>
      promises.reduce(
        (change, { id, unitPrice, vatRate, missing, moved, onShelf }) => {
          const quantity = missing + moved;
          const state = missing === 0 && onShelf ? 'RESERVED' : 'BACKORDERED';
          const price = { unitPrice, priceAgreed: true, vatRate, charge: 'BILLED' } as const;
          return quantity === 0 ? change : add(change, { id, repairId, quantity, ...price, state }, by);
        },
        withReservations(begun, repriced),
      ),
    by,
  );
};
