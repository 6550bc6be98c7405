import type { Money } from '@riparo/shared/contracts/money';
import type { PublishedStockMovement, StockMovementKind } from '@riparo/shared/contracts/parts.events';
import { compact } from '@riparo/shared/json/compact';

/** One line of the ledger of a part. Lines are only ever added. */
export interface StockMovement {
  readonly id: string;
  /** Counts the movements of the part, from 1. */
  readonly position: number;
  readonly kind: StockMovementKind;
  /** Positive onto the shelf, negative off it. */
  readonly quantity: number;
  /** What the pieces have cost, in minor units, with the sign of `quantity`; the sum over a part is its `stockValue`. */
  readonly value: number;
  /** Of one piece, rounded. */
  readonly unitCost: Money;
  /** CONSUMPTION: what one piece is sold for. */
  readonly unitPrice?: Money;
  /** Pieces on the shelf afterwards. */
  readonly onHand: number;
  readonly at: Date;
  /** Missing: the system. */
  readonly byUserId?: string;
  readonly reason?: string;
  readonly repairId?: string;
  readonly workReportId?: string;
  readonly reservationId?: string;
  readonly purchaseOrderId?: string;
}

export const publishMovement = (movement: StockMovement): PublishedStockMovement => {
  const { id, kind, quantity, unitCost, value, unitPrice, repairId, workReportId, reservationId, purchaseOrderId } = movement;
  const exactly = { amount: value, currency: unitCost.currency };
  return compact({ id, kind, quantity, unitCost, value: exactly, unitPrice, repairId, workReportId, reservationId, purchaseOrderId });
};
