import type { Money } from '@riparo/shared/contracts/money';
import type { PublishedPartUse } from '@riparo/shared/contracts/repair-outcome';
import type { Decision } from '@riparo/shared/persistence/repository';
import type { IdSource } from '@riparo/shared/runtime/ids';
import { partRetired, tooManyReservations } from '../part.errors.js';
import { availableOf, type Part } from '../part.js';
import { balanceStock } from '../stock/balance-stock.js';
import { end, move, withReservations, type By, type StockChange } from '../stock/stock-change.js';
import { isFor, purposeOf, type Purpose, type Reservation } from './reservation.js';

/** They lie in the part's document. */
const MAX_OPEN = 1_000;

export type NewReservation = Omit<Reservation, 'state' | 'createdAt' | 'createdByUserId'>;

export const add = (
  change: StockChange,
  reservation: NewReservation & Partial<Pick<Reservation, 'state'>>,
  { at, userId }: By,
): StockChange =>
  withReservations(change, [
    ...change.part.reservations,
    // `balanceStock` gives it the pieces, if they are there.
    { state: 'BACKORDERED', ...reservation, createdAt: at, ...(userId === undefined ? {} : { createdByUserId: userId }) },
  ]);

export const reserve = (part: Part, reservation: NewReservation, by: By): Decision<Part> => {
  if (!part.active) throw partRetired();
  if (part.reservations.length >= MAX_OPEN) throw tooManyReservations(MAX_OPEN);
  return balanceStock(part, (change) => add(change, reservation, by), by);
};

export type ReservationEdit = Partial<Pick<Reservation, 'quantity' | 'charge' | 'unitPrice' | 'priceAgreed'>>;

/** A reservation that wants more than is available beyond its own pieces waits as a whole. */
const edited = (part: Part, before: Reservation, edit: ReservationEdit): Reservation => {
  const after = { ...before, ...edit };
  const fits = after.quantity - before.quantity <= availableOf(part);
  return before.state === 'RESERVED' && !fits ? { ...after, state: 'BACKORDERED' } : after;
};

/** More pieces are a new reservation, so a part that is no longer offered is refused. */
export const editReservation = (part: Part, id: string, edit: ReservationEdit, by: By): Decision<Part> => {
  const before = part.reservations.find((one) => one.id === id);
  if (before === undefined) return { state: part };
  if (!part.active && (edit.quantity ?? 0) > before.quantity) throw partRetired();
  const after = edited(part, before, edit);
  return balanceStock(
    part,
    (change) =>
      withReservations(
        change,
        part.reservations.map((one) => (one === before ? after : one)),
      ),
    by,
  );
};

const released = { state: 'RELEASED' } as const;

export const release = (part: Part, ids: readonly string[], by: By): Decision<Part> =>
  balanceStock(
    part,
    (begun) => part.reservations.filter(({ id }) => ids.includes(id)).reduce((change, one) => end(change, one, released, by), begun),
    by,
  );

const FOUND = 'Used although the books did not have it';
const THROWN_AWAY = 'Not used and thrown away';
const FREE = 0;

/** The same ids each time for the movements that end a reservation. */
export type MovementIdsOf = (reservation: Reservation) => IdSource;

/** Takes the pieces off the shelf that were built in, and those that were thrown away. */
const consume = (begun: StockChange, reservation: Reservation, use: PublishedPartUse, ids: IdSource, by: By): StockChange => {
  const { id: reservationId, charge, unitPrice } = reservation;
  const of = { ...purposeOf(reservation), reservationId };
  let change = begun;
  // What was built in was there, whatever the books say.
  const missing = use.used - change.part.onHand;
  if (missing > 0) change = move(change, { ...of, id: ids.next(), kind: 'ADJUSTMENT', quantity: missing, reason: FOUND }, by);
  if (use.used > 0) {
    const price: Money = charge === 'WARRANTY' ? { ...unitPrice, amount: FREE } : unitPrice;
    change = move(change, { ...of, id: ids.next(), kind: 'CONSUMPTION', quantity: -use.used, unitPrice: price }, by);
  }
  const unused = reservation.state !== 'BACKORDERED' && use.unused === 'SCRAP' ? reservation.quantity - use.used : 0;
  const thrown = Math.min(Math.max(0, unused), change.part.onHand);
  return thrown > 0 ? move(change, { ...of, id: ids.next(), kind: 'SCRAP', quantity: -thrown, reason: THROWN_AWAY }, by) : change;
};

/** The end of what pieces were reserved for. */
export interface WorkEnd {
  readonly of: Purpose;
  readonly uses: readonly PublishedPartUse[];
  /** Reservations that were released before the end was known here, and whose pieces were used all the same. */
  readonly releasedEarly: readonly Reservation[];
  readonly movementIdsOf: MovementIdsOf;
}

/** What the technician names is consumed, every other reservation for it released. */
export const endOfWork = (part: Part, { of, uses, releasedEarly, movementIdsOf }: WorkEnd, by: By): Decision<Part> => {
  const theirs = [...part.reservations.filter((one) => isFor(one, of)), ...releasedEarly];
  if (theirs.length === 0) return { state: part };
  const endOne = (change: StockChange, one: Reservation): StockChange => {
    const use = uses.find(({ reservationId }) => reservationId === one.id);
    if (use === undefined) return end(change, one, released, by);
    const { used, charge = one.charge } = use;
    const charged = { ...one, charge };
    return consume(end(change, charged, { state: used > 0 ? 'CONSUMED' : 'RELEASED', used }, by), charged, use, movementIdsOf(one), by);
  };
  const before = { ...part, reservations: [...part.reservations, ...releasedEarly] };
  return balanceStock(before, (begun) => theirs.reduce(endOne, begun), by);
};
