import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { reservationNotFound } from '../part.errors.js';
import type { Part } from '../part.js';
import type { MaySeeWork } from './see-work.js';
import type { ReservationStore } from './reservation.store.js';
import { viewReservation } from './reservation.view.js';

interface Deps {
  readonly parts: Repository<Part>;
  readonly reservations: ReservationStore;
  readonly maySeeWork: MaySeeWork;
}

/** `GET /parts/reservations/:id`: technicians see those of their repairs and work reports. */
export const getReservation =
  ({ parts, reservations, maySeeWork }: Deps) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId } = caller;
    const reservation = await reservations.find(tenantId, id);
    if (reservation === undefined) throw reservationNotFound();
    const [part, isVisible] = await Promise.all([parts.in(tenantId).find(reservation.partId), maySeeWork(caller, reservation)]);
    if (part === undefined || !isVisible) throw reservationNotFound();
    return ok(viewReservation(reservation, part));
  };
