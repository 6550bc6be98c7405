import Joi from 'joi';
import { REPAIR_OUTCOMES, type RepairOutcome } from './enums.js';
import { id, instant, text } from './fragments.js';
import type { Money } from './money.js';
import { RESERVATION_CHARGES, type ReservationCharge } from './parts.events.js';
import { eventLine, eventMoney, type PriceLine } from './price-lines.js';

/** What becomes of pieces that were reserved and not used: back to the shelf, or thrown away. */
export const UNUSED_PARTS = ['RETURN', 'SCRAP'] as const;
export type UnusedPart = (typeof UNUSED_PARTS)[number];

/** What the technician did with the pieces of one reservation. Reservations that are not named are released. */
export interface PublishedPartUse {
  readonly reservationId: string;
  readonly partId: string;
  readonly name?: string;
  /** Pieces built in. */
  readonly used: number;
  /** What becomes of the others; default: back to the shelf. */
  readonly unused?: UnusedPart;
  /** Who pays after all: a warranty that does not cover the damage pays for no part. Missing: as it was reserved. */
  readonly charge?: ReservationCharge;
  /** Of the part; missing: what the centre's settings say. */
  readonly warrantyMonths?: number;
}

/** How the technician's work ended. `productionCost` and `labourMinutes` are for staff alone, never for customers. */
export interface PublishedOutcome {
  readonly type: RepairOutcome;
  /** The work that was done, or why the technician refused the repair. */
  readonly description: string;
  /** What the customer is charged for the work. */
  readonly amount: Money;
  /** What the amount consists of, where the technician gave lines; parts are among them. */
  readonly lines?: readonly PriceLine[];
  readonly parts?: readonly PublishedPartUse[];
  readonly productionCost?: Money;
  readonly labourMinutes?: number;
  /** ISO 8601 UTC, like all times in events. */
  readonly decidedAt: string;
  readonly decidedByUserId: string;
}

/** An outcome in an event. */
export const eventOutcome = Joi.object<PublishedOutcome>({
  type: Joi.valid(...REPAIR_OUTCOMES).required(),
  description: text.required(),
  amount: eventMoney.required(),
  lines: Joi.array().items(eventLine),
  parts: Joi.array().items(
    Joi.object<PublishedPartUse>({
      reservationId: id.required(),
      partId: id.required(),
      name: text,
      used: Joi.number().integer().required(),
      unused: Joi.valid(...UNUSED_PARTS),
      charge: Joi.valid(...RESERVATION_CHARGES),
      warrantyMonths: Joi.number().integer(),
    }).unknown(true),
  ),
  productionCost: eventMoney,
  labourMinutes: Joi.number(),
  decidedAt: instant.required(),
  decidedByUserId: id.required(),
}).unknown(true);
