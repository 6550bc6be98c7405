import { isDesk } from '@riparo/shared/contracts/roles';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import type { Repository } from '@riparo/shared/persistence/repository';
import { reservationNotFound } from '../part.errors.js';
import type { Part } from '../part.js';
import type { FindRepair } from './find-repair.js';
import type { ReservationStore } from './reservation.store.js';
import { viewReservation } from './reservation.view.js';

interface Deps {
  readonly parts: Repository<Part>;
  readonly reservations: ReservationStore;
  readonly findRepair: FindRepair;
}

/** `GET /parts/reservations/:id`: technicians see those of the repairs that are assigned to them. */
export const getReservation =
  ({ parts, reservations, findRepair }: Deps) =>
  async ({ caller, params: { id } }: Call<unknown, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId, userId, role } = caller;
    const isTheirs = ({ assignedToUserId }: { readonly assignedToUserId?: string }): boolean => isDesk(role) || assignedToUserId === userId;
    const reservation = await reservations.find(tenantId, id);
    if (reservation === undefined) throw reservationNotFound();
    const [part, repair] = await Promise.all([
      parts.in(tenantId).find(reservation.partId),
      findRepair(tenantId, reservation.repairId, isTheirs),
    ]);
    if (part === undefined || repair === undefined || !isTheirs(repair)) throw reservationNotFound();
    return ok(viewReservation(reservation, part));
  };
