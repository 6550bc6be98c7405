import { compact } from '@riparo/shared/json/compact';
import type { Part } from '../part.js';
import type { Reservation } from './reservation.js';

type PartOf = Pick<Part, 'id' | 'sku' | 'name'>;

/** A reservation with the part that it is of. */
export const viewReservation = (reservation: Reservation, { id: partId, sku, name }: PartOf) =>
  compact({
    id: reservation.id,
    partId,
    sku,
    name,
    repairId: reservation.repairId,
    workReportId: reservation.workReportId,
    quantity: reservation.quantity,
    state: reservation.state,
    unitPrice: reservation.unitPrice,
    charge: reservation.charge,
    expectedOn: reservation.expectedOn,
    used: reservation.used,
    createdAt: reservation.createdAt,
    createdByUserId: reservation.createdByUserId,
    endedAt: reservation.endedAt,
  });
