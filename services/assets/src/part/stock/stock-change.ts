import type { Money } from '@riparo/shared/contracts/money';
import type { StockMovementKind } from '@riparo/shared/contracts/parts.events';
import { compact } from '@riparo/shared/json/compact';
import { currencyOf, type OnOrder, type Part } from '../part.js';
import { notEnoughOnHand } from '../part.errors.js';
import type { Reservation } from '../reservation/reservation.js';
import type { StockMovement } from './stock-movement.js';

/** Who makes a change, and when. */
export interface By {
  readonly at: Date;
  /** Missing: the system. */
  readonly userId?: string | undefined;
}

/** A change of a part on its way: the part so far, and what goes into the collections beside it. `balanceStock` ends it. */
export interface StockChange {
  readonly part: Part;
  readonly movements: readonly StockMovement[];
  /** Reservations that are over with this change. */
  readonly ended: readonly Reservation[];
}

export const beginChange = (part: Part): StockChange => ({ part, movements: [], ended: [] });

/** A movement as it is asked for; `quantity` has its sign. */
export interface MoveInput {
  readonly id: string;
  readonly kind: StockMovementKind;
  readonly quantity: number;
  /** Of one piece; default: the average of those on the shelf, or what the catalogue says. Only of what comes in. */
  readonly unitCost?: Money;
  readonly unitPrice?: Money;
  readonly reason?: string;
  readonly repairId?: string;
  readonly workReportId?: string;
  readonly reservationId?: string;
  readonly purchaseOrderId?: string;
}

/** `value × pieces / all`, rounded half up. A `number` holds the result exactly, but not always the product. */
const share = (value: number, pieces: number, all: number): number => {
  const [whole, part] = [BigInt(all), BigInt(value) * BigInt(pieces)];
  return Number((2n * part + whole) / (2n * whole));
};

/**
 * What pieces that move have cost. Those that leave take their share of the whole value, so the last ones take all of it:
 * three pieces worth 1.00 leave with 0.33, 0.34 and 0.33.
 */
const valueOf = ({ onHand, stockValue, cost }: Part, { quantity, unitCost }: MoveInput): number => {
  if (quantity < 0) return -share(stockValue, -quantity, onHand);
  if (unitCost !== undefined) return quantity * unitCost.amount;
  return onHand === 0 ? quantity * cost.amount : share(stockValue, quantity, onHand);
};

/** Puts pieces onto the shelf or takes them off; never more than there are. A movement of 0 pieces is a mark in the ledger. */
export const move = (change: StockChange, input: MoveInput, { at, userId }: By): StockChange => {
  const { part } = change;
  const onHand = part.onHand + input.quantity;
  if (onHand < 0) throw notEnoughOnHand(part.onHand);
  const value = valueOf(part, input);
  const position = part.movementCount + 1;
  const unitCost =
    input.unitCost ?? (input.quantity === 0 ? part.cost : { amount: Math.round(value / input.quantity), currency: currencyOf(part) });
  const movement = compact({ ...input, unitCost, position, value, onHand, at, byUserId: userId });
  return {
    ...change,
    part: { ...part, onHand, stockValue: part.stockValue + value, movementCount: position },
    movements: [...change.movements, movement],
  };
};

export const withReservations = (change: StockChange, reservations: readonly Reservation[]): StockChange => ({
  ...change,
  part: { ...change.part, reservations },
});

export const withOnOrder = (change: StockChange, onOrder: readonly OnOrder[]): StockChange => ({
  ...change,
  part: { ...change.part, onOrder },
});

/** Takes an open reservation out of the part. */
export const end = (change: StockChange, reservation: Reservation, how: Pick<Reservation, 'state' | 'used'>, { at }: By): StockChange => {
  const { expectedOn: _over, ...rest } = reservation;
  const left = change.part.reservations.filter(({ id }) => id !== reservation.id);
  return { ...withReservations(change, left), ended: [...change.ended, compact({ ...rest, ...how, endedAt: at })] };
};
