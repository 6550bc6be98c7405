import type { Money } from '@riparo/shared/contracts/money';
import type { PublishedReservation, ReservationCharge, ReservationState } from '@riparo/shared/contracts/parts.events';
import { compact } from '@riparo/shared/json/compact';
import type { Filter } from 'mongodb';
import type { Part } from '../part.js';

/** What pieces are for: a repair, or a report of work on a ticket. */
export interface Purpose {
  readonly repairId?: string;
  readonly workReportId?: string;
}

export const purposeOf = ({ repairId, workReportId }: Purpose): Purpose => compact({ repairId, workReportId });

export const isFor = (one: Purpose, { repairId, workReportId }: Purpose): boolean =>
  one.repairId === repairId && one.workReportId === workReportId;

/** Parts with open reservations for it. */
export const inPart = ({ repairId, workReportId }: Purpose): Filter<Part> =>
  repairId === undefined ? { 'reservations.workReportId': workReportId } : { 'reservations.repairId': repairId };

/** Pieces of one part for one purpose. */
export interface Reservation extends Purpose {
  readonly id: string;
  readonly quantity: number;
  readonly state: ReservationState;
  /** Without VAT, of one piece. What the warranty pays for has its price too; it is not charged. */
  readonly unitPrice: Money;
  /** The desk or an accepted quote said the price; missing: it was the sale price of that moment. */
  readonly priceAgreed?: true;
  /** Percent; missing: that of the part. */
  readonly vatRate?: number;
  readonly charge: ReservationCharge;
  /** BACKORDERED: the day on which the pieces are expected, `YYYY-MM-DD`. */
  readonly expectedOn?: string;
  readonly createdAt: Date;
  /** Missing: an accepted quote made it. */
  readonly createdByUserId?: string;
  /** Pieces built in, where the end of the work names the reservation. */
  readonly used?: number;
  readonly endedAt?: Date;
}

export const isOpen = ({ state }: Pick<Reservation, 'state'>): boolean => state === 'RESERVED' || state === 'BACKORDERED';

/** The part that a reservation is of. */
interface PartOf {
  readonly id: string;
  readonly vatRate: number;
}

export const vatRateOf = (part: Pick<PartOf, 'vatRate'>, { vatRate = part.vatRate }: Pick<Reservation, 'vatRate'>): number => vatRate;

export const publishReservation = (part: PartOf, reservation: Reservation): PublishedReservation => {
  const { id, quantity, state, unitPrice, charge, expectedOn } = reservation;
  const vatRate = vatRateOf(part, reservation);
  return compact({ id, partId: part.id, ...purposeOf(reservation), quantity, state, unitPrice, vatRate, charge, expectedOn });
};
