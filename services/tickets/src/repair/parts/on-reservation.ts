import type { ReservationChangedV1 } from '@riparo/shared/contracts/parts.events';
import { compact } from '@riparo/shared/json/compact';
import type { EventHandler } from '@riparo/shared/messaging/bus';
import { seededIds } from '@riparo/shared/runtime/ids';
import { stampOf } from '../../conversation/stamp.js';
import type { RepairDeps } from '../dependencies.js';
import { followReservations } from './follow-reservations.js';

/** Reservations of one repair that are read; a repair needs a handful. */
const MAX_RESERVATIONS = 500;

/**
 * Keeps the reservation and lets its repair follow all of them, as they were when the repair was read: the write succeeds
 * only on that version of the repair, so a later writer has seen what earlier ones saw.
 */
export const onReservation =
  ({ repairs, replicas, rulesOf }: Pick<RepairDeps, 'repairs' | 'replicas' | 'rulesOf'>): EventHandler<ReservationChangedV1> =>
  async ({ id: eventId, tenantid, time, aggregateversion, data: { part, reservation } }) => {
    // What is reserved for a visit concerns no repair.
    const { repairId } = reservation;
    if (repairId === undefined) return;
    const ours = replicas.reservations.in(tenantid);
    await ours.keep(reservation.id, aggregateversion, { ...reservation, name: part.name });
    const rules = await rulesOf(tenantid);
    const at = new Date(time);
    const stamp = stampOf({ now: at, ids: seededIds(`${tenantid}:${eventId}`, at) });
    await repairs.in(tenantid).updateAfter(repairId, async (_before, save) => {
      const missing = await ours.list({ repairId, state: 'BACKORDERED' }, { sort: { id: 1 }, limit: MAX_RESERVATIONS });
      const awaited = missing.map(({ id, partId, name, quantity, expectedOn }) =>
        compact({ reservationId: id, partId, name, quantity, expectedOn }),
      );
      await save((state) => followReservations(state, awaited, stamp, rules));
    });
  };
