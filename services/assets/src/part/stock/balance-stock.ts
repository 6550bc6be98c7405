import { isDeepStrictEqual } from 'node:util';
import type { DomainEvent } from '@riparo/shared/contracts/event';
import { PartLowOnStock, ReservationChanged, StockMoved, type PartEventV1 } from '@riparo/shared/contracts/parts.events';
import { compact } from '@riparo/shared/json/compact';
import type { Decision } from '@riparo/shared/persistence/repository';
import { isLow, publishPart, type OnOrder, type Part } from '../part.js';
import { publishReservation, type Reservation } from '../reservation/reservation.js';
import { beginChange, type By, type StockChange } from './stock-change.js';
import { publishMovement } from './stock-movement.js';

const piecesOf = (reservations: readonly Reservation[]): number =>
  reservations.filter(({ state }) => state === 'RESERVED').reduce((sum, { quantity }) => sum + quantity, 0);

const turn = (reservations: readonly Reservation[], id: string, state: Reservation['state']): readonly Reservation[] =>
  reservations.map((one) => (one.id === id ? { ...one, state } : one));

/** Where more is reserved than is there, the newest reservations wait again. */
const takeBack = (reservations: readonly Reservation[], onHand: number): readonly Reservation[] => {
  let now = reservations;
  for (const { id, state } of [...reservations].reverse()) {
    if (piecesOf(now) <= onHand) break;
    if (state === 'RESERVED') now = turn(now, id, 'BACKORDERED');
  }
  return now;
};

/**
 * Gives what is available to those that wait, the oldest first. One that needs more than there is waits on, and does not
 * keep a later one from the pieces: three are there, five are wanted first and then two; the two are served.
 */
const serve = (reservations: readonly Reservation[], onHand: number): readonly Reservation[] => {
  let [now, available] = [reservations, onHand - piecesOf(reservations)];
  for (const { id, state, quantity } of reservations) {
    if (state !== 'BACKORDERED' || quantity > available) continue;
    now = turn(now, id, 'RESERVED');
    available -= quantity;
  }
  return now;
};

/** Deliveries without a day come last. */
const byDay = (one: OnOrder, other: OnOrder): number => (one.expectedOn ?? '9').localeCompare(other.expectedOn ?? '9');

/** The day on which each one that waits will have its pieces, if deliveries come on their days and are given out as `serve` does. */
const expect = (reservations: readonly Reservation[], onHand: number, onOrder: readonly OnOrder[]): readonly Reservation[] => {
  const days = new Map<string, string | undefined>();
  let pieces = onHand - piecesOf(reservations);
  for (const { remaining, expectedOn } of [...onOrder].sort(byDay)) {
    pieces += remaining;
    for (const { id, state, quantity } of reservations) {
      if (state !== 'BACKORDERED' || days.has(id) || quantity > pieces) continue;
      days.set(id, expectedOn);
      pieces -= quantity;
    }
  }
  return reservations.map(({ expectedOn: _before, ...reservation }) => {
    const expectedOn = days.get(reservation.id);
    return expectedOn === undefined ? reservation : { ...reservation, expectedOn };
  });
};

const isNews = (now: Reservation, before: Reservation | undefined): boolean =>
  before === undefined || !isDeepStrictEqual(compact({ ...now }), compact({ ...before }));

const reservationEvents = (before: Part, touched: readonly Reservation[], base: PartEventV1): readonly DomainEvent[] =>
  touched.map((reservation) => {
    const previousState = before.reservations.find(({ id }) => id === reservation.id)?.state;
    return ReservationChanged.with(compact({ ...base, reservation: publishReservation(before, reservation), previousState }));
  });

/**
 * Ends a change of stock: who waits is served, whom pieces are missing for waits, days of delivery are counted anew, and
 * everything that came of it is told. What the change wrote beside the part is in `unfiled`.
 */
export const balanceStock = (before: Part, make: (change: StockChange) => StockChange, by: By): Decision<Part> => {
  const change = make(beginChange(before));
  const { onHand, onOrder } = change.part;
  const reservations = expect(serve(takeBack(change.part.reservations, onHand), onHand), onHand, onOrder);
  const { low: wasLow, ...counted } = { ...change.part, reservations, reserved: piecesOf(reservations) };
  const low = isLow(counted);
  const touched = [...reservations, ...change.ended].filter((one) =>
    isNews(
      one,
      before.reservations.find(({ id }) => id === one.id),
    ),
  );
  const isFiled = touched.length + change.movements.length === 0;
  const unfiled = { since: by.at, movements: change.movements, reservations: touched };
  const state: Part = { ...counted, ...(low ? { low } : {}), ...(isFiled ? {} : { unfiled }) };
  const base: PartEventV1 = compact({ part: publishPart(state), at: by.at.toISOString(), actorUserId: by.userId });
  return {
    state,
    events: [
      ...change.movements
        .filter(({ quantity }) => quantity !== 0)
        .map((movement) => StockMoved.with({ ...base, movement: publishMovement(movement) })),
      ...reservationEvents(before, touched, base),
      ...(low && wasLow !== true ? [PartLowOnStock.with(base)] : []),
    ],
  };
};
