import Joi from 'joi';
import { defineEvent } from './event.js';
import { day, id, instant, text } from './fragments.js';
import type { Money } from './money.js';
import { eventMoney } from './price-lines.js';

/** How pieces came onto or off the shelf. */
export const STOCK_MOVEMENT_KINDS = ['RECEIPT', 'CONSUMPTION', 'RETURN', 'SCRAP', 'ADJUSTMENT'] as const;
export type StockMovementKind = (typeof STOCK_MOVEMENT_KINDS)[number];

/**
 * RESERVED: pieces on the shelf wait for the repair or the visit. BACKORDERED: there were not enough, and the whole reservation waits
 * for a delivery. CONSUMED: built in. RELEASED: no longer wanted.
 */
export const RESERVATION_STATES = ['RESERVED', 'BACKORDERED', 'CONSUMED', 'RELEASED'] as const;
export type ReservationState = (typeof RESERVATION_STATES)[number];

/** Whether the customer pays for the part. */
export const RESERVATION_CHARGES = ['BILLED', 'WARRANTY'] as const;
export type ReservationCharge = (typeof RESERVATION_CHARGES)[number];

/** A part as the other services know it. What it costs the centre is only in movements. */
export interface PublishedPart {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly brand?: string;
  /** Without VAT. */
  readonly salePrice: Money;
  /** Percent. */
  readonly vatRate: number;
  readonly warrantyMonths?: number;
  readonly minimumStock?: number;
  readonly active: boolean;
  readonly onHand: number;
  readonly reserved: number;
  /** `onHand` less `reserved`. */
  readonly available: number;
}

const part = Joi.object<PublishedPart>({
  id: id.required(),
  sku: text.required(),
  name: text.required(),
  brand: text,
  salePrice: eventMoney.required(),
  vatRate: Joi.number().required(),
  warrantyMonths: Joi.number().integer(),
  minimumStock: Joi.number().integer(),
  active: Joi.boolean().required(),
  onHand: Joi.number().integer().required(),
  reserved: Joi.number().integer().required(),
  available: Joi.number().integer().required(),
}).unknown(true);

/** Every event of a part carries the part after the change, its time, and who made it (`undefined`: the system). */
export interface PartEventV1 {
  readonly part: PublishedPart;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly actorUserId?: string;
}
const base = { part: part.required(), at: instant.required(), actorUserId: id };
const plain = Joi.object<PartEventV1>(base);

export const PartAdded = defineEvent<PartEventV1>('riparo.assets.part-added.v1', 'The catalogue has a new part.', plain);
export const PartUpdated = defineEvent<PartEventV1>(
  'riparo.assets.part-updated.v1',
  'Name, price or another field of a part changed.',
  plain,
);
export const PartRetired = defineEvent<PartEventV1>('riparo.assets.part-retired.v1', 'A part is no longer offered.', plain);
export const PartLowOnStock = defineEvent<PartEventV1>(
  'riparo.assets.part-low-on-stock.v1',
  'Fewer pieces are available than `minimumStock`; told once each time it falls below.',
  plain,
);

export interface PublishedStockMovement {
  readonly id: string;
  readonly kind: StockMovementKind;
  /** Pieces: positive onto the shelf, negative off it. */
  readonly quantity: number;
  /** What one piece cost the centre: the price of a receipt, else the weighted average. For staff of the desk alone. */
  readonly unitCost: Money;
  /** What all of its pieces cost, exactly and with the sign of `quantity`: `unitCost` is rounded. */
  readonly value?: Money;
  /** CONSUMPTION: what one piece is sold for, without VAT; 0 where the warranty pays. */
  readonly unitPrice?: Money;
  /** What the pieces were for: a repair, or the ticket of a work report. */
  readonly repairId?: string;
  readonly workReportId?: string;
  readonly reservationId?: string;
  readonly purchaseOrderId?: string;
}
export interface StockMovedV1 extends PartEventV1 {
  readonly movement: PublishedStockMovement;
}
export const StockMoved = defineEvent<StockMovedV1>(
  'riparo.assets.stock-moved.v1',
  'Pieces came onto or off the shelf: one line of the ledger of a part.',
  Joi.object<StockMovedV1>({
    ...base,
    movement: Joi.object<PublishedStockMovement>({
      id: id.required(),
      kind: Joi.valid(...STOCK_MOVEMENT_KINDS).required(),
      quantity: Joi.number().integer().required(),
      unitCost: eventMoney.required(),
      value: eventMoney,
      unitPrice: eventMoney,
      repairId: id,
      workReportId: id,
      reservationId: id,
      purchaseOrderId: id,
    })
      .oxor('repairId', 'workReportId')
      .unknown(true)
      .required(),
  }),
);

export interface PublishedReservation {
  readonly id: string;
  readonly partId: string;
  /** What it is for: a repair, or the ticket of a work report. */
  readonly repairId?: string;
  readonly workReportId?: string;
  readonly quantity: number;
  readonly state: ReservationState;
  /** Without VAT. */
  readonly unitPrice: Money;
  /** Percent: that of an accepted quote, else the part's. */
  readonly vatRate?: number;
  readonly charge: ReservationCharge;
  /** BACKORDERED: the day on which the pieces are expected, where an order names one. */
  readonly expectedOn?: string;
}
export interface ReservationChangedV1 extends PartEventV1 {
  readonly reservation: PublishedReservation;
  /** Missing: the reservation is new. */
  readonly previousState?: ReservationState;
}
export const ReservationChanged = defineEvent<ReservationChangedV1>(
  'riparo.assets.reservation-changed.v1',
  'Pieces are set aside for a repair or a visit, missing for it, or no longer wanted; also told when another day of delivery is expected.',
  Joi.object<ReservationChangedV1>({
    ...base,
    reservation: Joi.object<PublishedReservation>({
      id: id.required(),
      partId: id.required(),
      repairId: id,
      workReportId: id,
      quantity: Joi.number().integer().required(),
      state: Joi.valid(...RESERVATION_STATES).required(),
      unitPrice: eventMoney.required(),
      vatRate: Joi.number(),
      charge: Joi.valid(...RESERVATION_CHARGES).required(),
      expectedOn: day,
    })
      .xor('repairId', 'workReportId')
      .unknown(true)
      .required(),
    previousState: Joi.valid(...RESERVATION_STATES),
  }),
);
